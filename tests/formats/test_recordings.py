"""Recordings in files: what is written reads back, and what is broken is refused."""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.support.recordings import HEADER, recording
from vitruvian.errors import RecordingError
from vitruvian.formats.recordings import open_recording
from vitruvian.recorded.header import Header
from vitruvian.recorded.kinds import ARRAYS
from vitruvian.recording import Recording, load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from vitruvian.recorded.arrays import Recorded

LOSSLESS = ("npz", "jsonl", "parquet")


def assert_equal(found: Recorded, expected: Recorded) -> None:
    assert found.header == expected.header
    for name in ARRAYS:
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name))


def error_of(path: Path) -> str:
    """Return the message with which a file is refused."""
    with pytest.raises(RecordingError) as raised:
        load(path)
    message = str(raised.value)
    assert message.startswith(str(path))
    assert message.endswith(".")
    assert "\n" not in message
    return message


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
    assert "a CSV file lacks the frames without people" in error_of(tmp_path / "a.csv")


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert "is no file" in error_of(tmp_path)
    assert "is no file" in error_of(tmp_path / "absent.npz")
    (tmp_path / "empty.npz").touch()
    assert "is no recording" in error_of(tmp_path / "empty.npz")


@pytest.mark.parametrize("ending", LOSSLESS)
@pytest.mark.parametrize("part", [0.02, 0.3, 0.7, 0.95, 0.999])
def test_a_file_that_is_cut_short_is_refused(ending: str, part: float, tmp_path: Path) -> None:
    path = tmp_path / f"a.{ending}"
    recording([1] * 30).save(path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])
    error_of(path)


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
    assert "has a broken line 4: if it is the last one, remove it" in error_of(path)
    path.write_bytes(b"".join(lines[:3]))
    assert_equal(load(path), recording([1] * 5)[:3])


def entries_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def npy(array: np.ndarray) -> bytes:
    content = io.BytesIO()
    np.save(content, array)
    return content.getvalue()


def rewritten(
    folder: Path, change: Callable[[dict[str, bytes]], Any], kind: int = zipfile.ZIP_STORED
) -> Path:
    """Return a recording whose entries were changed."""
    path = folder / "a.npz"
    recording().save(path)
    entries = entries_of(path)
    change(entries)
    with zipfile.ZipFile(path, "w", kind) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def with_array(name: str, array: np.ndarray) -> Callable[[dict[str, bytes]], None]:
    return lambda entries: entries.update({f"{name}.npy": npy(array)})


def with_header(**changes: Any) -> Callable[[dict[str, bytes]], None]:
    def change(entries: dict[str, bytes]) -> None:
        header = {**json.loads(HEADER.to_json()), **changes}
        entries["header.json"] = json.dumps(header).encode()

    return change


NAN = np.full((4, 33, 3), np.nan, np.float32)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (with_array("pose_landmarks", NAN), "has NaN or a number that is too large"),
        (with_array("pose_world_landmarks", NAN + np.inf), "has NaN or a number that is too large"),
        (with_array("timestamps_s", np.array([0, 1, 0.5, 2, 3])), "has timestamps_s that no run"),
        (with_array("timestamps_s", np.full(5, np.nan)), "has NaN"),
        (with_array("frames", np.array([0, 1, 1, 2, 3])), "has frames that no run"),
        (with_array("frames", np.arange(5) - 1), "has frames that no run"),
        (with_array("ids", np.array([1, 2, 2, 1])), "has ids that no run"),
        (with_array("ids", np.array([1, 0, 2, 1])), "has ids that no run"),
        (with_array("ids", np.arange(1, 4)), "is cut short in ids|items in ids"),
        (with_array("ids", np.arange(1, 6)), "has 5 items in ids"),
        (with_array("ids", np.arange(1, 5, dtype=np.int32)), "has int32"),
        (with_array("ids", np.array([None] * 4)), "is damaged|has object"),
        (with_array("scores", np.full(4, 1.5, np.float32)), "has scores that no run"),
        (with_array("visibility", np.full((4, 33), -1, np.float32)), "has visibility that no run"),
        (with_array("visibility", np.zeros((4, 34), np.float32)), "as visibility"),
        (with_array("presence", np.zeros(4 * 33, np.float32)), "as presence"),
        (with_array("pose_landmarks", np.asfortranarray(np.zeros((4, 33, 3), "f4"))), "bytes in"),
        (with_array("people_counts", np.array([0, 1, -2, 0, 5], np.int32)), "has people_counts"),
        (with_array("people_counts", np.full(5, 2**31 - 1, np.int32)), "is cut short"),
        (with_array("image_sizes_px", np.zeros((5, 2), np.int32)), "has image_sizes_px that no"),
        (with_array("image_sizes_px", np.full((5, 2), 40_000, np.int32)), "has image_sizes_px"),
        (with_header(format_version=2), "has version 2 of the format.*update vitruvian"),
        (with_header(format_version="2"), "has a broken header"),
        (with_header(format="other"), "is no recording"),
        (with_header(sha256="123"), "has a broken header"),
        (with_header(images=["one.jpg"]), "has frames that no run writes"),
        (with_header(images="abcde"), "has a broken header"),
        (with_header(more=1), "has a broken header"),
        (with_header(options={"end_s": float("inf")}), "has a broken header"),
        (with_header(options={"select": "\ud800"}), "has a broken header"),
        (with_header(options=[]), "has a broken header"),
        (lambda entries: entries.pop("ids.npy"), "lacks arrays"),
        (lambda entries: entries.pop("header.json"), "is no recording"),
        (lambda entries: entries.update({"header.json": b"[" * 100_000}), "has a broken header"),
        (lambda entries: entries.update({"header.json": b"\xff"}), "has a broken header"),
        (lambda entries: entries.update({"more.npy": npy(np.zeros(1))}), "that are unknown"),
    ],
)
def test_arrays_that_no_run_writes_are_refused(
    change: Callable[[dict[str, bytes]], Any], message: str, tmp_path: Path
) -> None:

    assert re.search(message, error_of(rewritten(tmp_path, change)))


