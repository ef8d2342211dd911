"""What `vitruvian run` writes, prints and returns if something is wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import av
import pytest

from tests.cli.program import SAMPLE, names, program, rows, run, run_after, vitruvian
from tests.support.images import saved
from tests.support.videos import mjpeg_video, noise

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("--num-poses", "0"), 2, "num_poses is"),
        (("--num-poses", "some"), 2, "num_poses is"),
        (("--select", "nobody"), 2, "select is"),
        (("--select", "0.5,7"), 2, "select is"),
        (("--search-interval", "-1"), 2, "search_interval_s"),
    ],
)
def test_invalid_options_of_pose_are_refused_in_one_line(
    image: Path, tmp_path: Path, arguments: tuple[str, ...], status: int, message: str
) -> None:
    done = run(image, "-o", tmp_path / "out", *arguments)
    assert done.returncode == status
    assert message in done.stderr
    assert done.stderr.count("Error") == 1


def test_one_bad_input_does_not_stop_the_others(image: Path, tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_text("no video")
    out = tmp_path / "out"
    done = run(tmp_path / "text.mp4", tmp_path / "absent.mp4", image, "-o", out, "--no-annotate")
    assert done.returncode == 1
    assert names(out) == [f"person.{ending}" for ending in ("csv", "npz", "vitruvian.json")]
    assert "text.mp4" in done.stderr
    assert "absent.mp4" in done.stderr
    assert "Traceback" not in done.stderr
    failed = done.stdout.replace("\n  ", " ").splitlines()[-1]
    assert failed == f"Failed: {tmp_path / 'text.mp4'}, {tmp_path / 'absent.mp4'}"


@pytest.mark.parametrize("how", [("--no-annotate",), ("--smoothing", "offline")])
def test_broken_frames_are_said_once_and_the_others_are_written(
    how: tuple[str, ...], tmp_path: Path
) -> None:
    jpeg = saved(noise(), "JPEG")
    path = mjpeg_video(tmp_path / "clip.avi", [jpeg, bytes(500), bytes(500), jpeg])
    done = run(path, "-o", tmp_path / "out", "--json", *how)
    assert done.returncode == 0
    assert done.stderr.splitlines() == [f"Warning: {path}: 2 broken frames were skipped."]
    line = json.loads(done.stdout)
    assert (line["status"], line["frames"], line["broken_frames"]) == ("done", 2, 2)
    assert "clip.vitruvian.json" in names(tmp_path / "out")


@pytest.mark.parametrize(
    ("device", "package"),
    [("cuda", "onnxruntime-gpu"), ("tensorrt", "tensorrt"), ("directml", "onnxruntime-directml")],
)
@pytest.mark.parametrize("is_installed", [True, False])
def test_the_package_that_a_device_needs_is_named(
    image: Path, tmp_path: Path, device: str, package: str, is_installed: bool
) -> None:
    setup = "" if is_installed else "import sys; sys.modules['onnxruntime'] = None"
    done = run_after(setup, image, "-o", tmp_path / "out", "--device", device)
    assert done.returncode == 1
    (message,) = done.stderr.splitlines()
    assert "pip install " in message
    assert package in message


def test_a_folder_with_only_drawn_images_is_refused(image: Path, tmp_path: Path) -> None:
    image.rename(tmp_path / "person.annotated.png")
    done = run(tmp_path, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "drawn by this program" in done.stderr


def test_the_password_and_key_of_an_address_are_not_shown(tmp_path: Path) -> None:
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
        ("--format", "bvh", "--static-image-mode", SAMPLE),
        ("--trails", "--no-annotate", SAMPLE),
        ("--frame-rate", "30", SAMPLE),
        ("--start", "2", "--end", "1", SAMPLE),
        ("",),
        ("absent_%d.png",),
        (SAMPLE.parents[1] / "scripts",),
    ],
)
def test_invalid_arguments_are_refused(arguments: tuple[object, ...], tmp_path: Path) -> None:
    done = vitruvian("run", "-o", tmp_path / "out", *arguments)
    assert done.returncode == 2
    assert "Error" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_an_incomplete_video_gives_the_frames_that_it_has(tmp_path: Path) -> None:
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
    assert f"Read only in part: {cut} (its files have the first {len(frames)} frames)" in (
        done.stdout.replace("\n  ", " ")
    )


def test_a_folder_that_cannot_be_written_is_reported(image: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = run(image, "-o", tmp_path / "file" / "out")
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_camera_is_reported(tmp_path: Path) -> None:
    done = run("63", "-o", tmp_path)
    assert done.returncode == 1
    assert "camera 63" in done.stderr
    assert names(tmp_path) == []


def test_damaged_weights_are_fetched_again(image: Path, tmp_path: Path) -> None:
    cache = vitruvian("models", "path").stdout.strip()
    home = tmp_path / "home"
    home.mkdir()
    (home / "pose_detection.tflite").write_bytes(b"cut")
    done = program(
        *("run", image, "-o", tmp_path / "out", "--no-annotate", "--model-complexity", "lite"),
        VITRUVIAN_HOME=str(home),
        VITRUVIAN_WEIGHTS=cache,
    )
    assert done.returncode == 0
    assert len(rows(tmp_path / "out" / "person.csv")) == 33
