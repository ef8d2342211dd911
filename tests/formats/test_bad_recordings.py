"""Recordings with arrays, headers and lines that no run writes are refused."""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.formats.refused import error_of_recording
from tests.support.recordings import HEADER, recording

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


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

    assert re.search(message, error_of_recording(rewritten(tmp_path, change)))


def test_a_newer_version_with_other_arrays_is_named(tmp_path: Path) -> None:
    def change(entries: dict[str, bytes]) -> None:
        with_header(format_version=2)(entries)
        entries["hands.npy"] = npy(np.zeros(1))

    assert "update vitruvian" in error_of_recording(rewritten(tmp_path, change))


def test_what_unpacks_to_more_than_it_has_is_refused(tmp_path: Path) -> None:
    path = rewritten(tmp_path, lambda _: None, zipfile.ZIP_DEFLATED)
    assert "is compressed" in error_of_recording(path)


def test_a_length_that_is_not_there_takes_no_memory(tmp_path: Path) -> None:
    def change(entries: dict[str, bytes]) -> None:
        described = entries["frames.npy"].replace(b"'shape': (5,)", b"'shape': (9999999999,)")
        size = struct.unpack("<H", described[8:10])[0]
        entries["frames.npy"] = described[: 10 + size - 11] + b"\n" + described[10 + size :]

    error_of_recording(rewritten(tmp_path, change))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_entries_of_one_name_are_refused(tmp_path: Path) -> None:
    path = rewritten(tmp_path, lambda _: None)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("ids.npy", npy(np.arange(4)))
    assert "has two entries of one name" in error_of_recording(path)


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
    assert "has no whole frame in line 2" in error_of_recording(lines_with(change, tmp_path))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e20])
def test_a_line_with_nan_is_refused(value: float, tmp_path: Path) -> None:
    def change(frame: dict[str, Any]) -> None:
        frame["people"][0]["landmarks"][3]["world_z"] = value

    assert "has NaN or a number that is too large" in error_of_recording(
        lines_with(change, tmp_path)
    )
