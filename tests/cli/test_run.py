"""What `vitruvian run` writes and prints for good inputs."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import av
import numpy as np
import PIL.Image
import pytest

from tests.cli.program import SAMPLE, names, rows, run
from tests.support.sounds import codecs, heard, video_with_sound
from vitruvian.recorded.kinds import ARRAYS
from vitruvian.recording import load

if TYPE_CHECKING:
    from pathlib import Path


def reported(stdout: str) -> list[str]:
    """Return the file names in the table, whose paths may be shortened."""
    table = stdout.partition("\n\n")[0].splitlines()[1:]
    return [row.split()[0].rpartition("/")[2] for row in table if not row.startswith("all ")]


def test_each_person_in_an_image_has_an_id(image: Path, tmp_path: Path) -> None:
    one = np.asarray(PIL.Image.open(image))[:, 170:470]
    PIL.Image.fromarray(np.hstack((one, one))).save(image)
    done = run(image, "-o", tmp_path / "out", "--num-poses", "all", "--trails")
    assert done.returncode == 0
    assert {row["person"] for row in rows(tmp_path / "out" / "person.csv")} == {"1", "2"}
    done = run(image, "-o", tmp_path / "right", "--select", "0.9,0.5", "--search", "tiles")
    assert done.returncode == 0
    (nose,) = (row for row in rows(tmp_path / "right" / "person.csv") if row["landmark"] == "0")
    assert float(nose["x"]) > 0.5


def test_a_video_becomes_a_csv_file_and_annotated_videos(tmp_path: Path) -> None:
    done = run(SAMPLE, "-o", tmp_path / "new" / "folder", "--enable-segmentation", "--profile")
    assert done.returncode == 0
    folder = tmp_path / "new" / "folder"
    endings = ["npz", "csv", "annotated.mp4", "mask.mp4", "vitruvian.json"]
    assert names(folder) == sorted(f"jumping_jacks.{ending}" for ending in endings)
    header, numbers, _, _, *written = done.stdout.splitlines()
    assert header.split() == ["input", "frames", "with", "people", "people", "seconds", "frames/s"]
    assert numbers.split()[1:4] == ["120", "120", "1"]
    assert [line.strip() for line in written] == [
        str(folder / f"jumping_jacks.{ending}") for ending in endings
    ]
    for stage in ("decode", "detect", "landmark", "draw", "encode", "All but the networks: "):
        assert stage in done.stderr
    table = rows(folder / "jumping_jacks.csv")
    assert len(table) == 120 * 33
    assert [float(row["time_s"]) for row in table[::33]] == pytest.approx(
        np.arange(120) / 30, abs=1e-6
    )
    for name in ("annotated", "mask"):
        with av.open(folder / f"jumping_jacks.{name}.mp4") as video:
            stream = video.streams.video[0]
            assert (stream.codec_context.name, stream.frames) == ("h264", 120)
            assert (stream.width, stream.height) == (640, 480)


def test_all_images_of_a_folder_are_processed_except_those_that_were_drawn(
    image: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "images"
    folder.mkdir()
    shutil.copy(image, folder / "one.png")
    PIL.Image.new("RGB", (80, 60)).save(folder / "two.jpg")
    done = run(folder, "-o", folder, "--enable-segmentation")
    assert done.returncode == 0
    assert reported(done.stdout) == ["one.png", "two.jpg"]
    assert len(rows(folder / "one.csv")) == 33
    assert rows(folder / "two.csv") == []
    mask = np.asarray(PIL.Image.open(folder / "one.mask.png"))
    assert mask.shape == (480, 640)
    assert 0.03 < (mask > 127).mean() < 0.3
    # The next run ignores the images that were written into the folder.
    again = run(folder, "-o", folder, "--no-annotate")
    assert reported(again.stdout) == ["one.png", "two.jpg"]


def test_several_inputs_at_a_time_give_what_each_gives_alone(image: Path, tmp_path: Path) -> None:
    inputs = [tmp_path / name for name in ("a.mp4", "absent.mp4", "text.mp4", "b.mp4")]
    for path in (inputs[0], inputs[3]):
        shutil.copy(SAMPLE, path)
    inputs[2].write_text("no video")
    out = tmp_path / "out"
    done = run(*inputs, image, "-o", out, "--no-annotate", "--jobs", "3", "--profile")
    assert done.returncode == 1
    endings = ("csv", "npz", "vitruvian.json")
    assert names(out) == [f"{name}.{end}" for name in ("a", "b", "person") for end in endings]
    # Messages come in the order of the inputs, whichever ended first.
    assert reported(done.stdout) == [path.name for path in (*inputs, image)]
    assert "Failed:" in done.stdout
    assert done.stderr.index("absent.mp4") < done.stderr.index("text.mp4")
    assert run(SAMPLE, "-o", tmp_path, "--no-annotate").returncode == 0
    alone = (tmp_path / "jumping_jacks.csv").read_bytes()
    assert (out / "a.csv").read_bytes() == (out / "b.csv").read_bytes() == alone
    a, b = (load(out / f"{name}.npz") for name in "ab")
    assert (a.header.source, b.header.source) == ("a.mp4", "b.mp4")
    for name in ARRAYS:
        np.testing.assert_array_equal(getattr(a, name), getattr(b, name))


def test_the_annotated_video_keeps_the_sound_of_its_input(tmp_path: Path) -> None:
    clip = video_with_sound(tmp_path / "clip.mov", "pcm_s16le")
    done = run(clip, "-o", tmp_path / "out", "--enable-segmentation")
    assert (done.returncode, done.stderr) == (0, "")
    assert codecs(tmp_path / "out" / "clip.annotated.mp4") == ["aac"]
    assert codecs(tmp_path / "out" / "clip.mask.mp4") == []
    assert heard(tmp_path / "out" / "clip.annotated.mp4")[1] == pytest.approx(1.5, abs=0.01)


def test_an_unreadable_sound_is_a_warning(tmp_path: Path) -> None:
    clip = video_with_sound(tmp_path / "clip.mkv", "mp2")
    clip.write_bytes(clip.read_bytes().replace(b"A_MPEG/L2", b"A_UNKNOWN"))
    done = run(clip, "-o", tmp_path / "out")
    assert done.returncode == 0
    (warning,) = done.stderr.splitlines()
    assert warning.startswith(f"Warning: {clip}: the video lacks sound")
    assert len(rows(tmp_path / "out" / "clip.csv")) == 0
    assert run(clip, "-o", tmp_path / "out", "--quiet").stderr == ""


def test_quiet_prints_errors_only(image: Path, tmp_path: Path) -> None:
    done = run(image, "-o", tmp_path, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    done = run(image, tmp_path / "absent.mp4", "-o", tmp_path, "-q")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("Error: ")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}])
def test_a_terminal_shows_colours_unless_they_are_refused(
    image: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    shown = on_terminal(
        ("run", image, tmp_path / "absent.mp4", "-o", tmp_path / "out"), environment
    )
    assert "Failed:" in shown
    assert ("\x1b[31m" in shown) == (not environment)
    # A file has no colours.
    assert "\x1b" not in run(image, tmp_path / "absent.mp4", "-o", tmp_path / "out").stdout


def on_terminal(arguments: tuple[object, ...], environment: dict[str, str]) -> str:
    """Run the program on a pseudo-terminal, and return what it prints."""
    import pty  # noqa: PLC0415 - Windows does not have it

    ours, theirs = pty.openpty()
    given = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    process = subprocess.Popen(
        [sys.executable, "-m", "vitruvian", *map(str, arguments)],
        stdout=theirs,
        stderr=theirs,
        env={**given, **environment},
    )
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # the end of a pseudo-terminal
        while part := os.read(ours, 4096):
            shown += part
    os.close(ours)
    process.wait()
    return shown.decode()
