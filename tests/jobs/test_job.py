from __future__ import annotations

import threading
import time
import weakref
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.results import result
from tests.support.videos import read
from vitruvian.errors import EngineError, MediaError, OutputError, WeightsError
from vitruvian.inputs.source import Frame, Source
from vitruvian.jobs import job
from vitruvian.jobs.plan import Job
from vitruvian.jobs.settings import Settings
from vitruvian.jobs.stopping import AbandonedError, Stop
from vitruvian.options import PoseOptions
from vitruvian.profile import Profile
from vitruvian.recorded.header import Header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vitruvian.jobs.summary import Summary
    from vitruvian.result import PoseResult

IMAGE = np.zeros((48, 64, 3), np.uint8)


@dataclass
class FakePose:
    """Finds the same person in every frame, until it fails."""

    error: Exception | None = None
    fails_at: int | None = None

    def process(self, image: np.ndarray, timestamp_s: float) -> PoseResult:
        index = round(timestamp_s * 30)
        if self.error is not None and index == self.fails_at:
            raise self.error
        return result(image_size=(64, 48), index=index, timestamp_s=timestamp_s)


@dataclass
class FakeVideo:
    """Has frames until it is interrupted or closed."""

    interrupted_at: int | None = None
    is_live: bool = False
    closed_in: list[int] = field(default_factory=list)
    index: int = 0

    def open(self, *_: object) -> Source:
        return Source("film", self.frames(), is_live=self.is_live, frame_rate=30)

    def frames(self) -> Iterator[Frame]:
        try:
            while self.index != self.interrupted_at:
                yield Frame(IMAGE, self.index, self.index / 30)
                self.index += 1
                time.sleep(0.001)
            raise MediaError("film was interrupted")
        finally:
            self.closed_in.append(threading.get_ident())


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    before = {*threading.enumerate()}
    yield
    left = {*threading.enumerate()} - before
    assert all(thread.daemon for thread in left)  # such as the one that watches progress bars


def film_in(folder: Path) -> Job:
    return Job(Path("film.mp4"), folder / "film")


def run(
    video: FakeVideo,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    pose: FakePose | None = None,
    stop: Stop | None = None,
) -> Summary:
    monkeypatch.setattr("vitruvian.media.opening.open_source", video.open)
    monkeypatch.setattr("vitruvian.jobs.job.Pose", lambda **_: pose or FakePose())
    monkeypatch.setattr("vitruvian.jobs.job.header_of", lambda *_: Header("film.mp4"))
    return job.run(film_in(folder), Settings(), Profile(), stop or Stop())


def written(folder: Path) -> tuple[int, int]:
    """Return the number of frames in the CSV file and in the annotated video."""
    table = (folder / "film.csv").read_text().splitlines()[1:]
    return len({line.partition(",")[0] for line in table}), len(read(folder / "film.annotated.mp4"))


def test_the_frames_before_an_interruption_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = run(FakeVideo(interrupted_at=20), tmp_path, monkeypatch)
    assert str(summary.error) == "film was interrupted"
    assert (summary.frames, summary.frames_with_people, summary.people) == (20, 20, 1)
    assert not summary.is_stopped
    assert written(tmp_path) == (20, 20)


@pytest.mark.parametrize(
    "error",
    [EngineError("the runtime failed"), ZeroDivisionError(), MediaError("no"), OSError(5, "no")],
)
def test_a_failing_network_ends_the_job_without_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    video = FakeVideo()
    with pytest.raises(type(error)) as raised:
        run(video, tmp_path, monkeypatch, FakePose(error, fails_at=7))
    assert raised.value is error
    assert [*tmp_path.iterdir()] == []
    assert len(video.closed_in) == 1


@pytest.mark.parametrize("is_image", [False, True])
def test_only_an_image_is_processed_in_static_mode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_image: bool
) -> None:
    def open_source(*_: object) -> Source:
        return Source("film", iter_once(), is_image=is_image)

    def iter_once() -> Iterator[Frame]:
        yield Frame(IMAGE, 0, 0.0)

    def make_pose(**given: object) -> FakePose:
        options.update(given)
        return FakePose()

    options: dict[str, object] = {}
    profile = Profile()
    monkeypatch.setattr("vitruvian.media.opening.open_source", open_source)
    monkeypatch.setattr("vitruvian.jobs.job.Pose", make_pose)
    monkeypatch.setattr("vitruvian.jobs.job.header_of", lambda *_: Header("film.mp4"))
    given = PoseOptions(model_complexity="lite", num_poses=None)
    summary = job.run(film_in(tmp_path), Settings(given), profile, Stop())
    assert options == {**vars(given), "static_image_mode": is_image, "profile": profile}
    ending = "png" if is_image else "mp4"
    assert [path.name for path in summary.files] == [
        *("film.npz", "film.csv", f"film.annotated.{ending}", "film.vitruvian.json")
    ]


