from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.support.results import landmarks
from vitruvian.errors import OptionError
from vitruvian.options import check
from vitruvian.tracking.selection import preferred
from vitruvian.types import ImageSize

if TYPE_CHECKING:
    from vitruvian.types import Landmarks


def people(*circles: tuple[float, float, float]) -> Landmarks:
    """Return upright people with circles of given x, y and radius, in normalized coordinates."""
    auxiliary = [((x, y, 0), (x, y - radius, 0)) for x, y, radius in circles]
    return landmarks(len(circles), auxiliary=np.array(auxiliary, np.float32))


@pytest.mark.parametrize(
    ("select", "expected"),
    [
        ("prominent", [0, 1, 2]),
        ("first", [0, 1, 2]),
        ("largest", [2, 0, 1]),
        ("centre", [1, 2, 0]),
        ((0.1, 0.5), [0, 2, 1]),
    ],
)
def test_the_preferred_people_come_first(select: object, expected: list[int]) -> None:
    three = people((0.1, 0.5, 0.2), (0.5, 0.5, 0.1), (0.3, 0.5, 0.3))
    assert preferred(three, check("select", select), ImageSize(100, 100)).tolist() == expected


@pytest.mark.parametrize("kind", [tuple, list, np.float32, np.float64])
def test_a_point_may_be_any_kind_of_pair(kind: Any) -> None:
    assert check("select", kind([0.25, 1])) == (0.25, 1.0)


@pytest.mark.parametrize(
    "wrong",
    ["biggest", 3, (0.5,), (0.5, 2.0), ("a", "b"), None, (np.nan, 0), (True, 0), np.array(1)],
)
def test_other_values_are_refused(wrong: object) -> None:
    with pytest.raises(OptionError, match="select is"):
        check("select", wrong)
