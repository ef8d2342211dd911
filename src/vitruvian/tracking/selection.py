"""Which people to track if there are more than `num_poses`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.stages.region import body_radius_px

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.options import Select
    from vitruvian.types import ImageSize, Landmarks

_CENTRE = (0.5, 0.5)


def preferred(people: Landmarks, select: Select, image_size: ImageSize) -> NDArray[np.intp]:
    """Return the positions of the people, (N,), the preferred ones first.

    Args:
        people: the best score first.
        select: "prominent" and "first" keep the order; "largest" sorts by the circle around the
            body; "centre", or a point (x, y) in normalized coordinates, sorts by the distance of
            the hips' midpoint.
        image_size: size of the image in pixels.
    """
    if select in {"prominent", "first"}:
        return np.arange(len(people))
    points_px = people.alignment_points_px(image_size)
    if select == "largest":
        return np.argsort(-body_radius_px(points_px), kind="stable")
    target_px = np.array(_CENTRE if select == "centre" else select) * image_size
    return np.argsort(np.linalg.norm(points_px[:, 0] - target_px, axis=1), kind="stable")
