"""`vitruvian convert` and `vitruvian draw`, which need neither model nor engine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.program import SAMPLE, names, run, run_after, vitruvian
from tests.support.recordings import recording
from tests.support.videos import read
from vitruvian.recording import load


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run on the sample."""
    folder = tmp_path_factory.mktemp("out")
    assert run(SAMPLE, "-o", folder, "--end", "0.5", "--format", "jsonl").returncode == 0
    return folder


def test_a_recording_becomes_the_files_of_all_formats(out: Path, tmp_path: Path) -> None:
    formats = ("csv", "coco", "openpose", "dlc", "csv")
    options = [word for name in formats for word in ("--format", name)]
    done = vitruvian("convert", out / "jumping_jacks.jsonl", *options, "-o", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    expected = ["csv", "coco.json", "dlc.csv"]
    assert names(tmp_path) == sorted(
        [*(f"jumping_jacks.{e}" for e in expected), "jumping_jacks_json"]
    )
    assert {*done.stdout.splitlines()} == {str(path) for path in tmp_path.iterdir()}


def test_converting_needs_no_engine(out: Path, tmp_path: Path) -> None:
    block = "import sys; sys.modules.update(ai_edge_litert=None, openvino=None, onnxruntime=None)"
    arguments = ["convert", str(out / "jumping_jacks.npz"), "-o", str(tmp_path)]
    main = f"from vitruvian.cli.main import main; main({arguments!r})"
    assert run_after(f"{block}\n{main}").returncode == 0
    assert names(tmp_path) == ["jumping_jacks.csv"]


def test_a_result_is_never_overwritten(out: Path) -> None:
    before = (out / "jumping_jacks.npz").read_bytes()
    done = vitruvian("convert", out / "jumping_jacks.npz", "--format", "npz", "-o", out)
    assert done.returncode == 1
    assert "would overwrite" in done.stderr
    assert (out / "jumping_jacks.npz").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "video", "message"),
    [
        ("csv", SAMPLE, "A video was given, but only rrd shows it"),
        ("rrd", SAMPLE.with_name("absent.mp4"), "absent.mp4 cannot be read"),
        ("rrd", Path(__file__), "is not known to be the input of which"),
    ],
)
def test_a_video_is_refused_that_no_format_shows_or_that_is_another(
    name: str, video: Path, message: str, out: Path, tmp_path: Path
) -> None:
    result = out / "jumping_jacks.npz"
    done = vitruvian("convert", result, "--format", name, "--video", video, "-o", tmp_path)
    assert done.returncode == 1
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert names(tmp_path) == []


@pytest.mark.parametrize("command", ["convert", "draw"])
def test_what_is_no_recording_is_an_error_of_one_line(command: str, tmp_path: Path) -> None:
    recording().save(tmp_path / "a.csv")
    (tmp_path / "b.npz").write_bytes(b"PK damaged")
    for name in ("a.csv", "b.npz", "absent.npz"):
        further = (SAMPLE,) if command == "draw" else ()
        done = vitruvian(command, tmp_path / name, *further, "-o", tmp_path / "out")
        assert done.returncode == 1
        assert done.stderr.startswith(f"Error: {tmp_path / name} ")
        assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_a_recording_is_drawn_as_the_run_drew_it(out: Path, tmp_path: Path) -> None:
    done = vitruvian("draw", out / "jumping_jacks.npz", SAMPLE, "-o", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert names(tmp_path) == ["jumping_jacks.annotated.mp4"]
    drawn = (tmp_path / "jumping_jacks.annotated.mp4").read_bytes()
    assert drawn == (out / "jumping_jacks.annotated.mp4").read_bytes()


def test_a_recording_of_every_third_frame_is_drawn_on_these(tmp_path: Path) -> None:
    assert run(SAMPLE, "-o", tmp_path / "a", "--every", "30", "--resize", "320").returncode == 0
    done = vitruvian("draw", tmp_path / "a" / "jumping_jacks.npz", SAMPLE, "-o", tmp_path / "b")
    assert (done.returncode, done.stderr) == (0, "")
    drawn = read(tmp_path / "b" / "jumping_jacks.annotated.mp4")
    assert [frame.image.shape for frame in drawn] == [(240, 320, 3)] * 4


def test_an_image_is_drawn(image: Path, tmp_path: Path) -> None:
    assert run(image, "-o", tmp_path / "a").returncode == 0
    done = vitruvian("draw", tmp_path / "a" / "person.npz", image, "-o", tmp_path / "b")
    assert done.returncode == 0
    assert names(tmp_path / "b") == ["person.annotated.png"]


def test_another_video_is_refused_unless_it_is_meant(out: Path, tmp_path: Path) -> None:
    other = tmp_path / "jumping_jacks.mp4"
    other.write_bytes(SAMPLE.read_bytes() + b"\0")
    done = vitruvian("draw", out / "jumping_jacks.npz", other, "-o", tmp_path / "out")
    assert done.returncode == 1
    assert "is not known to be the input of which" in done.stderr
    assert not (tmp_path / "out").exists()
    done = vitruvian("draw", out / "jumping_jacks.npz", other, "-o", tmp_path / "out", "--anyway")
    assert done.returncode == 0
    assert names(tmp_path / "out") == ["jumping_jacks.annotated.mp4"]


def test_a_video_that_lacks_frames_of_the_recording_is_an_error(out: Path, tmp_path: Path) -> None:
    made = load(out / "jumping_jacks.npz")
    frames = made.frames.copy()
    frames[-1] = 5000
    replace(made, frames=frames).save(tmp_path / "a.npz")
    done = vitruvian("draw", tmp_path / "a.npz", SAMPLE, "-o", tmp_path / "out")
    assert done.returncode == 1
    assert "has no frame 5,000" in done.stderr
    assert names(tmp_path / "out") == []


def test_a_format_whose_library_is_missing_is_refused_before_the_first_frame(
    tmp_path: Path,
) -> None:
    block = "import sys; sys.modules['arro3'] = None"
    done = run_after(block, SAMPLE, "-o", tmp_path / "out", "--format", "parquet")
    assert done.returncode == 2
    assert 'pip install "vitruvian[parquet]"' in done.stderr
    assert not (tmp_path / "out").exists()
