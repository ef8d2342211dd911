"""Draw people who do yoga, dance or train, with exact truth, for `vitruvian evaluate`.

    python -m benchmarks.drawn OUT [--count 360] [--seed 1] [--people 1]
    python -m benchmarks.drawn OUT --clips [--people 3]

OUT gets the images, a mask for each, and annotations.json. A seed decides everything: the truth is
always the same to the byte, and images are on one machine. If the program is stopped, what is in
OUT is valid, and the same command continues; a folder with other files is refused. In the folder
benchmarks/, `python -m drawn` does the same.
"""

from __future__ import annotations

from pathlib import Path

import click

from .annotation_file import AnnotationFile
from .dataset import draw_images
from .picture.renderer import Renderer
from .still import MAX_PEOPLE

# Changes with each change of the code that changes what a seed draws.
_RECIPE = 1


@click.command(help=__doc__)
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--count", default=360, show_default=True, type=click.IntRange(1))
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0))
@click.option("--people", default=1, show_default=True, type=click.IntRange(1, MAX_PEOPLE))
def main(out: Path, count: int, seed: int, people: int) -> None:
    """Draw what the module's docstring describes."""
    renderer = Renderer()
    recipe = {"recipe": _RECIPE, "seed": seed, "people": people, "renderer": renderer.name}
    file = AnnotationFile(out, recipe)
    try:
        draw_images(file, count, seed, people, renderer)
    except KeyboardInterrupt as stop:
        raise click.ClickException(
            f"stopped: {out} has {file.image_count} of {count} images, which are valid; the same "
            "command continues."
        ) from stop


if __name__ == "__main__":
    main()
