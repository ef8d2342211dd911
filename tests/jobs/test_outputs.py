from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.motion import Walker, walk
from tests.support.results import result
from tests.support.sounds import codecs, heard, video_with_sound
from tests.support.videos import full_disk, read
from vitruvian.analysis.options import OfflineSmoothing
from vitruvian.errors import OutputError
from vitruvian.inputs.options import InputOptions
from vitruvian.inputs.source import Frame, Source
from vitruvian.jobs.outputs import Outputs
from vitruvian.media.opening import open_source
from vitruvian.profile import Profile
from vitruvian.recorded.header import Header
from vitruvian.recording import load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

IMAGES = {"annotated": np.zeros((48, 64, 3), np.uint8), "mask": np.zeros((48, 64), np.uint8)}


def film(path: Path, source: Source) -> Outputs:
    """Return the files of a film, beside its recording only a table."""
    return Outputs(path, source, Header("film.mp4"), ["npz", "csv"], Profile())


def source(*, is_image: bool = False) -> Source:
    def frames() -> Iterator[Frame]:
        yield Frame(IMAGES["annotated"], 0, 0.0)

    return Source("film", frames(), is_image=is_image)


def test_a_video_gives_a_csv_file_and_a_video_for_each_kind_of_image(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    with film(folder / "film", source()) as outputs:
        for index, people in enumerate((1, 0, 2)):
            frame = result(people, image_size=(64, 48), index=index, timestamp_s=index / 10)
            outputs.write(frame, IMAGES)
    assert (outputs.frames, outputs.frames_with_people, outputs.ids) == (3, 2, {1, 2})
    names = ["film.npz", "film.csv", "film.annotated.mp4", "film.mask.mp4"]
    assert outputs.files == [folder / name for name in names]
    assert sorted(folder.iterdir()) == sorted(outputs.files)
    assert len(load(outputs.files[0])) == 3
    assert len(outputs.files[1].read_text().splitlines()) == 1 + 3 * 33
    assert [len(read(path)) for path in outputs.files[2:]] == [3, 3]


def test_an_image_gives_images(tmp_path: Path) -> None:
    with film(tmp_path / "film", source(is_image=True)) as outputs:
        outputs.write(result(image_size=(64, 48)), IMAGES)
    names = ["film.annotated.png", "film.csv", "film.mask.png", "film.npz"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names


def test_an_image_that_cannot_be_written_leaves_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "film.mask.png").mkdir()
    with (
        pytest.raises(OutputError, match=r"film\.mask\.png cannot be written"),
        film(tmp_path / "film", source(is_image=True)) as outputs,
    ):
        outputs.write(result(image_size=(64, 48)), IMAGES)
    assert [path.name for path in tmp_path.iterdir()] == ["film.mask.png"]


def write_film(folder: Path) -> None:
    with film(folder / "film", source()) as outputs:
        for index in range(3):
            frame = result(image_size=(64, 48), index=index, timestamp_s=index / 10)
            outputs.write(frame, IMAGES)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit the size of files")
def test_on_a_full_disk_all_files_are_whole_or_none_is_there(tmp_path: Path) -> None:
    whole, full = tmp_path / "whole", tmp_path / "full"
    write_film(whole)
    content = {path.name: path.read_bytes() for path in whole.iterdir()}
    largest = max(map(len, content.values()))
    for limit_bytes in (0, 1, 100, 1000, largest // 2, largest - 1):
        with full_disk(limit_bytes), pytest.raises(OutputError, match="ulimit"):
            write_film(full)
        assert [*full.iterdir()] == []
    with full_disk(largest):
        write_film(full)
    assert {path.name: path.read_bytes() for path in full.iterdir()} == content


def test_a_format_that_cannot_be_written_leaves_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "film.csv").mkdir()
    with pytest.raises(OutputError, match=r"film\.csv cannot be written"):
        write_film(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["film.csv"]


def test_only_the_annotated_video_keeps_the_sound_of_the_input(tmp_path: Path) -> None:
    clip = video_with_sound(tmp_path / "clip.mp4")
    with open_source(clip) as video, film(tmp_path / "clip", video) as outputs:
        for frame in video:
            found = result(image_size=(64, 48), index=frame.index, timestamp_s=frame.timestamp_s)
            outputs.write(found, IMAGES)
    assert codecs(tmp_path / "clip.annotated.mp4") == ["aac"]
    assert codecs(tmp_path / "clip.mask.mp4") == []
    assert heard(tmp_path / "clip.annotated.mp4") == pytest.approx((0, 1.5, 3), abs=0.05)


def test_the_videos_of_a_time_range_begin_with_it(tmp_path: Path) -> None:
    clip = video_with_sound(tmp_path / "clip.mp4")
    options = InputOptions(start_s=1, end_s=2)
    with (
        open_source(clip, options=options) as video,
        film(tmp_path / "clip", video) as outputs,
    ):
        for frame in video:
            found = result(image_size=(64, 48), index=frame.index, timestamp_s=frame.timestamp_s)
            outputs.write(found, IMAGES)
    assert (tmp_path / "clip.csv").read_text().splitlines()[1].startswith("0,1.0")
    for name, sounds in (("clip.annotated.mp4", ["aac"]), ("clip.mask.mp4", [])):
        assert codecs(tmp_path / name) == sounds
        assert [f.timestamp_s for f in read(tmp_path / name)] == pytest.approx(
            [index / 10 for index in range(10)]
        )
    assert heard(tmp_path / "clip.annotated.mp4") == pytest.approx((0, 0.5, 1), abs=0.1)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not delete a file in use")
def test_a_file_that_is_removed_while_it_is_read_gives_a_video_without_sound(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clip = video_with_sound(tmp_path / "clip.mp4")
    with open_source(clip) as video, film(tmp_path / "clip", video) as outputs:
        clip.unlink()
        for frame in video:
            found = result(image_size=(64, 48), index=frame.index, timestamp_s=frame.timestamp_s)
            outputs.write(found, IMAGES)
    assert "the video lacks sound, because the file was removed" in caplog.text
    assert codecs(tmp_path / "clip.annotated.mp4") == []
    assert len(read(tmp_path / "clip.annotated.mp4")) == outputs.frames


def test_an_exception_discards_the_csv_file_and_the_videos(tmp_path: Path) -> None:
    def fail() -> None:
        with film(tmp_path / "film", source()) as outputs:
            outputs.write(result(image_size=(64, 48)), IMAGES)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert [*tmp_path.iterdir()] == []


def test_a_smoothed_recording_counts_people_as_it_is_written(tmp_path: Path) -> None:
    recording = walk(Walker(1, range(20)), Walker(2, range(23, 40)), count=40)
    formats = ["npz", "csv", "jsonl"]
    with Outputs(
        tmp_path / "film", source(), recording.header, formats, Profile(), OfflineSmoothing()
    ) as outputs:
        for each in recording:
            outputs.write(each, {})
    assert (outputs.frames, outputs.frames_with_people, outputs.ids) == (40, 40, {1})
    made, same = load(tmp_path / "film.npz"), load(tmp_path / "film.jsonl")
    assert made.frame_positions[made.is_filled].tolist() == [20, 21, 22]
    np.testing.assert_array_equal(made.pose_landmarks, same.pose_landmarks)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "film.csv", "film.jsonl", "film.npz",
    ]  # fmt: skip
