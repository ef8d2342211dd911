"""Fixtures for several test files: frames of a video, and a fake of the native `Pose`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.mediapipe.solutions.fakes import FakePose
from tests.support import sample

if TYPE_CHECKING:
    import numpy as np


@pytest.fixture(scope="module")
def frames() -> list[np.ndarray]:
    return sample.frames(8)


@pytest.fixture
def native(monkeypatch: pytest.MonkeyPatch) -> type[FakePose]:
    FakePose.made = []
    monkeypatch.setattr("vitruvian.pose.Pose", FakePose)
    return FakePose
