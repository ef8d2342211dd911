"""Image files that the tests generate."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import PIL.Image
import skimage

if TYPE_CHECKING:
    from collections.abc import Sequence

# The kinds of still images that are read, and what Pillow calls them.
STILLS = {
    "JPEG": "JPEG",
    "MPO": "MPO",
    "PNG": "PNG",
    "WebP": "WEBP",
    "AVIF": "AVIF",
    "TIFF": "TIFF",
    "BMP": "BMP",
    "PPM": "PPM",
    "JPEG 2000": "JPEG2000",
    "GIF": "GIF",
}


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(
    width: int,
    height: int,
    color_type: int,
    rows: bytes,
    *,
    bits: int = 8,
    extra: bytes = b"",
) -> bytes:
    """Return a PNG file: `rows` are not compressed, `extra` are chunks before the pixels."""
    header = struct.pack(">IIBBBBB", width, height, bits, color_type, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + extra
        + png_chunk(b"IDAT", zlib.compress(rows))
        + png_chunk(b"IEND", b"")
    )


def png_of_values(values: np.ndarray) -> bytes:
    """Return a PNG file of 8 or 16 bits: (H, W) grey, or (H, W, 1 to 4)."""
    height, width, *channels = values.shape
    color_type = {1: 0, 2: 4, 3: 2, 4: 6}[channels[0] if channels else 1]
    stored = values.astype(values.dtype.newbyteorder(">"))
    rows = b"".join(b"\0" + row.tobytes() for row in stored)
    return png(width, height, color_type, rows, bits=8 * values.itemsize)


def saved(image: np.ndarray | PIL.Image.Image, kind: str, **options: Any) -> bytes:
    """Return the file that Pillow writes."""
    file = BytesIO()
    if isinstance(image, np.ndarray):
        image = PIL.Image.fromarray(image)
    image.save(file, kind, **options)
    return file.getvalue()


def resized(image: np.ndarray, width: int, height: int) -> np.ndarray:
    """Return an image of another size; where it shrinks, pixels are averaged."""
    scaled = PIL.Image.fromarray(image).resize((width, height), PIL.Image.Resampling.BILINEAR)
    return np.asarray(scaled)


def animation(images: Sequence[np.ndarray], kind: str, **options: Any) -> bytes:
    """Return the animation or the pages that Pillow writes."""
    first, *others = map(PIL.Image.fromarray, images)
    return saved(first, kind, save_all=True, append_images=others, **options)


def exif(orientation: int) -> PIL.Image.Exif:
    """Return EXIF data with an orientation from 1 to 8."""
    data = PIL.Image.Exif()
    data[0x0112] = orientation
    return data


def photograph(height: int = 192, width: int = 160) -> np.ndarray:
    """Return a part of a photograph of a person, (H, W, 3) uint8 RGB."""
    return np.ascontiguousarray(_astronaut()[:height, 120 : 120 + width])


@cache
def _astronaut() -> np.ndarray:
    image: np.ndarray = skimage.data.astronaut()
    return image