def test_a_newer_version_with_other_arrays_is_named(tmp_path: Path) -> None:
    def change(entries: dict[str, bytes]) -> None:
        with_header(format_version=2)(entries)
        entries["hands.npy"] = npy(np.zeros(1))

    assert "update vitruvian" in error_of(rewritten(tmp_path, change))


def test_what_unpacks_to_more_than_it_has_is_refused(tmp_path: Path) -> None:
    path = rewritten(tmp_path, lambda _: None, zipfile.ZIP_DEFLATED)
    assert "is compressed" in error_of(path)


def test_a_length_that_is_not_there_takes_no_memory(tmp_path: Path) -> None:
    def change(entries: dict[str, bytes]) -> None:
        described = entries["frames.npy"].replace(b"'shape': (5,)", b"'shape': (9999999999,)")
        size = struct.unpack("<H", described[8:10])[0]
        entries["frames.npy"] = described[: 10 + size - 11] + b"\n" + described[10 + size :]

    error_of(rewritten(tmp_path, change))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_entries_of_one_name_are_refused(tmp_path: Path) -> None:
    path = rewritten(tmp_path, lambda _: None)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("ids.npy", npy(np.arange(4)))
    assert "has two entries of one name" in error_of(path)


def lines_with(change: Callable[[dict[str, Any]], Any], folder: Path) -> Path:
    """Return a recording as JSON Lines, in which the second line was changed."""
    path = folder / "a.jsonl"
    recording().save(path)
    lines = path.read_text().splitlines()
    frame = json.loads(lines[1])
    change(frame)
    lines[1] = json.dumps(frame)
    path.write_text("\n".join(lines))
    return path


@pytest.mark.parametrize(
    "change",
    [
        lambda frame: frame.pop("time_s"),
        lambda frame: frame.update(frame=0.5),
        lambda frame: frame.update(frame=True),
        lambda frame: frame.update(frame=10**30),
        lambda frame: frame.update(people={}),
        lambda frame: frame.update(people=[None]),
        lambda frame: frame["people"][0].update(score="0.5"),
        lambda frame: frame["people"][0].update(filled=1),
        lambda frame: frame["people"][0]["landmarks"].pop(),
        lambda frame: frame["people"][0]["landmarks"].reverse(),
        lambda frame: frame["people"][0]["landmarks"][0].update(x=None),
        lambda frame: frame["people"][0]["landmarks"][0].update(x="1"),
        lambda frame: frame["people"][0]["landmarks"][0].update(x=[1]),
    ],
)
def test_a_line_without_a_whole_frame_is_refused(
    change: Callable[[dict[str, Any]], Any], tmp_path: Path
) -> None:
    assert "has no whole frame in line 2" in error_of(lines_with(change, tmp_path))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e20])
def test_a_line_with_nan_is_refused(value: float, tmp_path: Path) -> None:
    def change(frame: dict[str, Any]) -> None:
        frame["people"][0]["landmarks"][3]["world_z"] = value

    assert "has NaN or a number that is too large" in error_of(lines_with(change, tmp_path))


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
