"""Labels at the heads of people."""

from __future__ import annotations

import unicodedata
from bisect import bisect
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import PIL.Image
import PIL.ImageDraw
import PIL.ImageFont

from vitruvian.colors import contrasting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vitruvian.colors import Rgb
    from vitruvian.draw.body import Circle
    from vitruvian.types import Image

_PER_IMAGE = 0.036  # the largest font size, as a part of the image's shorter side
_METRE = 0.2  # the font size at a small body, in metres
_SMALLEST = 0.4  # the smallest label of an image, as a fraction of its largest
_MIN_FONT_PX = 12
_DIGIT = 0.7  # the height of a digit, as a part of the font size
_STROKE = 1 / 80  # of the font size: the letters are made so much bolder on each side
_OWN_FACE = 10  # a pixel of the person's own face counts as much as so many other pixels


class Label(NamedTuple):
    """What is written at a head.

    Attributes:
        text: One line. Without text there is no label.
        color: The background; the text is dark or light.
        face: The circle around the person's face.
        scale: The pixels per metre of the person.
    """

    text: str
    color: Rgb
    face: Circle
    scale: float


class _Rectangle(NamedTuple):
    """In pixels; the right column and the bottom row are not part of it."""

    left: int
    top: int
    right: int
    bottom: int

    def overlap(self, other: _Rectangle) -> int:
        """Return the area that two rectangles have in common."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(width, 0) * max(height, 0)


def draw_labels(canvas: Image, labels: Sequence[Label]) -> None:
    """Write each label above a face, or beside or below it if that covers less.

    Labels lie completely inside the image. They avoid all faces and each other. A text that is too
    wide for the image is shortened.

    Args:
        canvas: (H, W, 3) RGB, drawn on.
        labels: One for each person.
    """
    height, width = canvas.shape[:2]
    faces = [_square_around(label.face) for label in labels]
    occupied: list[_Rectangle] = []
    for label, face in zip(labels, faces, strict=True):
        size_px = font_size_px(canvas, label.scale)
        font = _font(round(size_px))
        margin = round(_DIGIT * size_px / 2)
        text = _shortened(_line(label.text[:width])[:width], width - 2 * margin, font)
        label_width = ceil(font.getlength(text)) + 2 * margin
        label_height = round(2 * _DIGIT * size_px)
        if not text or label_height > height:
            continue

        def covered(place: _Rectangle, own: _Rectangle = face) -> int:
            others = sum(place.overlap(other) for other in (*faces, *occupied))
            return _OWN_FACE * place.overlap(own) + others

        place = min(_places(canvas, face, label_width, label_height, margin), key=covered)
        occupied.append(place)
        drawn = PIL.Image.new("RGB", (label_width, label_height), label.color)
        PIL.ImageDraw.Draw(drawn).text(
            (margin, label_height - margin),
            text,
            contrasting(label.color),
            font,
            anchor="ls",  # left, on the baseline
            stroke_width=font.size * _STROKE,
        )
        canvas[place.top : place.bottom, place.left : place.right] = np.asarray(drawn)


def font_size_px(canvas: Image, scale: float) -> float:
    """Return the size of a label's font.

    Args:
        canvas: The image to draw on: larger images have larger labels.
        scale: The pixels per metre of the person: small people have smaller labels.
    """
    largest: float = _PER_IMAGE * min(canvas.shape[:2])
    return max(min(max(_METRE * scale, _SMALLEST * largest), largest), _MIN_FONT_PX)


@lru_cache(maxsize=64)
def _font(size_px: int) -> PIL.ImageFont.FreeTypeFont:
    """Return the font that is part of Pillow, so that labels look the same on every machine."""
    font = PIL.ImageFont.load_default(size_px)
    assert isinstance(font, PIL.ImageFont.FreeTypeFont)  # noqa: S101 - as Pillow says of any size
    return font


def _line(text: str) -> str:
    """Return a text as one line of the characters that the font has, which are those of ASCII.

    Letters lose their accents, and question marks stand for all other characters.
    """
    characters = unicodedata.normalize("NFKD", " ".join(text.split()))
    return "".join(
        character if character.isascii() and character.isprintable() else "?"
        for character in characters
        if not unicodedata.combining(character)
    )


def _places(
    canvas: Image, face: _Rectangle, width: int, height: int, margin: int
) -> list[_Rectangle]:
    """Return the places for a label, moved into the image: above, right, left and below a face."""
    centered = (face.left + face.right - width) // 2
    level = (face.top + face.bottom - height) // 2
    corners = (
        (centered, face.top - margin - height),
        (face.right + margin, level),
        (face.left - margin - width, level),
        (centered, face.bottom + margin),
    )
    places = []
    for x, y in corners:
        left = min(max(x, 0), canvas.shape[1] - width)
        top = min(max(y, 0), canvas.shape[0] - height)
        places.append(_Rectangle(left, top, left + width, top + height))
    return places


def _square_around(circle: Circle) -> _Rectangle:
    x, y, radius = circle
    return _Rectangle(round(x - radius), round(y - radius), round(x + radius), round(y + radius))


def _shortened(text: str, width_px: int, font: PIL.ImageFont.FreeTypeFont) -> str:
    """Return as much of a text as fits, with dots for what is left out; empty if nothing fits."""
    if font.getlength(text) <= width_px:
        return text

    def shown(kept: int) -> str:
        return text[:kept].rstrip() + "..."

    lengths = range(1, len(text))
    fitting = bisect(lengths, width_px, key=lambda kept: ceil(font.getlength(shown(kept))))
    return shown(fitting) if fitting else ""
