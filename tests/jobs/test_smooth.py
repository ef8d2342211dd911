from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tests.support.recordings import recording
from vitruvian.analysis.options import OfflineSmoothing
from vitruvian.jobs.smooth import smooth
from vitruvian.recorded.blocks import Blocks
from vitruvian.recording import load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from vitruvian.recorded.arrays import Recorded


def test_what_is_smoothed_becomes_a_recording_in_all_formats(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[float] = []

    def flat(blocks: Blocks, *, cutoff_hz: float, max_gap_s: float) -> Blocks:
        given.extend((cutoff_hz, max_gap_s))

        def begin() -> Iterator[Recorded]:
            given.append(len(given))
            for block in blocks:
                yield replace(block, pose_landmarks=np.zeros_like(block.pose_landmarks))

        return Blocks(blocks.header, begin)

    monkeypatch.setattr("vitruvian.jobs.smooth.smoothed", flat)
    recording([1] * 1300).save(tmp_path / "dance.npz")
    files = smooth(tmp_path / "dance.npz", tmp_path, ["csv"], OfflineSmoothing(cutoff_hz=5))
    assert [path.name for path in files] == ["dance.smoothed.npz", "dance.smoothed.csv"]
    assert given == [5, 0.5, 2]  # smoothed once, however often formats pass over the frames
    made = load(files[0])
    assert (made.pose_landmarks == 0).all()
    np.testing.assert_array_equal(made.visibility, recording([1] * 1300).visibility)