def test_the_input_is_closed_if_there_are_no_networks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    video = FakeVideo()
    monkeypatch.setattr("vitruvian.media.opening.open_source", video.open)

    def no_pose(**_: object) -> None:
        raise WeightsError("no source has them")

    monkeypatch.setattr("vitruvian.jobs.job.Pose", no_pose)
    with pytest.raises(WeightsError):
        job.run(film_in(tmp_path), Settings(), Profile(), Stop())
    assert len(video.closed_in) == 1


def test_a_failing_encoder_ends_the_job_without_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "film.annotated.mp4").mkdir()
    video = FakeVideo()
    with pytest.raises(OutputError, match=r"film\.annotated\.mp4 cannot be written"):
        run(video, tmp_path, monkeypatch)
    assert [path.name for path in tmp_path.iterdir()] == ["film.annotated.mp4"]
    assert len(video.closed_in) == 1
    assert video.index < 20  # reading has ended, too


@pytest.mark.parametrize("is_live", [False, True])
def test_the_summary_says_that_a_job_was_stopped_unless_the_input_is_live(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_live: bool
) -> None:
    class StoppingPose(FakePose):
        def process(self, image: np.ndarray, timestamp_s: float) -> PoseResult:
            calls.append(timestamp_s)
            if len(calls) == 20:
                stop.request()
            return super().process(image, timestamp_s)

    calls: list[float] = []
    video, stop = FakeVideo(is_live=is_live), Stop()
    summary = run(video, tmp_path, monkeypatch, StoppingPose(), stop)
    assert summary.is_stopped == (not is_live)
    assert summary.error is None
    assert written(tmp_path) == (summary.frames, summary.frames)
    assert summary.frames > 1
    if not is_live:
        assert video.index < summary.frames + 15  # each stage reads only a few frames ahead


@pytest.mark.parametrize("error", [ZeroDivisionError(), OSError(5, "Input/output error")])
def test_another_error_of_the_reader_than_its_own_discards_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    class FailingVideo(FakeVideo):
        def frames(self) -> Iterator[Frame]:
            for frame in super().frames():
                if frame.index == 7:
                    raise error
                yield frame

    with pytest.raises(type(error)) as raised:
        run(FailingVideo(), tmp_path, monkeypatch)
    assert raised.value is error
    assert [*tmp_path.iterdir()] == []


def test_no_stage_keeps_a_large_frame(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Video(FakeVideo):
        def frames(self) -> Iterator[Frame]:
            for index in range(5):
                assert [reference() is None for reference in references] == [True] * index
                image = IMAGE.copy()
                references.append(weakref.ref(image))
                held = [Frame(image, index, index / 30)]
                del image
                yield held.pop()

    references: list[weakref.ref[np.ndarray]] = []
    monkeypatch.setattr("vitruvian.pipeline._AHEAD_BYTES", 0)  # every frame counts as large
    assert run(Video(), tmp_path, monkeypatch).frames == 5


@pytest.mark.parametrize("is_live", [False, True])
def test_an_abandoned_job_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_live: bool
) -> None:
    stop = Stop()
    stop.abandon()
    video = FakeVideo(is_live=is_live)
    with pytest.raises(AbandonedError):
        run(video, tmp_path, monkeypatch, stop=stop)
    assert [*tmp_path.iterdir()] == []
    assert len(video.closed_in) == 1


def test_frames_of_a_live_input_that_were_left_out_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class SlowPose(FakePose):
        def process(self, image: np.ndarray, timestamp_s: float) -> PoseResult:
            time.sleep(0.02)
            return super().process(image, timestamp_s)

    live = run(FakeVideo(interrupted_at=200, is_live=True), tmp_path, monkeypatch, SlowPose())
    assert live.left_out == 200 - live.frames > 100
    film = run(FakeVideo(interrupted_at=20), tmp_path, monkeypatch, SlowPose())
    assert (film.left_out, film.frames) == (0, 20)
