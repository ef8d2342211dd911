"""Recordings in files: what is written reads back, and what is broken is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.formats.refused import error_of_recording
from tests.support.recordings import recording
from vitruvian.errors import RecordingError
from vitruvian.formats.recordings import open_recording
from vitruvian.recorded.header import Header
from vitruvian.recorded.kinds import ARRAYS
from vitruvian.recording import Recording, load

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.recorded.arrays import Recorded


LOSSLESS = ("npz", "jsonl", "parquet")


def assert_equal(found: Recorded, expected: Recorded) -> None:
    assert found.header == expected.header
    for name in ARRAYS:
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name))


@pytest.mark.parametrize("ending", LOSSLESS)
@pytest.mark.parametrize(
    "counts",
    [(0, 1, 2, 0, 1), (1,), (0,), (0, 0, 0), (1, 1), (2, 0), [n % 4 for n in range(1500)]],
    ids=str,
)
def test_what_is_saved_is_loaded(ending: str, counts: Any, tmp_path: Path) -> None:
    saved = recording(counts)
    saved.save(tmp_path / f"a.{ending}")
    assert_equal(load(tmp_path / f"a.{ending}"), saved)


@pytest.mark.parametrize("ending", LOSSLESS)
def test_frames_that_were_left_out_stay_left_out(ending: str, tmp_path: Path) -> None:
    saved = recording(frames=np.array([0, 5, 10, 20, 1_300_000]))
    saved.save(tmp_path / f"a.{ending}")
    assert_equal(load(tmp_path / f"a.{ending}"), saved)


@pytest.mark.parametrize("ending", LOSSLESS)
def test_photographs_keep_their_names(ending: str, tmp_path: Path) -> None:
    names = ("one.jpg", 'two, "three".jpg', "四.png", "", "five.jpg")
    saved = recording(header=Header("photographs", images=names), timestamps_s=np.zeros(5))
    saved.save(tmp_path / f"a.{ending}")
    loaded = load(tmp_path / f"a.{ending}")
    assert_equal(loaded, saved)
    assert [loaded.image_name(number) for number in range(5)] == list(names)


def test_the_content_and_not_the_name_tells_the_format(tmp_path: Path) -> None:
    for ending in LOSSLESS:
        recording().save(tmp_path / f"a.{ending}")
        assert len(load((tmp_path / f"a.{ending}").rename(tmp_path / "result"))) == 5


def test_the_same_recording_gives_the_same_bytes_from_every_format(tmp_path: Path) -> None:
    recording().save(tmp_path / "a.npz")
    for ending in LOSSLESS:
        recording().save(tmp_path / f"b.{ending}")
        load(tmp_path / f"b.{ending}").save(tmp_path / "c.npz")
        assert (tmp_path / "c.npz").read_bytes() == (tmp_path / "a.npz").read_bytes()


def test_the_arrays_are_read_by_numpy_and_take_about_a_kilobyte_a_person(tmp_path: Path) -> None:
    saved = recording([1] * 1000)
    saved.save(tmp_path / "a.npz")
    with np.load(tmp_path / "a.npz", allow_pickle=False) as arrays:
        assert {*arrays} == {"header.json", *ARRAYS}
        np.testing.assert_array_equal(arrays["pose_landmarks"], saved.pose_landmarks)
        assert json.loads(arrays["header.json"])["format_version"] == 1
    assert (tmp_path / "a.npz").stat().st_size / 1000 < 1110


def test_a_table_lacks_frames_and_is_refused(tmp_path: Path) -> None:
    recording().save(tmp_path / "a.csv")
    assert "a CSV file lacks the frames without people" in error_of_recording(tmp_path / "a.csv")


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert "is no file" in error_of_recording(tmp_path)
    assert "is no file" in error_of_recording(tmp_path / "absent.npz")
    (tmp_path / "empty.npz").touch()
    assert "is no recording" in error_of_recording(tmp_path / "empty.npz")


@pytest.mark.parametrize("ending", LOSSLESS)
@pytest.mark.parametrize("part", [0.02, 0.3, 0.7, 0.95, 0.999])
def test_a_file_that_is_cut_short_is_refused(ending: str, part: float, tmp_path: Path) -> None:
    path = tmp_path / f"a.{ending}"
    recording([1] * 30).save(path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])
    error_of_recording(path)


@pytest.mark.parametrize(("ending", "attempts"), [("npz", 200), ("jsonl", 200), ("parquet", 10)])
def test_no_damaged_byte_gives_anything_but_an_error_or_a_recording(
    ending: str, attempts: int, tmp_path: Path
) -> None:
    path = tmp_path / f"a.{ending}"
    recording([1, 0]).save(path)
    content = path.read_bytes()
    random = np.random.default_rng(0)
    for _ in range(attempts):
        damaged = bytearray(content)
        damaged[random.integers(len(content))] = random.integers(256)
        path.write_bytes(damaged)
        try:
            load(path)
        except RecordingError as error:
            assert str(error).startswith(str(path))  # noqa: PT017 - most bytes of JSON are harmless


def test_lines_of_json_before_a_crash_are_valid(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    recording([1] * 5).save(path)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:3]) + lines[3][:100])
    assert "has a broken line 4: if it is the last one, remove it" in error_of_recording(path)
    path.write_bytes(b"".join(lines[:3]))
    assert_equal(load(path), recording([1] * 5)[:3])


def test_the_errors_of_who_uses_the_blocks_stay_what_they_are(tmp_path: Path) -> None:
    recording().save(tmp_path / "a.npz")

    def use() -> None:
        for _ in open_recording(tmp_path / "a.npz"):
            raise OSError("no space")

    with pytest.raises(OSError, match="no space") as raised:
        use()
    assert not isinstance(raised.value, RecordingError)


def test_a_recording_is_loaded_as_the_class_that_users_know(tmp_path: Path) -> None:
    recording().save(tmp_path / "a.npz")
    assert type(load(tmp_path / "a.npz")) is Recording
