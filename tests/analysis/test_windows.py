from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.support.motion import Walker, walk
from vitruvian.analysis import windows as module
from vitruvian.analysis.windows import windows
from vitruvian.recorded.blocks import Blocks

if TYPE_CHECKING:
    import pytest


def test_the_slices_are_all_frames_once_with_what_is_around_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_WINDOW_FRAMES", 21)
    recording = walk(Walker(1, range(10, 90)), count=100)
    blocks = Blocks(recording.header, lambda: (recording[n : n + 7] for n in range(0, 100, 7)))
    found = list(windows(blocks, 0.51, 2))
    cores = [window.frames[core] for window, core in found]
    assert np.concatenate(cores).tolist() == [*range(100)]
    assert len(cores) == 5
    for window, core in found:
        first, end = window.frames[core][0], window.frames[core][-1] + 1
        around = window.frames[0], window.frames[-1] + 1
        assert around == (max(first - 17, 0), min(end + 17, 100))


def test_a_recording_without_frames_has_no_windows() -> None:
    assert list(windows(Blocks.of(walk(count=0)), 1.0, 10)) == []


def test_equal_times_do_not_put_everything_around(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_WINDOW_FRAMES", 10)
    monkeypatch.setattr(module, "_MOST_FRAMES_AROUND", 30)
    recording = walk(Walker(1, range(200)), count=200, times_s=[0.0] * 200)
    blocks = Blocks(recording.header, lambda: (recording[n : n + 10] for n in range(0, 200, 10)))
    assert max(len(window) for window, _ in windows(blocks, 1.0, 10)) == 70
