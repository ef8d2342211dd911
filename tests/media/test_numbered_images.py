"""Numbered images that are one video."""

from __future__ import annotations

from pathlib import Path

import pytest

from vitruvian.errors import MediaError
from vitruvian.media.numbered_images import files_of_pattern, grouped


def paths(*names: str) -> tuple[Path, ...]:
    return tuple(map(Path, names))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("frame_%04d.png", ["frame_0002.png", "frame_0010.png", "frame_12345.png"]),
        ("frame_%02d.png", ["frame_0002.png", "frame_0010.png", "frame_12345.png"]),
        ("f%d.png", ["f1.png", "f02.png", "f10.png"]),
        ("%03d.png", ["007.png"]),
        ("[a+%d].png", ["[a+3].png"]),
    ],
)
def test_a_pattern_names_files_in_the_order_of_their_numbers(
    tmp_path: Path, pattern: str, expected: list[str]
) -> None:
    for name in (
        *("frame_0010.png", "frame_0002.png", "frame_12345.png", "frame_3.jpg", "xframe_0001.png"),
        *("frame_0001.png.txt", "f10.png", "f02.png", "f1.png", "007.png", "[a+3].png", "faa.png"),
    ):
        (tmp_path / name).touch()
    assert files_of_pattern(tmp_path / pattern) == tuple(tmp_path / name for name in expected)


@pytest.mark.parametrize("name", ["a.png", "a%d_%d.png", "a%s.png", "a%4.png", "clip%d.mp4"])
def test_other_names_are_no_patterns(tmp_path: Path, name: str) -> None:
    assert files_of_pattern(tmp_path / name) is None


def test_a_pattern_without_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"frame_%d\.png is the name of no file"):
        files_of_pattern(tmp_path / "frame_%d.png")
    with pytest.raises(MediaError, match=r"cannot be read \(.*\): check the path of the folder"):
        files_of_pattern(tmp_path / "absent" / "frame_%d.png")


def test_images_that_differ_in_one_number_are_together() -> None:
    files = paths("b/f_9.png", "f_10.png", "f_9.png", "b/f_10.png", "f_2.jpg", "photo.png")
    assert grouped(files) == {
        Path("b/f_%d.png"): paths("b/f_9.png", "b/f_10.png"),
        Path("f_%d.png"): paths("f_9.png", "f_10.png"),
        Path("f_2.jpg"): paths("f_2.jpg"),
        Path("photo.png"): paths("photo.png"),
    }


def test_the_pattern_of_a_group_has_the_width_of_its_numbers() -> None:
    assert [*grouped(paths("f_0001.png", "f_0002.png"))] == [Path("f_%04d.png")]
    assert [*grouped(paths("f_1.png", "f_2.png"))] == [Path("f_%d.png")]


def test_videos_are_never_a_series() -> None:
    files = paths("clip1.mp4", "clip2.mp4")
    assert grouped(files) == {file: (file,) for file in files}


def test_of_several_numbers_the_one_of_the_larger_group_counts_frames() -> None:
    cameras = paths(*(f"cam{camera}_{frame:03}.png" for camera in (1, 2) for frame in range(5)))
    assert [*grouped(cameras)] == [*paths("cam1_%03d.png", "cam2_%03d.png")]
    sides = paths(*(f"{frame:03}_cam{camera}.png" for frame in range(5) for camera in (1, 2)))
    assert [*grouped(sides)] == [*paths("%03d_cam1.png", "%03d_cam2.png")]
    sizes = paths("f_1_640x480.png", "f_2_640x480.png")
    assert [*grouped(sizes)] == [*paths("f_%d_640x480.png")]


def test_of_equal_groups_the_last_number_counts_frames() -> None:
    files = paths("cam1_1.png", "cam1_2.png", "cam2_1.png", "cam2_2.png")
    assert [*grouped(files)] == [*paths("cam1_%d.png", "cam2_%d.png")]
