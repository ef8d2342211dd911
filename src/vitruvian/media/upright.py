"""Images of Pillow as RGB arrays, upright."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.media.tones import to_8_bit_function

if TYPE_CHECKING:
    from collections.abc import Iterator

    import PIL.Image
    from numpy.typing import NDArray

    from vitruvian.types import Image

_ORIENTATION_TAG = 0x0112
# Pillow's memory cannot be read in place. It is copied in parts, so that there is no second copy of
# the whole image.
_STRIP_PIXELS = 1 << 20


def upright_rgb(image: PIL.Image.Image, low_bytes: PIL.Image.Image | None = None) -> Image:
    """Return the pixels of an image, turned as its EXIF data say. Transparency is dropped.

    Args:
        image: An image that Pillow has decoded, of any mode.
        low_bytes: An RGB image of 16 bits has its high bytes in `image` and its low bytes here.

    Returns:
        (H, W, 3) uint8 RGB, contiguous. Values of more than 8 bits are scaled as `tones` says.
    """
    # With transparency, Pillow's conversions take longer, and warn of some palettes.
    image.info.pop("transparency", None)
    orientation = _orientation(image)
    width, height = image.size
    is_turned = orientation >= 5
    upright = np.empty((width, height, 3) if is_turned else (height, width, 3), np.uint8)
    stored = _as_stored(upright, orientation)
    if low_bytes is not None or image.mode in {"I", "F"} or image.mode.startswith("I;16"):
        to_8_bit = to_8_bit_function(values for _, values in _deep_strips(image, low_bytes))
        for rows, values in _deep_strips(image, low_bytes):
            stored[rows] = np.atleast_3d(to_8_bit(values))
    else:
        for rows, strip in _strips(image):
            stored[rows] = _rgb(strip)
    return upright


def _strips(image: PIL.Image.Image) -> Iterator[tuple[slice, PIL.Image.Image]]:
    width, height = image.size
    rows = max(1, _STRIP_PIXELS // width)
    for top in range(0, height, rows):
        bottom = min(top + rows, height)
        yield slice(top, bottom), image.crop((0, top, width, bottom))


def _rgb(strip: PIL.Image.Image) -> Image:
    return np.asarray(strip if strip.mode == "RGB" else strip.convert("RGB"))


def _deep_strips(
    image: PIL.Image.Image, low_bytes: PIL.Image.Image | None
) -> Iterator[tuple[slice, NDArray[Any]]]:
    for rows, strip in _strips(image):
        if low_bytes is None:
            yield rows, np.asarray(strip)
        else:
            low = low_bytes.crop((0, rows.start, image.width, rows.stop))
            yield rows, _rgb(strip) * np.uint16(256) + _rgb(low)


def _orientation(image: PIL.Image.Image) -> int:
    try:
        orientation = image.getexif().get(_ORIENTATION_TAG)
    except Exception:  # noqa: BLE001 - damaged EXIF data raise errors of many types; the pixels are whole
        return 1
    return orientation if isinstance(orientation, int) and 1 <= orientation <= 8 else 1


def _as_stored(upright: Image, orientation: int) -> Image:
    """Return a view of an upright image in which the pixels lie as in the file.

    Args:
        upright: The image.
        orientation: EXIF's number, from 1 to 8.
    """
    stored = upright.swapaxes(0, 1) if orientation >= 5 else upright
    if orientation in {3, 4, 6, 7}:
        stored = stored[::-1]
    if orientation in {2, 3, 7, 8}:
        stored = stored[:, ::-1]
    return stored
