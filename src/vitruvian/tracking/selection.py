"""Whom to follow, where there are more people than asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import numpy as np

from vitruvian.errors import OptionError
from vitruvian.stages.region import radii_px

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.types import Landmarks

_Name: TypeAlias = Literal["prominent", "largest", "centre", "first"]
Select: TypeAlias = _Name | tuple[float, float]

NAMES: tuple[_Name, ...] = get_args(_Name)
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
    alignments_px = people.alignments_px(image_size)
    if select == "largest":
        return np.argsort(-radii_px(alignments_px), kind="stable")
    place_px = np.array(_CENTRE if select == "centre" else select) * image_size
    return np.argsort(np.linalg.norm(alignments_px[:, 0] - place_px, axis=1), kind="stable")


def checked(select: object) -> Select:
    """What the user gave.

    Raises:
        OptionError: it is no name of `NAMES` and no point of the picture.
    """
    if isinstance(select, str) and select in NAMES:
        return select
    if isinstance(select, (tuple, list, np.ndarray)) and np.shape(select) == (2,):
        x, y = select
        if _is_part(x) and _is_part(y):
            return (float(x), float(y))
    raise OptionError(
        f"The person to select is {select!r}: give {', '.join(NAMES)}, or a point (x, y) in parts "
        "of the picture, each in [0, 1]."
    )


def _is_part(number: object) -> bool:
    is_number = isinstance(number, (int, float, np.integer, np.floating))
    return is_number and not isinstance(number, bool) and bool(0 <= number <= 1)  # type: ignore[operator]
