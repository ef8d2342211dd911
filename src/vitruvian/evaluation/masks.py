"""How well masks cover the people of an image."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vitruvian.errors import MediaError
from vitruvian.images.reader import open_images
from vitruvian.inputs.options import InputOptions
from vitruvian.printable import printable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from vitruvian.evaluation.annotations import Annotations
    from vitruvian.types import ImageSize

_IN_MASK = 0.5  # a pixel with a greater likelihood belongs to a person


class MaskOverlap(NamedTuple):
    """What the annotated and the found mask of one image have in common.

    Attributes:
        intersection_px: how many pixels are in both.
        union_px: how many pixels are in one of them, or in both.
    """

    intersection_px: int
    union_px: int


def read_mask(path: Path, size: ImageSize) -> NDArray[np.bool_]:
    """Read the mask of all people of an image, (H, W), whose background is black.

    Args:
        path: an image, whose people are white, or have the number 1.
        size: of the annotated image.

    Raises:
        MediaError: the file cannot be read, or has another size.
    """
    name = printable(path.name)
    try:
        with path.open("rb") as file:
            images = open_images(file, name, InputOptions())
            if images is None:
                raise MediaError(f"{name} is no image: give a mask as PNG.")
            pixels, _ = next(images.frames)
    except OSError as error:
        if isinstance(error, MediaError):
            raise
        raise MediaError(f"{name} cannot be read ({error.strerror}): check its path.") from error
    height, width = pixels.shape[:2]
    if (width, height) != size:
        raise MediaError(
            f"{name} is {width}x{height} pixels, but its image was annotated with "
            f"{size.width}x{size.height}: give a mask of this size."
        )
    brightest = pixels.max()
    return pixels[..., 0] > brightest / 2 if brightest else np.zeros((height, width), bool)


def mask_overlap(truth: NDArray[np.bool_], found: NDArray[np.floating] | None) -> MaskOverlap:
    """Compare the annotated mask of an image with those of all people found.

    Args:
        truth: (H, W) bool.
        found: (N, H, W) in [0, 1], as `PoseResult.segmentation_masks`; None if there are none.
    """
    in_found = np.zeros_like(truth) if found is None else (found > _IN_MASK).any(axis=0)
    return MaskOverlap(int((truth & in_found).sum()), int((truth | in_found).sum()))


def mask_ious(
    annotations: Annotations, overlaps: Mapping[int | str, MaskOverlap]
) -> NDArray[np.float64]:
    """Return the intersection over union of each image, (I,).

    It is 0 if the image has a mask but no result, and NaN without a mask, or if both are empty.

    Args:
        annotations: the truth.
        overlaps: the overlap by the image's id.
    """
    nothing = MaskOverlap(0, 1)
    ious = np.full(len(annotations.images), np.nan)
    for number, image in enumerate(annotations.images):
        if image.mask is not None:
            overlap = overlaps.get(image.id, nothing)
            if overlap.union_px:
                ious[number] = overlap.intersection_px / overlap.union_px
    return ious
