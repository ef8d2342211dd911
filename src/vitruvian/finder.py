"""What a user's own finder of people gives: boxes, which are checked before they are used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from vitruvian.errors import FinderError, OptionError
from vitruvian.printable import printable, shown

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from vitruvian.types import Float64, Image, ImageSize

# Each box takes the time of four runs of the landmark model.
MAX_BOXES = 1000
_WANTED = "the left, top, right and bottom of each box in pixels"


class Finder(Protocol):
    """Any function or object that finds people in an image."""

    def __call__(self, image: Image, /) -> ArrayLike:
        """Return the boxes around the people in an image.

        Args:
            image: (H, W, 3) uint8 RGB, a copy that may be changed.

        Returns:
            (N, 4) left, top, right and bottom of each box in pixels, with N up to 1000. An array
            without elements means that there are no people.
        """
        ...


def check_finder(finder: object) -> None:
    """Check the option `finder`.

    Raises:
        OptionError: it is not None, and cannot be called.
    """
    if finder is not None and not callable(finder):
        raise OptionError(f"finder is {shown(finder)}: give a function, image → boxes, or None.")


def name_of(finder: Finder) -> str:
    """Return the name of a function, or of an object's class, with that of its module."""
    named = finder if hasattr(finder, "__qualname__") else type(finder)
    return printable(f"{named.__module__}.{named.__qualname__}")


def checked_boxes_px(given: ArrayLike, image_size: ImageSize) -> Float64:
    """Return the boxes that a finder gave, (N, 4) in pixels, without what is outside of the image.

    Args:
        given: what the finder returned.
        image_size: size of the image in pixels.

    Raises:
        FinderError: it is no array of boxes in pixels.
    """
    try:
        boxes_px = np.asarray(given, np.float64)
    except (TypeError, ValueError, OverflowError, RuntimeError) as error:  # also those of tensors
        raise FinderError(
            f"The finder returned a {type(given).__name__} that is no array of numbers: return "
            f"an array (N, 4), {_WANTED}."
        ) from error
    if not boxes_px.size:
        return np.zeros((0, 4))
    if boxes_px.ndim != 2 or boxes_px.shape[1] != 4:
        raise FinderError(
            f"The finder returned an array of the shape {boxes_px.shape}: return one of the shape "
            f"(N, 4), {_WANTED}."
        )
    if len(boxes_px) > MAX_BOXES:
        raise FinderError(
            f"The finder returned {len(boxes_px)} boxes: return the {MAX_BOXES} best ones at most."
        )
    for box_px in boxes_px:
        if not _is_box(box_px):
            raise FinderError(
                f"The finder returned the box {shown(box_px.tolist())}: return finite numbers, "
                "left less than right, and top less than bottom."
            )
    if boxes_px.max() <= 1 < min(image_size):
        raise FinderError(
            "The finder returned only boxes that are smaller than a pixel: if they are normalized, "
            "multiply them by the width and the height of the image."
        )
    return boxes_px.clip(0, np.tile(image_size, 2))


def _is_box(box_px: Float64) -> bool:
    left, top, right, bottom = box_px
    return bool(np.isfinite(box_px).all() and left < right and top < bottom)
