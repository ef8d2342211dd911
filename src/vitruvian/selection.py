"""Whom to follow, where there are more people than asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from vitruvian.errors import OptionError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.types import Landmarks

Select: TypeAlias = Literal["prominent", "largest", "centre", "first"] | tuple[float, float]

NAMES = ("prominent", "largest", "centre", "first")
_CENTRE = (0.5, 0.5)


def preferred(people: Landmarks, select: Select, image_size: tuple[int, int]) -> NDArray[np.intp]:
    """Positions of the people, whom to follow rather first.

    Args:
        people: the most certain first.
        select: "prominent" and "first" keep that order; "largest" goes by the circle around the
            body, "centre" and a point (x, y) in parts of the picture by how near the hips are.
        image_size: of the picture.
    """
    if select in {"prominent", "first"}:
        return np.arange(len(people))
    hips_px, circle_px = np.moveaxis(people.auxiliary[..., :2] * np.array(image_size), 1, 0)
    if select == "largest":
        return np.argsort(-np.linalg.norm(circle_px - hips_px, axis=1), kind="stable")
    place_px = np.array(_CENTRE if select == "centre" else select) * image_size
    return np.argsort(np.linalg.norm(hips_px - place_px, axis=1), kind="stable")


def checked(select: object) -> Select:
    """What the user gave.

    Raises:
        OptionError: it is no name of `NAMES` and no point of the picture.
    """
    if isinstance(select, str) and select in NAMES:
        return select  # type: ignore[return-value]
    if isinstance(select, (tuple, list)) and len(select) == 2:
        point = tuple(float(part) for part in select if isinstance(part, (int, float)))
        if len(point) == 2 and all(0 <= part <= 1 for part in point):
            return point
    raise OptionError(
        f"The person to select is {select!r}: give {', '.join(NAMES)}, or a point (x, y) in parts "
        "of the picture, each in [0, 1]."
    )
