from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.videos import read
from tests.test_types import result
from vitruvian.errors import EngineError, MediaError, OutputError, WeightsError
from vitruvian.jobs import job
from vitruvian.media.source import Frame, Source
from vitruvian.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vitruvian.pose import Pose
    from vitruvian.types import PoseResult

IMAGE = np.zeros((48, 64, 3), np.uint8)


@dataclass
class FakePose:
    """Sees the same person in every frame, until it fails."""

    fails_at: int | None = None

    def reset(self) -> None: ...

    def process(self, image: np.ndarray, timestamp_s: float) -> PoseResult:
        index = round(timestamp_s * 30)
        if index == self.fails_at:
            raise EngineError("the runtime failed")
        return result(image_size=(64, 48), index=index, timestamp_s=timestamp_s)


@dataclass
class FakeVideo:
    """Plays until it breaks off or is closed."""

    breaks_off_at: int | None = None
    is_live: bool = False
    closed_in: list[int] = field(default_factory=list)
    shown: int = 0

    def open(self, _: object, _threads: int) -> Source:
        return Source("film", "film", self.frames(), is_live=self.is_live, frame_rate=30)

    def frames(self) -> Iterator[Frame]:
        try:
            while self.shown != self.breaks_off_at:
                yield Frame(IMAGE, self.shown, self.shown / 30)
                self.shown += 1
                time.sleep(0.001)
            raise MediaError("film broke off")
        finally:
            self.closed_in.append(threading.get_ident())


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    before = {*threading.enumerate()}
    yield
    left = {*threading.enumerate()} - before
    assert all(thread.daemon for thread in left)  # such as the one that watches progress bars


def run(
    video: FakeVideo,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    pose: FakePose | None = None,
    stop: threading.Event | None = None,
) -> job.Summary:
    monkeypatch.setattr("vitruvian.media.opening.open_source", video.open)
    return job.run(
        "film",
        folder,
        lambda _: pose or FakePose(),  # type: ignore[arg-type,return-value]
        Profile(),
        stop or threading.Event(),
    )


def written(folder: Path) -> tuple[int, int]:
    """How many frames there are in the table and in the annotated video."""
    table = (folder / "film.csv").read_text().splitlines()[1:]
    return len({line.partition(",")[0] for line in table}), len(read(folder / "film.annotated.mp4"))


def test_what_breaks_off_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MediaError, match="film broke off"):
        run(FakeVideo(breaks_off_at=20), tmp_path, monkeypatch)
    assert written(tmp_path) == (20, 20)


def test_a_failing_network_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    video = FakeVideo()
    with pytest.raises(EngineError, match="the runtime failed"):
        run(video, tmp_path, monkeypatch, FakePose(fails_at=7))
    assert [*tmp_path.iterdir()] == []
    assert len(video.closed_in) == 1


def test_an_input_is_closed_if_there_is_no_pose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    video = FakeVideo()
    monkeypatch.setattr("vitruvian.media.opening.open_source", video.open)

    def pose_for(_: bool) -> Pose:
        raise WeightsError("no source has them")

    with pytest.raises(WeightsError):
        job.run("film", tmp_path, pose_for, Profile(), threading.Event())
    assert len(video.closed_in) == 1


def test_a_failing_encoder_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "film.annotated.mp4").mkdir()
    video = FakeVideo()
    with pytest.raises(OutputError, match=r"film\.annotated\.mp4 cannot be written"):
        run(video, tmp_path, monkeypatch)
    assert [path.name for path in tmp_path.iterdir()] == ["film.annotated.mp4"]
    assert len(video.closed_in) == 1
    assert video.shown < 20  # nobody read on


@pytest.mark.parametrize("is_live", [False, True])
def test_a_camera_may_be_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_live: bool
) -> None:
    video, stop = FakeVideo(is_live=is_live), threading.Event()
    timer = threading.Timer(0.3, stop.set)
    timer.start()
    if is_live:
        summary = run(video, tmp_path, monkeypatch, stop=stop)
        assert written(tmp_path) == (summary.frames, summary.frames)
        assert summary.frames > 1
    else:
        with pytest.raises(KeyboardInterrupt):
            run(video, tmp_path, monkeypatch, stop=stop)
        in_table, in_video = written(tmp_path)
        assert in_table == in_video > 1
        assert video.shown < in_video + 15  # no more is read ahead than a few frames a stage
    timer.join()


def test_what_has_not_begun_does_not_begin(tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(KeyboardInterrupt):
        job.run("absent", tmp_path, lambda _: FakePose(), Profile(), stop)  # type: ignore[arg-type,return-value]
    assert [*tmp_path.iterdir()] == []
