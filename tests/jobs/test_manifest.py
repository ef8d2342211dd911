"""What `--resume` skips: an input whose manifest says what is there, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vitruvian.analysis.options import OfflineSmoothing
from vitruvian.inputs.options import InputOptions
from vitruvian.inputs.parsing import Address, Camera, ImageSeries, StandardInput
from vitruvian.jobs import manifest
from vitruvian.jobs.drawing import Drawing
from vitruvian.jobs.settings import Settings
from vitruvian.options import PoseOptions
from vitruvian.provenance import content_sha256

if TYPE_CHECKING:
    from collections.abc import Callable

SETTINGS = Settings(formats=("csv", "openpose"))


@pytest.fixture
def video(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "film.mp4"
    path.parent.mkdir()
    path.write_bytes(b"frames")
    return path


@pytest.fixture
def output(tmp_path: Path, video: Path) -> Path:
    """The path of the files of a finished input, without their endings."""
    out = tmp_path / "out"
    (out / "film_json").mkdir(parents=True)
    (out / "film_json" / "0.json").write_bytes(b"123")
    (out / "film.csv").write_bytes(b"12345")
    files = [out / "film.csv", out / "film_json"]
    manifest.write(out / "film", video, content_sha256(video), SETTINGS, files)
    return out / "film"


def test_a_finished_input_is_skipped(output: Path, video: Path) -> None:
    files = manifest.finished_files(output, video, SETTINGS)
    assert files is not None
    assert [file.name for file in files] == ["film.csv", "film_json", "film.vitruvian.json"]


def test_names_and_times_prove_nothing(output: Path, video: Path) -> None:
    renamed = video.rename(video.with_name("other.mov"))
    assert manifest.finished_files(output, renamed, SETTINGS) is not None
    renamed.write_bytes(b"Frames")
    assert manifest.finished_files(output, renamed, SETTINGS) is None


@pytest.mark.parametrize(
    "settings",
    [
        replace(SETTINGS, resumes=True),
        replace(SETTINGS, pose=PoseOptions(threads=2, model_complexity="full")),
        replace(SETTINGS, inputs=InputOptions(timeout_s=3, max_pixels=10**6)),
        replace(SETTINGS, formats=("openpose", "csv")),
    ],
)
def test_options_without_effect_change_nothing(
    output: Path, video: Path, settings: Settings
) -> None:
    assert manifest.finished_files(output, video, settings) is not None


@pytest.mark.parametrize(
    "settings",
    [
        replace(SETTINGS, pose=PoseOptions(model_complexity="lite")),
        replace(SETTINGS, pose=PoseOptions(engine="onnxruntime")),
        replace(SETTINGS, inputs=InputOptions(every=2)),
        replace(SETTINGS, inputs=InputOptions(resize=640)),
        replace(SETTINGS, inputs=InputOptions(end_s=2)),
        replace(SETTINGS, smoothing=OfflineSmoothing()),
        replace(SETTINGS, drawing=None),
        replace(SETTINGS, drawing=Drawing(trails=True)),
        replace(SETTINGS, formats=("csv",)),
    ],
)
def test_other_options_run_again(output: Path, video: Path, settings: Settings) -> None:
    assert manifest.finished_files(output, video, settings) is None


def change_version(path: Path) -> None:
    content = json.loads(path.read_text())
    path.write_text(json.dumps({**content, "version": "0.0.9"}))


@pytest.mark.parametrize(
    "damage",
    [
        lambda out: (out / "film.csv").write_bytes(b"1234"),
        lambda out: (out / "film.csv").unlink(),
        lambda out: (out / "film_json" / "0.json").unlink(),
        lambda out: (out / "film.vitruvian.json").unlink(),
        lambda out: (out / "film.vitruvian.json").write_bytes(b""),
        lambda out: (out / "film.vitruvian.json").write_bytes(b"[" * 100_000),
        lambda out: (out / "film.vitruvian.json").write_bytes(b"[]"),
        lambda out: (out / "film.vitruvian.json").write_bytes(b'{"files": {"../in/film.mp4": 6}}'),
        lambda out: (out / "film.vitruvian.json").write_bytes(b'{"files": {"": 6, "a\\u0000": 1}}'),
        lambda out: (out / "film.vitruvian.json").write_bytes(b'{"files": {}}'),
        lambda out: change_version(out / "film.vitruvian.json"),
        lambda out: manifest.remove(out / "film"),
    ],
)
def test_anything_else_runs_again(
    output: Path, video: Path, damage: Callable[[Path], object]
) -> None:
    damage(output.parent)
    assert manifest.finished_files(output, video, SETTINGS) is None


def test_an_input_that_cannot_be_read_runs_again_to_say_so(output: Path, video: Path) -> None:
    video.unlink()
    assert manifest.finished_files(output, video, SETTINGS) is None


@pytest.mark.parametrize("source", [Camera(0), StandardInput(), Address("https://a/b.mp4")])
def test_what_can_be_read_only_once_has_no_content_to_compare(source: object) -> None:
    assert content_sha256(source) is None  # type: ignore[arg-type]


def test_a_series_is_known_by_the_content_of_its_files_in_their_order(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("1.png", "2.png", "3.png")]
    for number, file in enumerate(files):
        file.write_bytes(bytes([number % 2]))
    one, two, three = files

    def sha256(*given: Path) -> str | None:
        return content_sha256(ImageSeries(Path("%d.png"), given))

    assert sha256(one, two) == sha256(three, two)
    assert len({sha256(one, two), sha256(two, one), sha256(one), sha256(one, two, three)}) == 4
