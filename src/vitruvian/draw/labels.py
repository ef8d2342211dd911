"""Labels at the heads of people."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2

from vitruvian.draw.colors import contrasting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vitruvian.draw.body import Circle
    from vitruvian.draw.colors import Rgb
    from vitruvian.types import Image

_FONT = cv2.FONT_HERSHEY_SIMPLEX
_IMAGE_PX = 1000  # the shorter side of an image whose largest labels have a font scale of 1
_METRE_PX = 180  # the pixels per metre of a small body whose label has a font scale of 1
_SMALLEST = 0.4  # the smallest label of an image, as a fraction of its largest
_MIN_FONT_SCALE = 0.35
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
        font = font_scale(canvas, label.scale)
        thickness = max(round(2 * font), 1)
        text_height = _text_size("1", font, thickness)[1]
        margin = text_height // 2
        text = _shortened(" ".join(label.text.split()), width - 2 * margin, font, thickness)
        label_width = _text_size(text, font, thickness)[0] + 2 * margin
        label_height = text_height + 2 * margin
        if not text or label_height > height:
            continue

        def covered(place: _Rectangle, own: _Rectangle = face) -> int:
            others = sum(place.overlap(other) for other in (*faces, *occupied))
            return _OWN_FACE * place.overlap(own) + others

        place = min(_places(canvas, face, label_width, label_height, margin), key=covered)
        occupied.append(place)
        canvas[place.top : place.bottom, place.left : place.right] = label.color
        baseline = (place.left + margin, place.top + margin + text_height)
        ink = contrasting(label.color)
        cv2.putText(canvas, text, baseline, _FONT, font, ink, thickness, cv2.LINE_AA)


def font_scale(canvas: Image, scale: float) -> float:
    """Return OpenCV's font scale of a label.

    Args:
        canvas: The image to draw on: larger images have larger labels.
        scale: The pixels per metre of the person: small people have smaller labels.
    """
    largest: float = min(canvas.shape[:2]) / _IMAGE_PX
    return max(min(max(scale / _METRE_PX, _SMALLEST * largest), largest), _MIN_FONT_SCALE)


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


def _shortened(text: str, width_px: int, font: float, thickness: int) -> str:
    """Return as much of a text as fits, with dots for what is left out; empty if nothing fits."""
    kept, shown = len(text), text
    while kept and _text_size(shown, font, thickness)[0] > width_px:
        kept -= 1
        shown = text[:kept].rstrip() + "..."
    return shown if kept else ""


def _text_size(text: str, font: float, thickness: int) -> tuple[int, int]:
    (width, height), _ = cv2.getTextSize(text, _FONT, font, thickness)
    return int(width), int(height)
