"""The command as a user runs it: what it writes, prints and returns, with good input and bad."""

from __future__ import annotations

import csv
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

SAMPLE = Path(__file__).parents[2] / "samples" / "jumping_jacks.mp4"


def vitruvian(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "vitruvian", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return vitruvian("run", "--model-complexity", "lite", *arguments)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "person.png"
    with av.open(SAMPLE) as container:
        bgr = next(container.decode(video=0)).to_ndarray(format="bgr24")
    cv2.imwrite(str(path), bgr)
    return path


def test_everyone_in_a_picture_has_an_id(picture: Path, tmp_path: Path) -> None:
    one = cv2.imread(str(picture))[:, 170:470]
    cv2.imwrite(str(picture), np.hstack((one, one)))
    done = run(picture, "-o", tmp_path / "out", "--num-poses", "all", "--trails")
    assert done.returncode == 0
    assert {row["person"] for row in rows(tmp_path / "out" / "person.csv")} == {"1", "2"}
    done = run(picture, "-o", tmp_path / "right", "--select", "0.9,0.5", "--search", "tiles")
    assert done.returncode == 0
    (nose,) = (row for row in rows(tmp_path / "right" / "person.csv") if row["landmark"] == "0")
    assert float(nose["x"]) > 0.5


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("--num-poses", "0"), 2, "no number of people"),
        (("--num-poses", "some"), 2, "no number of people"),
        (("--select", "nobody"), 2, "select is"),
        (("--select", "0.5,7"), 2, "select is"),
        (("--search-interval", "-1"), 2, "search_interval_s"),
    ],
)
def test_whom_nobody_can_follow(
    picture: Path, tmp_path: Path, arguments: tuple[str, ...], status: int, message: str
) -> None:
    done = run(picture, "-o", tmp_path / "out", *arguments)
    assert done.returncode == status
    assert message in done.stderr
    assert done.stderr.count("Error") == 1


def test_a_video_becomes_a_table_and_an_annotated_video(tmp_path: Path) -> None:
    done = run(SAMPLE, "-o", tmp_path / "new" / "folder", "--enable-segmentation", "--profile")
    assert done.returncode == 0
    folder = tmp_path / "new" / "folder"
    assert names(folder) == [
        "jumping_jacks.annotated.mp4",
        "jumping_jacks.csv",
        "jumping_jacks.mask.mp4",
    ]
    assert len(done.stdout.splitlines()) == 1
    assert "120 frames, a person in 120" in done.stdout
    for stage in ("decode", "detect", "landmark", "draw", "encode"):
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


