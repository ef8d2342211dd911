"""Draw a strip of people, who are cut out of drawn images of one person.

    python -m benchmarks.drawn.strip OUT STRIP.jpg --image 60 --image 64 ...

docs/drawn_people.jpg has the images 64, 73, 75, 78, 82, 104, 107, 108, 113 and 122 of the seed 1.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from PIL import Image

from .annotation_file import NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEIGHT_PX, _WIDTH_PX, _GAP_PX = 300, 186, 4
_QUALITY = 85


@click.command(help=__doc__)
@click.argument("out", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("strip", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--image", "numbers", multiple=True, required=True, type=click.IntRange(0))
def main(out: Path, strip: Path, numbers: Sequence[int]) -> None:
    """Draw what the module's docstring describes."""
    truth = json.loads((out / NAME).read_bytes())
    files = {image["id"]: image["file_name"] for image in truth["images"]}
    people = {person["image_id"]: person for person in truth["annotations"]}
    if missing := [number for number in numbers if number not in people]:
        raise click.ClickException(f"{out} has no image {missing[0]}: choose another one.")
    width_px = (_WIDTH_PX + _GAP_PX) * len(numbers) - _GAP_PX
    canvas = Image.new("RGB", (width_px, _HEIGHT_PX), "white")
    for place, number in enumerate(numbers):
        with Image.open(out / files[number]) as image:
            canvas.paste(_cut_out(image, people[number]), ((_WIDTH_PX + _GAP_PX) * place, 0))
    canvas.save(strip, quality=_QUALITY)


def _cut_out(image: Image.Image, person: dict[str, Any]) -> Image.Image:
    """Return the part of an image around a person, with the sides of a tile."""
    left, top, width, height = person["bbox"]
    height = min(max(1.15 * height, 1.15 * width * _HEIGHT_PX / _WIDTH_PX), image.height)
    width = min(height * _WIDTH_PX / _HEIGHT_PX, image.width)
    x = min(max(left + person["bbox"][2] / 2 - width / 2, 0), image.width - width)
    y = min(max(top + person["bbox"][3] / 2 - height / 2, 0), image.height - height)
    box = (x, y, x + width, y + height)
    return image.resize((_WIDTH_PX, _HEIGHT_PX), Image.Resampling.LANCZOS, box)


if __name__ == "__main__":
    main()
