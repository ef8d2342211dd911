"""Which images a job makes of each frame, and how people are drawn on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.draw.annotate import annotate
from vitruvian.draw.trails import Trails

if TYPE_CHECKING:
    from collections.abc import Callable

    from vitruvian.result import PoseResult
    from vitruvian.types import Image


@dataclass(frozen=True)
class Drawing:
    """How people are drawn.

    Attributes:
        by_id: Whether each person has a colour of their own and a label with their id.
        trails: Whether the recent path of each person is drawn.
    """

    by_id: bool = False
    trails: bool = False


PLAIN = Drawing()


def draw_function(drawing: Drawing | None) -> Callable[[Image, PoseResult], dict[str, Image]]:
    """Return a function that makes the images of a frame, for the frames of one input in order.

    Args:
        drawing: How people are drawn; None for no annotated image.

    Returns:
        A function of a frame (H, W, 3) and its result. It returns uint8 images by name: "annotated"
        (H, W, 3), unless `drawing` is None, and "mask" (H, W) if the result has masks.
    """
    if drawing is None:
        return _mask
    by_id, trails = drawing.by_id, Trails() if drawing.trails else None

    def draw(image: Image, result: PoseResult) -> dict[str, Image]:
        background = trails(image, result) if trails else image
        return {"annotated": annotate(background, result, by_id=by_id), **_mask(image, result)}

    return draw


def _mask(_image: Image, result: PoseResult) -> dict[str, Image]:
    """Return the union of all people's masks, which is black if there are no people."""
    if result.segmentation_masks is None:
        return {}
    union = result.segmentation_masks.max(axis=0, initial=0)
    return {"mask": np.rint(union * 255).astype(np.uint8)}
