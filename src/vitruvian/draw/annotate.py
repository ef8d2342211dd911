"""Result → pixels. Works on a saved result; knows no model."""

from __future__ import annotations

import colorsys
from collections import defaultdict, deque
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import cv2
import numpy as np

from vitruvian.skeleton import CONNECTIONS, FACE, LEFT, RIGHT
from vitruvian.types import as_rgb_image

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vitruvian.types import Float32, Image, PoseResult

Rgb: TypeAlias = tuple[int, int, int]
Color: TypeAlias = Rgb | float

_CASING_RGB = (24, 24, 24)  # under every line, so that it shows on any background
_TINT_RGB = (124, 77, 255)
_TINT_OPACITY = 0.45

_LINES_PER_PICTURE = 220  # a line's thickness as a part of the picture's shorter side
_LINES_PER_BODY = 60  # but of the body's height, where the body is small
_DOT, _FACE_DOT = 1.2, 0.6  # a landmark's radius in line thicknesses
_SUBPIXEL_BITS = 4  # OpenCV draws at 1/16 pixel
_SUBPIXELS = 2**_SUBPIXEL_BITS
_LIMITS_PX = (-1e6, 1e6)  # OpenCV's coordinates are 32-bit
_GOLDEN_RATIO = 0.618034  # hues in steps of it never come close soon
_HIPS = [23, 24]
_FONT = cv2.FONT_HERSHEY_SIMPLEX
_LABELS_PER_PICTURE = 1000  # a letter's scale as a part of the picture's shorter side
_LABELS_PER_BODY = 300  # but of the body's height, where the body is small
_SMALLEST_LABEL = 0.35


def annotate(image: Image, result: PoseResult, *, by_id: bool = False) -> Image:
    """Draw the people of a result.

    Left is orange, right is blue, as the person sees it; what is hardly visible fades. Masks, if
    the result has them, are tinted.

    Args:
        image: (H, W, 3) uint8 RGB, the frame that the result is of, in any size.
        result: what was found in it.
        by_id: give each person a colour of its own, the left side bright and the right side dark,
            and a label with its id.

    Returns:
        A new picture of the same shape.

    Raises:
        FrameError: the array is no RGB picture.
    """
    canvas = as_rgb_image(image).copy()
    people = list(
        zip(result.ids, _in_pixels(result.pose_landmarks, image), result.visibility, strict=True)
    )
    if result.segmentation_masks is not None:
        for identity, mask in zip(result.ids, result.segmentation_masks, strict=True):
            canvas = _tint(canvas, mask, _id_rgb(identity) if by_id else _TINT_RGB)
    for identity, points, visibility in people:
        _draw_skeleton(canvas, points, visibility, _shades(identity) if by_id else _SIDES)
    for identity, points, _ in people if by_id else ():
        _draw_label(canvas, str(identity), points, _id_rgb(identity))
    return canvas


class Trails:
    """Draws the way that each person's hips came, fading.

    Args:
        length_s: for so long a trail stays.
    """

    def __init__(self, length_s: float = 2.0) -> None:
        self._length_s = length_s
        # Of each id, when and where, in parts of the picture.
        self._ways: defaultdict[int, deque[tuple[float, Float32]]] = defaultdict(deque)

    def __call__(self, image: Image, result: PoseResult) -> Image:
        """A new picture with the trails up to this result, which follows the one before.

        Raises:
            FrameError: the array is no RGB picture.
        """
        canvas = as_rgb_image(image).copy()
        if len(result) and self._ways and result.ids.min() > max(self._ways):
            self._ways.clear()  # everyone is new: another scene
        for identity, landmarks in zip(result.ids, result.pose_landmarks, strict=True):
            hips = landmarks[_HIPS, :2].mean(axis=0)
            self._ways[int(identity)].append((result.timestamp_s, hips))
        for identity, way in list(self._ways.items()):
            while way and result.timestamp_s - way[0][0] > self._length_s:
                way.popleft()
            if not way:
                del self._ways[identity]
        thickness = max(round(min(image.shape[:2]) / _LINES_PER_PICTURE), 1)
        for identity, way in self._ways.items():
            places = _in_pixels(np.array([place for _, place in way]), image)
            weights = [1 - (result.timestamp_s - time_s) / self._length_s for time_s, _ in way]
            _draw_way(canvas, places, weights, _id_rgb(identity), thickness)
        return canvas


def _in_pixels(points: Float32, image: Image) -> Float32:
    """From parts of the picture, (..., 2+), to its pixels, (..., 2), none absurdly far."""
    scale = np.array((image.shape[1], image.shape[0]), np.float32)
    points_px: Float32 = np.nan_to_num(points[..., :2] * scale)
    return points_px.clip(*_LIMITS_PX)


def _tint(image: Image, mask: Float32, color: Rgb) -> Image:
    height, width = image.shape[:2]
    if mask.shape != (height, width):
        mask = cv2.resize(mask, (width, height))  # type: ignore[assignment]
    weight = mask * np.float32(_TINT_OPACITY)
    tint = np.full_like(image, color)
    return cv2.blendLinear(tint, image, weight, 1 - weight)  # type: ignore[return-value]


