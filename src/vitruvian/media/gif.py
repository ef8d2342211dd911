"""The frames of a GIF file.

Pillow decodes them, but does not put them together: its reader compares frames with one limit for
the whole process, lets later frames enlarge the image, and needs 17 bytes a pixel.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from PIL.GifImagePlugin import GifImageFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vitruvian.types import Image

HEADER_BYTES = 13
_EXTENSION, _IMAGE, _END = b"!,;"
_GRAPHIC_CONTROL = 0xF9
_HAS_PALETTE, _IS_INTERLACED, _IS_TRANSPARENT = 0x80, 0x40, 0x01
_GREYS = np.repeat(np.arange(256, dtype=np.uint8), 3).tobytes()  # the colours without a palette
_DISPOSE_TO_BACKGROUND, _DISPOSE_TO_PREVIOUS = 2, 3
# Browsers show frames of less than 20 ms for 100 ms, and old files rely on it.
_LEAST_DURATION_S, _DEFAULT_DURATION_S = 0.02, 0.1
_STRIP_PIXELS = 1 << 20


class GifError(ValueError):
    """A GIF file is damaged."""


@dataclass(frozen=True, slots=True)
class Patch:
    """What a GIF file stores for a frame: a rectangle that is drawn on the frames before it.

    Attributes:
        left: The rectangle's first column on the canvas.
        top: The rectangle's first row.
        width: The rectangle's width in pixels.
        height: The rectangle's height in pixels.
        palette: Colours of three bytes each.
        is_interlaced: Whether the rows are stored out of order.
        data: The compressed numbers of the colours.
        transparent: The number of the colour that is not drawn; None if all are.
        disposal: What happens to the rectangle before the next frame.
        duration_s: How long the frame is shown.
    """

    left: int
    top: int
    width: int
    height: int
    palette: bytes
    is_interlaced: bool
    data: bytes
    transparent: int | None
    disposal: int
    duration_s: float


def canvas_size(header: bytes) -> tuple[int, int]:
    """Return width and height of the canvas, from the first `HEADER_BYTES` bytes of the file.

    Raises:
        GifError: There are fewer bytes.
    """
    try:
        width, height = struct.unpack_from("<HH", header, 6)
    except struct.error as error:
        raise GifError("The file ends too early.") from error
    return width, height


def full_size(data: bytes) -> tuple[int, int]:
    """Return width and height of the frames of a file: as in browsers, the first one fits in.

    Raises:
        GifError: The first frame is damaged, or there is none.
    """
    width, height = canvas_size(data)
    first = next(read_patches(data), None)
    if first is None:
        raise GifError("There is no frame.")
    return max(width, first.left + first.width), max(height, first.top + first.height)


def is_still(data: bytes) -> bool:
    """Return whether there is only one frame, and nothing that is damaged."""
    try:
        return len([*islice(read_patches(data), 2)]) == 1
    except GifError:
        return False


def read_patches(data: bytes) -> Iterator[Patch]:
    """Yield what a GIF file stores for each of its frames; nothing is decoded.

    Raises:
        GifError: The file ends too early, or contains something else.
    """
    try:
        yield from _patches(data)
    except (IndexError, struct.error) as error:
        raise GifError("The file ends too early.") from error


def draw(patches: Iterator[Patch], width: int, height: int) -> Iterator[tuple[Image, float]]:
    """Yield each frame, (H, W, 3) uint8 RGB, and its duration. What is transparent is black.

    Raises:
        Exception: Of any type, as Pillow raises them for damaged data.
    """
    canvas = np.zeros((height, width, 3), np.uint8)
    for patch in patches:
        # A slice ends at the edge of the canvas.
        area = canvas[patch.top :, patch.left :][: patch.height, : patch.width]
        before = area.copy() if patch.disposal == _DISPOSE_TO_PREVIOUS else None
        _draw(patch, area)
        yield canvas.copy(), patch.duration_s
        if before is not None:
            area[:] = before
        elif patch.disposal == _DISPOSE_TO_BACKGROUND:
            area[:] = 0


def _patches(data: bytes) -> Iterator[Patch]:
    shared_palette, position = _palette(data, HEADER_BYTES, data[10])
    flags, hundredths, transparent = 0, 0, 0
    while position < len(data) and data[position] != _END:
        block = data[position]
        if block == _EXTENSION:
            if data[position + 1] == _GRAPHIC_CONTROL:
                flags, hundredths, transparent = struct.unpack_from("<BHB", data, position + 3)
            position = _after_blocks(data, position + 2)
        elif block == _IMAGE:
            left, top, width, height, image_flags = struct.unpack_from("<4HB", data, position + 1)
            palette, start = _palette(data, position + 10, image_flags)
            position = _after_blocks(data, start + 1)
            duration_s = hundredths / 100
            yield Patch(
                left,
                top,
                width,
                height,
                palette or shared_palette or _GREYS,
                bool(image_flags & _IS_INTERLACED),
                data[start:position],
                transparent if flags & _IS_TRANSPARENT else None,
                flags >> 2 & 7,
                duration_s if duration_s >= _LEAST_DURATION_S else _DEFAULT_DURATION_S,
            )
            flags = hundredths = 0
        else:
            raise GifError(f"There is no block of the kind {block}.")


def _palette(data: bytes, position: int, flags: int) -> tuple[bytes, int]:
    """Return a palette, which is empty if there is none, and the position after it."""
    end = position + (3 << (flags & 7) + 1 if flags & _HAS_PALETTE else 0)
    return data[position:end], end


def _after_blocks(data: bytes, position: int) -> int:
    """Return the position after blocks, each of which begins with its size; the last has 0."""
    while size := data[position]:
        position += 1 + size
    return position + 1


def _draw(patch: Patch, area: Image) -> None:
    """Draw a patch on the part of the canvas that it covers."""
    numbers = _decode(patch)[: area.shape[0], : area.shape[1]]
    colors = np.frombuffer(patch.palette + _GREYS[len(patch.palette) :], np.uint8).reshape(256, 3)
    rows = max(1, _STRIP_PIXELS // patch.width)
    for top in range(0, len(area), rows):
        strip = numbers[top : top + rows]
        is_drawn = True if patch.transparent is None else (strip != patch.transparent)[:, :, None]
        np.copyto(area[top : top + rows], colors[strip], where=is_drawn)


def _decode(patch: Patch) -> Image:
    """Return the numbers of the colours, (H, W) uint8."""
    size = struct.pack("<HH", patch.width, patch.height)
    flags = patch.is_interlaced * _IS_INTERLACED
    file = b"GIF89a" + size + b"\0\0\0" + b",\0\0\0\0" + size + bytes([flags]) + patch.data + b";"
    return np.asarray(GifImageFile(BytesIO(file)))
