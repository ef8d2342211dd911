from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.support.results import result
from tests.support.skeletons import GREY, NOT_IMAGES, upright
from vitruvian.draw.trails import Trails
from vitruvian.errors import FrameError


@pytest.mark.parametrize("image", NOT_IMAGES)
def test_an_array_that_is_no_image_is_refused(image: Any) -> None:
    with pytest.raises(FrameError):
        Trails()(image, result())


def test_trails_end_with_the_scene() -> None:
    trails = Trails()
    for x in (0.2, 0.8):
        trails(GREY, result(pose_landmarks=upright(_23=(x, 0.5), _24=(x, 0.5))))
    drawn = trails(GREY, result(ids=np.array([2])))
    assert np.array_equal(drawn, GREY)


def test_a_trail_is_drawn_and_fades() -> None:
    trails = Trails(length_s=1.0)
    strength = []
    for time_s, x in ((0.0, 0.2), (0.1, 0.8), (0.6, 0.8), (0.9, 0.8), (2.5, 0.8)):
        landmarks = upright(_23=(x, 0.5), _24=(x, 0.5))
        drawn = trails(GREY, result(pose_landmarks=landmarks, timestamp_s=time_s))
        strength.append(int(np.abs(drawn[120, 160].astype(int) - 128).max()))
    assert strength[0] == strength[-1] == 0
    assert strength[1] > strength[2] > strength[3] > 0