def test_a_folder_of_pictures(picture: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    shutil.copy(picture, folder / "one.png")
    cv2.imwrite(str(folder / "two.jpg"), np.zeros((60, 80, 3), np.uint8))
    done = run(folder, "-o", folder, "--enable-segmentation")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 2
    assert len(rows(folder / "one.csv")) == 33
    assert rows(folder / "two.csv") == []
    mask = cv2.imread(str(folder / "one.mask.png"), cv2.IMREAD_UNCHANGED)
    assert mask is not None
    assert mask.shape == (480, 640)
    assert 0.03 < (mask > 127).mean() < 0.3
    # What was written there is no input of the next run.
    again = run(folder, "-o", folder, "--no-annotate")
    assert len(again.stdout.splitlines()) == 2


def test_one_bad_input_does_not_stop_the_others(picture: Path, tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_text("no video")
    out = tmp_path / "out"
    done = run(tmp_path / "text.mp4", tmp_path / "absent.mp4", picture, "-o", out, "--no-annotate")
    assert done.returncode == 1
    assert names(out) == ["person.csv"]
    assert "text.mp4" in done.stderr
    assert "absent.mp4" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stdout.splitlines()) == 1


def test_nothing_but_our_own_files_is_no_input(picture: Path, tmp_path: Path) -> None:
    picture.rename(tmp_path / "person.annotated.png")
    done = run(tmp_path, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "this program drew" in done.stderr


def test_what_an_address_hides_is_not_shown(tmp_path: Path) -> None:
    done = run("http://me:secret@127.0.0.1:9/a?key=secret", "-o", tmp_path)
    assert done.returncode == 1
    assert "http://127.0.0.1:9/a cannot be opened" in done.stderr
    assert "secret" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--model-complexity", "3", SAMPLE),
        ("--min-detection-confidence", "1.5", SAMPLE),
        ("--min-tracking-confidence", "nan?", SAMPLE),
        ("--unknown", SAMPLE),
        ("--jobs", "0", SAMPLE),
        ("--trails", "--static-image-mode", SAMPLE),
        (SAMPLE, SAMPLE),
        (SAMPLE, "elsewhere/jumping_jacks.mov"),
        (SAMPLE.parents[1] / "scripts",),
    ],
)
def test_bad_arguments(arguments: tuple[object, ...], tmp_path: Path) -> None:
    done = vitruvian("run", "-o", tmp_path / "out", *arguments)
    assert done.returncode == 2
    assert "Error" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_video_that_breaks_off_gives_what_there_was(tmp_path: Path) -> None:
    # Fragmented, so that its beginning can be read without its end.
    whole, cut = tmp_path / "whole.mp4", tmp_path / "cut.mp4"
    with (
        av.open(SAMPLE) as source,
        av.open(
            whole, "w", options={"movflags": "frag_keyframe+empty_moov", "frag_duration": "500000"}
        ) as target,
    ):
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    cut.write_bytes(whole.read_bytes()[: int(whole.stat().st_size * 0.6)])
    done = run(cut, "-o", tmp_path / "out")
    assert done.returncode == 1
    assert "cut.mp4" in done.stderr
    assert "Traceback" not in done.stderr
    frames = {row["frame"] for row in rows(tmp_path / "out" / "cut.csv")}
    assert 20 < len(frames) < 120
    with av.open(tmp_path / "out" / "cut.annotated.mp4") as video:
        assert video.streams.video[0].frames == len(frames)


@pytest.mark.parametrize("jobs", [1, 2])
def test_interrupted_it_leaves_what_there_was(tmp_path: Path, jobs: int) -> None:
    inputs = [tmp_path / f"{name}.mp4" for name in "abc"]
    for path in inputs:
        shutil.copy(SAMPLE, path)
    out = tmp_path / "out"
    out.mkdir()
    command = [sys.executable, "-m", "vitruvian", "run", "--model-complexity", "heavy"]
    process = subprocess.Popen(
        [*command, *inputs, "-o", out, "--jobs", str(jobs)],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    while sum(path.suffix == ".mp4" for path in out.iterdir()) < jobs:
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=30)
    assert process.returncode not in {0, 2}
    assert "Traceback" not in stderr
    assert stdout == ""
    begun = "abc"[:jobs]
    assert names(out) == [f"{name}.{kind}" for name in begun for kind in ("annotated.mp4", "csv")]
    for name in begun:
        frames = {row["frame"] for row in rows(out / f"{name}.csv")}
        assert 0 < len(frames) < 120
        with av.open(out / f"{name}.annotated.mp4") as video:
            assert video.streams.video[0].frames == len(frames)


