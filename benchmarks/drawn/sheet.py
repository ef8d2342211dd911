"""Draw a contact sheet of a folder of drawn images, with the truth drawn in.

    python -m benchmarks.drawn.sheet OUT SHEET.png [--first 0] [--count 24]

Points are landmarks: green ones are visible, red ones are occluded. The person's left side is
orange, the right side is blue, and the box is that of the mask.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from PIL import Image, ImageDraw

from vitruvian.skeleton import CONNECTIONS, LEFT, RIGHT

from .annotation_file import NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROW_PX, _WIDTH_PX = 360, 2400
_LEFT_RGB, _RIGHT_RGB, _MIDDLE_RGB = (255, 150, 40), (70, 150, 255), (235, 235, 235)
_VISIBLE_RGB, _OCCLUDED_RGB = (60, 230, 90), (240, 50, 60)


@click.command(help=__doc__)
@click.argument("out", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("sheet", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--first", default=0, show_default=True, type=click.IntRange(0))
@click.option("--count", default=24, show_default=True, type=click.IntRange(1))
@click.option("--truth/--no-truth", default=True, help="Whether the truth is drawn in.")
def main(out: Path, sheet: Path, first: int, count: int, truth: bool) -> None:
    """Draw what the module's docstring describes."""
    found = json.loads((out / NAME).read_bytes())
    images = found["images"][first : first + count]
    if not images:
        raise click.ClickException(f"{out} has no image {first}: give a smaller --first.")
    cells = []
    for image in images:
        people = [one for one in found["annotations"] if one["image_id"] == image["id"]]
        cells.append(_cell(out / image["file_name"], people if truth else ()))
    _in_rows(cells).save(sheet)


def _in_rows(cells: Sequence[Image.Image]) -> Image.Image:
    """Return images of one height beside each other, in as many rows as they need."""
    corners_px, x_px, y_px = [], 0, 0
    for cell in cells:
        if x_px + cell.width > _WIDTH_PX:
            x_px, y_px = 0, y_px + _ROW_PX
        corners_px.append((x_px, y_px))
        x_px += cell.width
    whole = Image.new("RGB", (_WIDTH_PX, y_px + _ROW_PX))
    for cell, corner_px in zip(cells, corners_px, strict=True):
        whole.paste(cell, corner_px)
    return whole


def _cell(path: Path, people: Sequence[dict[str, Any]]) -> Image.Image:
    """Return an image with the truth of its people, as high as a row."""
    with Image.open(path) as image:
        scale = _ROW_PX / image.height
        size = round(image.width * scale), round(image.height * scale)
        cell = image.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    canvas = ImageDraw.Draw(cell)
    for person in people:
        points = [(x * scale, y * scale) for x, y in person["landmarks"]]
        x, y, width, height = (value * scale for value in person["bbox"])
        canvas.rectangle((x, y, x + width, y + height), outline=_MIDDLE_RGB)
        for start, end in CONNECTIONS:
            canvas.line((points[start], points[end]), _rgb(start, end), 2)
        for (px, py), visible in zip(points, person["visibility"], strict=True):
            rgb = _VISIBLE_RGB if visible else _OCCLUDED_RGB
            canvas.ellipse((px - 2, py - 2, px + 2, py + 2), rgb)
    return cell


def _rgb(start: int, end: int) -> tuple[int, int, int]:
    if {start, end} <= LEFT:
        return _LEFT_RGB
    return _RIGHT_RGB if {start, end} <= RIGHT else _MIDDLE_RGB


if __name__ == "__main__":
    sys.exit(main())
