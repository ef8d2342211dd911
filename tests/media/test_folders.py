"""What is in a folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from vitruvian.errors import MediaError
from vitruvian.media.folders import LeftOut, contents, described, is_folder

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need a permission there")


def fill(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def found(folder: Path) -> list[str]:
    return [file.relative_to(folder).as_posix() for file in contents(folder).files]


def left_out(folder: Path) -> dict[str, str]:
    items = contents(folder).left_out
    return {item.path.relative_to(folder).as_posix(): item.reason for item in items}


def test_images_and_videos_are_found_in_natural_order(tmp_path: Path) -> None:
    fill(tmp_path, "b10.jpg", "b2.JPG", "a.mp4", "notes.txt", ".hidden.jpg", "B1.png", "4²3.mov")
    assert found(tmp_path) == ["4²3.mov", "a.mp4", "B1.png", "b2.JPG", "b10.jpg"]
    assert left_out(tmp_path) == {"notes.txt": "unknown suffix"}


def test_subfolders_are_entered(tmp_path: Path) -> None:
    fill(tmp_path, "cam10/a.mp4", "cam2/day/a.mp4", "cam2/a.mp4", "b.jpg", ".git/a.png", "c.mp4/x")
    assert found(tmp_path) == ["b.jpg", "cam2/a.mp4", "cam2/day/a.mp4", "cam10/a.mp4"]
    assert left_out(tmp_path) == {"c.mp4/x": "unknown suffix"}


@needs_links
def test_links_are_followed_and_never_in_circles(tmp_path: Path) -> None:
    outside, folder = fill(tmp_path / "outside", "o.mp4"), fill(tmp_path / "in", "z/deep/v.mp4")
    (folder / "a").symlink_to(folder / "z")
    (folder / "linked").symlink_to(outside)
    (folder / "z" / "up").symlink_to(folder)
    (folder / "file.mp4").symlink_to(outside / "o.mp4")
    assert found(folder) == ["file.mp4", "linked/o.mp4", "z/deep/v.mp4"]
    reason = "link to a folder that is already included"
    assert left_out(folder) == {"a": reason, "z/up": reason}


@needs_links
def test_what_is_no_file_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "broken.mp4").symlink_to("nowhere")
    (tmp_path / "loop.mp4").symlink_to("loop.mp4")
    os.mkfifo(tmp_path / "pipe.mp4")
    assert left_out(tmp_path) == {
        "broken.mp4": "broken link",
        "loop.mp4": "broken link",
        "pipe.mp4": "not a regular file",
    }


def test_a_subfolder_that_cannot_be_read_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, "closed/a.mp4", "open/a.mp4")
    scan = os.scandir

    def refuse(path: Path) -> object:  # the tests may run as root, who may read everything
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert found(tmp_path) == ["open/a.mp4"]
    assert left_out(tmp_path) == {"closed": "permission denied"}
    with pytest.raises(MediaError, match=r"closed cannot be read \(Permission denied\): check"):
        contents(tmp_path / "closed")


def test_few_files_are_left_out_by_name_and_many_by_number() -> None:
    folder = Path("trial")
    items = [LeftOut(folder / name, "unknown suffix") for name in ("a.txt", "b\n.txt")]
    assert described(folder, items) == r"a.txt, b\n.txt (unknown suffix)"
    items += [LeftOut(folder / f"{number}.csv", "unknown suffix") for number in range(1998)]
    items.append(LeftOut(folder / "cam" / "a.jpg", "broken link"))
    assert described(folder, items) == (
        f"2,000 files (unknown suffix), {Path('cam/a.jpg')} (broken link)"
    )
    assert described(folder, []) == ""


def test_any_text_may_be_asked_for(tmp_path: Path) -> None:
    assert is_folder(tmp_path)
    assert not any(map(is_folder, ("", "a\0", "a" * 5000, "\ud800", tmp_path / "absent")))