def test_several_at_a_time(picture: Path, tmp_path: Path) -> None:
    inputs = [tmp_path / name for name in ("a.mp4", "absent.mp4", "text.mp4", "b.mp4")]
    for path in (inputs[0], inputs[3]):
        shutil.copy(SAMPLE, path)
    inputs[2].write_text("no video")
    out = tmp_path / "out"
    done = run(*inputs, picture, "-o", out, "--no-annotate", "--jobs", "3", "--profile")
    assert done.returncode == 1
    assert names(out) == ["a.csv", "b.csv", "person.csv"]
    # What is said comes in the order of the inputs, whichever was done first.
    said = [line.partition(": ")[0] for line in done.stdout.splitlines()]
    assert said == [str(path) for path in (inputs[0], inputs[3], picture)]
    assert done.stderr.index("absent.mp4") < done.stderr.index("text.mp4")
    assert run(SAMPLE, "-o", tmp_path, "--no-annotate").returncode == 0
    alone = (tmp_path / "jumping_jacks.csv").read_bytes()
    assert (out / "a.csv").read_bytes() == (out / "b.csv").read_bytes() == alone


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no folder that is in use")
def test_the_folder_vanishes_meanwhile(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    command = [sys.executable, "-m", "vitruvian", "run", "--model-complexity", "lite"]
    process = subprocess.Popen(
        [*command, SAMPLE, "-o", out], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    while not any(path.suffix == ".mp4" for path in out.iterdir()):
        time.sleep(0.01)
    shutil.rmtree(out)
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "cannot be written (No such file or directory)" in stderr
    assert "Traceback" not in stderr
    assert stdout == ""


def test_a_folder_that_cannot_be_written(picture: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = run(picture, "-o", tmp_path / "file" / "out")
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit to a file's size")
def test_a_full_disk(picture: Path, tmp_path: Path) -> None:
    assert run(picture, "-o", tmp_path).returncode == 0  # the networks are in the cache from now on
    program = (
        "import sys, resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000));"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        f"sys.argv = ['vitruvian', 'run', '--model-complexity=lite', {str(picture)!r}, "
        f"{str(SAMPLE)!r}, '-o', {str(tmp_path / 'out')!r}];"
        "from vitruvian.cli.main import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.count("cannot be written") == 2
    assert names(tmp_path / "out") == []


def test_a_camera_that_is_not_there(tmp_path: Path) -> None:
    done = run("63", "-o", tmp_path)
    assert done.returncode == 1
    assert "camera 63" in done.stderr
    assert names(tmp_path) == []


def test_models(tmp_path: Path) -> None:
    home = {"VITRUVIAN_HOME": str(tmp_path / "home")}
    assert vitruvian("models", "path", **home).stdout.strip() == home["VITRUVIAN_HOME"]
    assert vitruvian("models", "verify", **home).returncode == 1
    assert vitruvian("models", "list", **home).stdout.count("missing") == 4
    cache = vitruvian("models", "path").stdout.strip()
    done = vitruvian("models", "pull", "pose_detection", "--from", cache, **home)
    assert done.returncode == 0
    assert vitruvian("models", "verify", "pose_detection", **home).returncode == 0
    weights = tmp_path / "home" / "pose_detection.tflite"
    assert done.stdout.strip() == str(weights)
    weights.write_bytes(weights.read_bytes()[:-1] + b"?")
    assert "damaged" in vitruvian("models", "list", **home).stdout
    assert vitruvian("models", "verify", "pose_detection", **home).returncode == 1
    assert vitruvian("models", "pull", "nonsense", **home).returncode == 2


def test_damaged_weights_are_fetched_again(picture: Path, tmp_path: Path) -> None:
    cache = vitruvian("models", "path").stdout.strip()
    home = tmp_path / "home"
    home.mkdir()
    (home / "pose_detection.tflite").write_bytes(b"cut")
    done = vitruvian(
        *("run", picture, "-o", tmp_path / "out", "--no-annotate", "--model-complexity", "lite"),
        VITRUVIAN_HOME=str(home),
        VITRUVIAN_WEIGHTS=cache,
    )
    assert done.returncode == 0
    assert len(rows(tmp_path / "out" / "person.csv")) == 33


def test_help_and_version() -> None:
    assert "33 landmarks" not in vitruvian("--help").stderr
    assert "INPUT" in vitruvian("run", "--help").stdout
    assert vitruvian("--version").stdout.startswith("vitruvian ")
