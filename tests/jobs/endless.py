"""A run on a video of any length, from a fake source and a fake `Pose`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np

from tests.support.results import result
from vitruvian.analysis.options import OfflineSmoothing
from vitruvian.inputs.source import Frame, Source
from vitruvian.jobs import job
from vitruvian.jobs.plan import Job
from vitruvian.jobs.settings import Settings
from vitruvian.jobs.stopping import Stop
from vitruvian.profile import Profile
from vitruvian.recorded.header import Header

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vitruvian.result import PoseResult

_IMAGE = np.zeros((48, 64, 3), np.uint8)
_LANDMARKS = np.random.default_rng(0).random((997, 1, 33, 3), dtype=np.float32)
_ID_EVERY = 1000  # frames, as in a gym with many visitors


class _FakePose:
    """Finds one person who moves, and who is replaced by the next from time to time."""

    def process(self, _: np.ndarray, timestamp_s: float) -> PoseResult:
        index = round(timestamp_s * 30)
        landmarks = _LANDMARKS[index % len(_LANDMARKS)]
        return result(
            pose_landmarks=landmarks,
            ids=np.array([1 + index // _ID_EVERY]),
            image_size=(64, 48),
            index=index,
            timestamp_s=timestamp_s,
        )


def run_endless_video(frames: int, folder: Path, formats: Sequence[str]) -> None:
    """Run on a video of so many frames, smooth the recording, and write some formats."""

    def source() -> Iterator[Frame]:
        return (Frame(_IMAGE, index, index / 30) for index in range(frames))

    with (
        patch("vitruvian.media.opening.open_source", lambda *_: Source("film", source())),
        patch("vitruvian.jobs.job.Pose", lambda **_: _FakePose()),
        patch("vitruvian.jobs.job.header_of", lambda *_: Header("film.mp4")),
    ):
        summary = job.run(
            Job(Path("film.mp4"), folder / "film"),
            Settings(drawing=None, formats=tuple(formats), smoothing=OfflineSmoothing()),
            Profile(),
            Stop(),
            show_progress=False,
        )
    assert isinstance(summary, job.Summary)
    assert summary.frames == frames
