from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from vitruvian.errors import OptionError
from vitruvian.tracking.selection import checked, preferred
from vitruvian.types import Landmarks


def people(*alignments: tuple[float, float, float]) -> Landmarks:
    """People of given hips and radius, upright, in parts of a square picture."""
    auxiliary = [((x, y, 0), (x, y - radius, 0)) for x, y, radius in alignments]
    count = len(alignments)
    return Landmarks(
        landmarks=np.zeros((count, 33, 3), np.float32),
        auxiliary=np.array(auxiliary, np.float32),
        world_landmarks=np.zeros((count, 33, 3), np.float32),
        visibility=np.ones((count, 33), np.float32),
        presence=np.ones((count, 33), np.float32),
        scores=np.ones(count, np.float32),
        masks=None,
    )


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
def test_whom_to_follow(select: object, expected: list[int]) -> None:
    three = people((0.1, 0.5, 0.2), (0.5, 0.5, 0.1), (0.3, 0.5, 0.3))
    assert preferred(three, checked(select), (100, 100)).tolist() == expected


@pytest.mark.parametrize("kind", [tuple, list, np.float32, np.float64])
def test_points_of_many_kinds(kind: Any) -> None:
    assert checked(kind([0.25, 1])) == (0.25, 1.0)


@pytest.mark.parametrize(
    "wrong",
    ["biggest", 3, (0.5,), (0.5, 2.0), ("a", "b"), None, (np.nan, 0), (True, 0), np.array(1)],
)
def test_what_is_no_choice(wrong: object) -> None:
    with pytest.raises(OptionError, match="person to select"):
        checked(wrong)
