from __future__ import annotations

import numpy as np
import pytest

from vitruvian.tracking.motion import Motion


def points(x: float, y: float) -> np.ndarray:
    return np.array(((x, y), (x, y - 50)), float)


def test_a_straight_motion_continues() -> None:
    motion = Motion()
    for frame in range(30):
        motion.add(points(10 * frame, 100 - frame), frame / 30)
    assert motion.predict(2.0) == pytest.approx(points(600, 40))


def test_the_last_quarter_of_a_second_is_not_trusted() -> None:
    """Landmarks slide onto what occludes the person."""
    motion = Motion()
    for frame in range(60):
        motion.add(points(10 * min(frame, 54), 0), frame / 30)
    assert motion.predict(2.0)[0, 0] == pytest.approx(600, abs=1)


def test_a_person_seen_only_for_a_short_time_is_expected_at_the_first_position() -> None:
    motion = Motion()
    motion.add(points(5, 6), 0.0)
    motion.add(points(9, 9), 0.1)
    assert motion.predict(1.0) == pytest.approx(points(5, 6))
