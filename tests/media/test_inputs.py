"""The names of inputs, and what is in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from vitruvian.errors import MediaError
from vitruvian.media.inputs import display_name, expand, stem


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("http://me:secret@127.0.0.1:9/a?key=secret", "http://127.0.0.1:9/a"),
        ("rtsp://me:sec/ret@camera/live", "rtsp://camera/live"),
        ("rtsp://me:sec@ret@camera/live", "rtsp://camera/live"),
        ("https://server/a#token=secret", "https://server/a"),
        ("https://server/a#token=secret?key=secret", "https://server/a"),
        ("https://server/a?key=secret@server#token=secret", "https://server/a"),
        ("rtsp://me:secret@camera", "rtsp://camera"),
        ("udp://@:1234", "udp://:1234"),
    ],
)
def test_the_name_of_an_address_holds_no_secrets(source: str, expected: str) -> None:
    assert display_name(source) == expected
    assert "secret" not in stem(source)


def test_cameras_and_files_are_named() -> None:
    assert [display_name(source) for source in (1, "1", Path("a@b"))] == ["camera 1"] * 2 + ["a@b"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (0, "camera0"),
        ("1", "camera1"),
        ("folder/a.b.mp4", "a.b"),
        (Path("7"), "7"),
        ("rtsp://me:secret@cam.local:554/live/1?key=secret", "cam_local_554_live_1"),
        ("udp://@:1234", "1234"),
    ],
)
def test_stems_are_file_names(source: str | Path | int, expected: str) -> None:
    assert stem(source) == expected


def test_a_folder_is_replaced_by_its_images_and_videos(tmp_path: Path) -> None:
    for name in ("b10.jpg", "b2.JPG", "a.mp4", "notes.txt", ".hidden.jpg", "B1.png", "4²3.mov"):
        (tmp_path / name).touch()
    (tmp_path / "folder.mp4").mkdir()
    expanded = expand(["one.mp4", tmp_path, "0", "rtsp://camera"])
    names = ["4²3.mov", "a.mp4", "B1.png", "b2.JPG", "b10.jpg"]
    assert expanded == ["one.mp4", *(tmp_path / name for name in names), "0", "rtsp://camera"]


def test_a_folder_without_images_and_videos_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    with pytest.raises(MediaError, match="contains no images or videos: give another folder"):
        expand([tmp_path])
