"""What a name means."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from vitruvian.errors import MediaError
from vitruvian.media.inputs import Address, Camera, ImageSeries, Input, StandardInput, parse


class PathOfBytes:
    def __fspath__(self) -> bytes:
        return b"a\xff.mp4"


@pytest.mark.parametrize(
    ("source", "meaning"),
    [
        (0, Camera(0)),
        ("12", Camera(12)),
        ("20261231", Path("20261231")),  # more digits than a camera has
        (Path("7"), Path("7")),
        ("-", StandardInput()),
        (Path("-"), Path("-")),
        ("rtsp://camera/live", Address("rtsp://camera/live")),
        ("FILE:///a/b%20c.mp4", Path("/a/b c.mp4")),
        ("file://localhost/a#1?.jpg", Path("/a#1?.jpg")),
        ("folder/a b.mp4", Path("folder/a b.mp4")),
        (PathOfBytes(), Path(os.fsdecode(b"a\xff.mp4"))),
    ],
)
def test_a_name_has_one_meaning(source: Input, meaning: object) -> None:
    assert parse(source) == meaning
    assert parse(parse(source)) == meaning


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("", "is empty: give a path"),
        ("a\0.mp4", r"'a\\x00.mp4' has a character that no path can have"),
        (Path("\ud800.mp4"), r"'\\ud800.mp4' has a character that no path can have"),
        ("file:///a%00", "has a character that no path can have"),
        ("file://server/a.mp4", "not the address of a file on this computer: write file:///"),
        ("file://a.mp4", "not the address of a file on this computer"),
        (-1, "Cameras are numbered from 0"),
    ],
)
def test_a_name_that_no_input_can_have_is_refused(source: Input, problem: str) -> None:
    with pytest.raises(MediaError, match=problem):
        parse(source)


def test_a_number_that_is_too_long_to_print_is_refused() -> None:
    with pytest.raises(MediaError, match="Cameras are numbered from 0"):
        parse(10**5000)


def test_a_pattern_is_a_series_unless_a_file_has_that_name(tmp_path: Path) -> None:
    images = tuple(tmp_path / f"frame_{number:04}.png" for number in (9, 10))
    for image in images:
        image.touch()
    pattern = tmp_path / "frame_%04d.png"
    assert parse(str(pattern)) == parse(pattern) == ImageSeries(pattern, images)
    pattern.touch()
    assert parse(str(pattern)) == pattern