def _draw_skeleton(canvas: Image, points: Float32, visibility: Float32, sides: _Sides) -> None:
    """Draw one person; `points` are (33, 2) in the canvas' pixels.

    Colours and opacities are drawn on layers of their own, then laid over the canvas at once.
    """
    body = float(np.ptp(points, axis=0).max())
    line_px = max(min(min(canvas.shape[:2]) / _LINES_PER_PICTURE, body / _LINES_PER_BODY), 1.0)
    thickness = round(line_px)
    rows, columns = _around(canvas, points, 6 * thickness)
    part = canvas[rows, columns]
    if not part.size:
        return
    colors, opacities = part.copy(), np.zeros(part.shape[:2], np.uint8)
    opacity = (255 * visibility).tolist()
    fixed = _fixed(points - (columns.start, rows.start))

    def line(layer: Image, ends: tuple[int, int], color: Color, width_px: int, kind: int) -> None:
        start, end = (fixed[index] for index in ends)
        cv2.line(layer, start, end, color, width_px, kind, _SUBPIXEL_BITS)

    def dot(layer: Image, index: int, color: Color, radius_px: float, kind: int) -> None:
        radius = round(radius_px * _SUBPIXELS)
        cv2.circle(layer, fixed[index], radius, color, cv2.FILLED, kind, _SUBPIXEL_BITS)

    # The casing says where anything shows and how strongly; its colour reaches a pixel further, so
    # that its smooth edge fades into the picture.
    for ends in CONNECTIONS:
        line(colors, ends, _CASING_RGB, thickness + 4, cv2.LINE_8)
        line(opacities, ends, min(opacity[index] for index in ends), thickness + 2, cv2.LINE_AA)
    for ends in CONNECTIONS:
        line(colors, ends, sides.of(*ends), thickness, cv2.LINE_AA)
    for index in range(len(points)):
        dot_px = line_px * (_FACE_DOT if index in FACE else _DOT)
        dot(colors, index, _CASING_RGB, dot_px + 2, cv2.LINE_8)
        dot(opacities, index, opacity[index], dot_px + 1, cv2.LINE_AA)
        dot(colors, index, sides.of(index), dot_px, cv2.LINE_AA)

    _lay(colors, opacities, part)


def _draw_way(
    canvas: Image, points: Float32, weights: Sequence[float], color: Rgb, thickness: int
) -> None:
    """Draw a line through points (K, 2) in the canvas' pixels, each of its parts as strongly."""
    rows, columns = _around(canvas, points, thickness)
    part = canvas[rows, columns]
    if not part.size:
        return
    opacities = np.zeros(part.shape[:2], np.uint8)
    fixed = _fixed(points - (columns.start, rows.start))
    for weight, start, end in zip(weights, fixed, fixed[1:], strict=False):
        opacity = 255 * weight
        cv2.line(opacities, start, end, opacity, thickness, cv2.LINE_AA, _SUBPIXEL_BITS)
    _lay(np.full_like(part, color), opacities, part)


def _around(canvas: Image, points: Float32, margin_px: int) -> tuple[slice, slice]:
    """Rows and columns of the canvas that hold the points."""
    height, width = canvas.shape[:2]
    left, top = np.clip(points.min(axis=0) - margin_px, 0, (width, height)).astype(int)
    right, bottom = np.clip(points.max(axis=0) + margin_px, 0, (width, height)).astype(int)
    return slice(top, bottom), slice(left, right)


def _lay(colors: Image, opacities: Image, part: Image) -> None:
    """Lay colours over a part of the canvas, by opacities from 0 to 255."""
    weight = opacities.astype(np.float32) / 255
    part[:] = cv2.blendLinear(colors, part, weight, 1 - weight)


def _draw_label(canvas: Image, text: str, points: Float32, color: Rgb) -> None:
    """Write on a small flag over the person's head, or beside it at the picture's top."""
    height, width = canvas.shape[:2]
    body = float(np.ptp(points, axis=0).max())
    scale = min(min(height, width) / _LABELS_PER_PICTURE, body / _LABELS_PER_BODY)
    scale = max(scale, _SMALLEST_LABEL)
    thickness = max(round(2 * scale), 1)
    (text_width, text_height), _ = cv2.getTextSize(text, _FONT, scale, thickness)
    margin = text_height // 2
    flag_width, flag_height = text_width + 2 * margin, text_height + 2 * margin
    x = round(float(points[:, 0].mean())) - flag_width // 2
    y = round(float(points[:, 1].min())) - flag_height - 2 * margin
    if y < 0:
        x = round(float(points[list(FACE), 0].max())) + 2 * margin
    x, y = min(max(x, 0), width - flag_width), min(max(y, 0), height - flag_height)
    cv2.rectangle(canvas, (x, y), (x + flag_width, y + flag_height), color, cv2.FILLED)
    place = (x + margin, y + margin + text_height)
    cv2.putText(canvas, text, place, _FONT, scale, _CASING_RGB, thickness, cv2.LINE_AA)


def _fixed(points: Float32) -> list[list[int]]:
    """Points (N, 2) as OpenCV draws between pixels."""
    fixed: list[list[int]] = np.round(points * _SUBPIXELS).astype(int).tolist()
    return fixed


class _Sides(NamedTuple):
    """The colours of a person."""

    left: Rgb
    right: Rgb
    middle: Rgb

    def of(self, *landmarks: int) -> Rgb:
        if LEFT.issuperset(landmarks):
            return self.left
        return self.right if RIGHT.issuperset(landmarks) else self.middle


_SIDES = _Sides(left=(255, 138, 0), right=(0, 198, 255), middle=(245, 245, 245))


def _id_rgb(identity: int, saturation: float = 0.7, value: float = 1.0) -> Rgb:
    """A colour that differs from those of the ids next to it."""
    red, green, blue = colorsys.hsv_to_rgb(identity * _GOLDEN_RATIO % 1, saturation, value)
    return (round(255 * red), round(255 * green), round(255 * blue))


def _shades(identity: int) -> _Sides:
    return _Sides(
        left=_id_rgb(identity, 0.35), right=_id_rgb(identity, 0.9, 0.75), middle=_id_rgb(identity)
    )
