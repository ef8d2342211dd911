"""Draw people who do yoga, dance or train, with exact truth, for `vitruvian evaluate`.

    python -m benchmarks.drawn OUT [--count 360] [--seed 1] [--people 1]
    python -m benchmarks.drawn OUT --clips [--count 12] [--seed 1] [--people 3]

OUT gets the images with a mask for each, or videos, and annotations.json. A clip of one person is a
motion of dance or HIIT; several people cross, are occluded, leave and come back, or the scene is
cut. A seed decides everything: the truth is always the same to the byte, and images are on one
machine. What a stopped run leaves is valid, and the same command continues; a folder with other
files is refused. In the folder benchmarks/, `python -m drawn` does the same.
"""

from __future__ import annotations

from pathlib import Path

import click

from .annotation_file import AnnotationFile
from .dataset import draw_images
from .picture.renderer import Renderer
from .still import MAX_PEOPLE
from .videos import draw_videos

# Changes with each change of the code that changes what a seed draws.
_RECIPE = 1
_IMAGES, _CLIPS = 360, 12


@click.command(help=__doc__)
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--count", type=click.IntRange(1), help=f"{_IMAGES} images or {_CLIPS} clips.")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0))
@click.option("--people", default=1, show_default=True, type=click.IntRange(1, MAX_PEOPLE))
@click.option("--clips", is_flag=True, help="Draw videos, each with another motion or story.")
def main(out: Path, count: int | None, seed: int, people: int, *, clips: bool) -> None:
    """Draw what the module's docstring describes."""
    renderer = Renderer()
    recipe = {
        "recipe": _RECIPE,
        "seed": seed,
        "people": people,
        "clips": clips,
        "renderer": renderer.name,
    }
    file = AnnotationFile(out, recipe)
    draw = draw_videos if clips else draw_images
    if count is None:
        count = _CLIPS if clips else _IMAGES
    try:
        draw(file, count, seed, people, renderer)
    except KeyboardInterrupt as stop:
        raise click.ClickException(
            f"Stopped: {out} has {file.image_count} images or frames, which are valid. The same "
            "command continues."
        ) from stop


if __name__ == "__main__":
    main()
