"""How `vitruvian run` takes the inputs that people name, and names its files."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.cli.program import names, run
from tests.support.images import saved
from tests.support.videos import encode, greys
from vitruvian.recording import load

if TYPE_CHECKING:
    from pathlib import Path

QUICK = ("--search", "frame", "--no-annotate")


def clip(path: Path) -> Path:
    """Write a video in the format of the suffix."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return encode(path, greys(3))


def photo(path: Path) -> Path:
    """Write a PNG file under any name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(saved(np.zeros((48, 64, 3), np.uint8), "PNG"))
    return path


def written(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.csv"))


def test_two_inputs_with_one_stem_are_both_done(tmp_path: Path) -> None:
    photo(tmp_path / "roll" / "IMG_0001.jpg")
    clip(tmp_path / "roll" / "IMG_0001.mov")
    done = run(tmp_path / "roll", "-o", tmp_path / "out", *QUICK)
    assert done.returncode == 0
    assert written(tmp_path / "out") == ["IMG_0001.jpg.csv", "IMG_0001.mov.csv"]


def test_a_folder_for_each_camera_is_entered_and_what_is_left_out_is_said(tmp_path: Path) -> None:
    for camera in ("cam1", "cam2"):
        clip(tmp_path / "trial" / camera / "video.mp4")
    (tmp_path / "trial" / "notes.txt").touch()
    (tmp_path / "trial" / "cam1" / "a.part").touch()
    done = run(tmp_path / "trial", "-o", tmp_path / "out", *QUICK)
    assert done.returncode == 0
    assert written(tmp_path / "out") == ["cam1/video.csv", "cam2/video.csv"]
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("Left out of"))
    assert line.endswith("trial: cam1/a.part, notes.txt (unknown suffix)")


def test_common_suffixes_are_not_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "suffixes"
    for suffix in ("jfif", "jpe", "mpo"):
        photo(folder / f"a_{suffix}.{suffix}")
    for suffix, codec in (("vob", "mpeg2video"), ("asf", "mpeg4"), ("m2ts", "mpeg2video")):
        encode(folder / f"c_{suffix}.{suffix}", [np.zeros((48, 64, 3), np.uint8)] * 25, codec)
    clip(folder / "c_h264.h264")
    done = run(folder, "-o", tmp_path / "out", *QUICK)
    assert done.returncode == 0
    assert "Left out" not in done.stdout
    assert len(written(tmp_path / "out")) == 7


@pytest.mark.skipif(sys.platform == "win32", reason="the names of Windows are of 255 characters")
def test_a_name_that_is_too_long_is_shortened_and_that_is_said(tmp_path: Path) -> None:
    photo(tmp_path / "in" / f"{'あ' * 82}.jpg")
    done = run(tmp_path / "in", "-o", tmp_path / "out", "--search", "frame")
    assert done.returncode == 0
    assert names(tmp_path / "out") == [
        *("in.npz", "in.vitruvian.json", f"{'あ' * 75}.annotated.png", f"{'あ' * 75}.csv")
    ]
    assert f"Shortened, because the name is too long for a file: {'あ' * 75}\n" in done.stdout


def test_numbered_images_are_one_video(tmp_path: Path) -> None:
    for number in range(1, 6):
        photo(tmp_path / "frames" / f"frame_{number:04}.png")
    for name, given in (
        ("folder", ("--frame-rate", "10", tmp_path / "frames")),
        ("pattern", (tmp_path / "frames" / "frame_%04d.png",)),
    ):
        done = run(*given, "-o", tmp_path / name, *QUICK)
        assert done.returncode == 0
        assert written(tmp_path / name) == ["frame.csv"]
        assert done.stdout.splitlines()[1].split()[1:2] == ["5"]


@pytest.mark.skipif(sys.platform == "win32", reason="such names are not permitted there")
def test_control_characters_are_escaped_in_all_that_is_printed(tmp_path: Path) -> None:
    photo(tmp_path / "in" / "good\x1b[2J\n\u202e.png")
    (tmp_path / "in" / "bad\x1b[2J\n\u202e.mp4").write_text("no video")
    (tmp_path / "in" / "left\x1b[2J\n\u202e.txt").touch()
    done = run(tmp_path / "in", tmp_path / "absent\x1b[2J\n.mp4", "-o", tmp_path / "out\x1b")
    assert done.returncode == 1
    assert not {"\x1b", "\u202e"} & {*done.stdout, *done.stderr}
    for name in ("good", "bad", "left", "absent"):
        assert rf"{name}\x1b[2J\n" in done.stdout
    assert len(done.stderr.splitlines()) == 2


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="names are Unicode there")
def test_a_name_that_is_not_text_is_an_input(tmp_path: Path) -> None:
    photo(tmp_path / "in" / "a\udcff.png")
    done = run(tmp_path / "in", "-o", tmp_path / "out", *QUICK)
    assert (done.returncode, done.stderr) == (0, "")
    assert r"a\udcff.png" in done.stdout
    assert names(tmp_path / "out") == ["a\udcff.csv", "in.npz", "in.vitruvian.json"]
    assert load(tmp_path / "out" / "in.npz").header.images == (r"a\udcff.png",)
    again = run(tmp_path / "in", "-o", tmp_path / "out", *QUICK, "--resume")
    assert "skipped: 1 input" in again.stdout


@pytest.mark.parametrize(
    "address",
    [
        "rtmp://127.0.0.1:9/app/secret",
        "rtsp://me:secret@127.0.0.1:9/live?key=secret",
        "http://me:sec%2fsecret@127.0.0.1:9/secret=1/a.m3u8?token=secret",
        "http://127.0.0.1:9/secret=1/a.jpg?token=secret",
        "srt://127.0.0.1:9?passphrase=secret12345&streamid=secret",
    ],
)
def test_no_secret_of_an_address_is_printed(tmp_path: Path, address: str) -> None:
    done = run(address, "-o", tmp_path / "out", "--timeout", "1", "--verbose")
    assert done.returncode == 1
    assert "127.0.0.1:9" in done.stderr
    assert "Traceback" in done.stderr
    assert "secret" not in done.stdout + done.stderr


def test_an_input_that_would_be_overwritten_is_refused_before_any_work(tmp_path: Path) -> None:
    clip(tmp_path / "clip.mp4")
    before = shutil.copy(tmp_path / "clip.mp4", tmp_path / "clip.annotated.mp4").read_bytes()
    inputs = (tmp_path / "clip.annotated.mp4", tmp_path / "clip.mp4")
    done = run(*inputs, "-o", tmp_path)
    assert done.returncode == 2
    assert f"would overwrite the input {tmp_path / 'clip.annotated.mp4'}" in done.stderr
    assert names(tmp_path) == ["clip.annotated.mp4", "clip.mp4"]
    assert (tmp_path / "clip.annotated.mp4").read_bytes() == before
    assert run(*inputs, "-o", tmp_path, *QUICK).returncode == 0


def test_an_empty_name_is_an_error_and_the_other_inputs_are_done(tmp_path: Path) -> None:
    done = run("", photo(tmp_path / "a.png"), "-o", tmp_path / "out", *QUICK)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: ")
    assert "The name of an input is empty" in done.stderr
    assert written(tmp_path / "out") == ["a.csv"]


def test_an_input_that_is_given_twice_is_done_once(tmp_path: Path) -> None:
    path = photo(tmp_path / "a.png")
    done = run(path, tmp_path, "-o", tmp_path / "out", *QUICK)
    assert done.returncode == 0
    assert written(tmp_path / "out") == ["a.csv"]
    assert f"Given more than once, done once: {path}" in done.stdout
