"""RGB images of 16 bits, of which Pillow keeps only the high bytes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PIL.TiffImagePlugin import TiffImageFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL.ImageFile import ImageFile

# How values of two bytes are stored, in Pillow's words. Pillow keeps the high byte of each. If it
# takes the bytes for stored in the other order, it keeps the low one.
_ORDERS = {"L": "B", "B": "L", "N": "B" if sys.byteorder == "little" else "L"}
_OTHER_ORDER = {
    f"{channels};16{order}": f"{channels};16{other}"
    for channels in ("RGB", "RGBA", "RGBX", "R", "G", "B", "A")
    for order, other in _ORDERS.items()
}
_BITS_TAG = 258


def read_low_bytes(image: ImageFile, open_again: Callable[[], ImageFile]) -> ImageFile | None:
    """Return the low bytes of an RGB image of 16 bits, decoded; None for any other image.

    Args:
        image: The image, before it is decoded.
        open_again: Returns the same image, before it is decoded.
    """
    _name_planes(image)
    if not any(_storage(tile.args) in _OTHER_ORDER for tile in image.tile):
        return None
    low = open_again()
    _name_planes(low)
    for index, tile in enumerate(low.tile):
        other = _OTHER_ORDER[_storage(tile.args)]
        low.tile[index] = tile._replace(args=_with_storage(tile.args, other))
    low.load()
    return low


def _name_planes(image: ImageFile) -> None:
    """Correct what Pillow takes for 8 bits: channels of 16 bits, one after the other, in a TIFF."""
    if isinstance(image, TiffImageFile) and image.tag_v2.get(_BITS_TAG, (8,))[0] == 16:
        order = "L" if image.tag_v2.prefix == b"II" else "B"
        for index, tile in enumerate(image.tile):
            if _storage(tile.args) in {"R", "G", "B", "A"}:
                storage = f"{_storage(tile.args)};16{order}"
                image.tile[index] = tile._replace(args=_with_storage(tile.args, storage))


def _storage(args: tuple[object, ...] | str | None) -> str:
    return str(args[0] if isinstance(args, tuple) and args else args)


def _with_storage(args: tuple[object, ...] | str | None, storage: str) -> tuple[object, ...] | str:
    return (storage, *args[1:]) if isinstance(args, tuple) else storage
