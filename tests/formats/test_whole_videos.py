"""Each format, made of whole videos by `run` and by `convert`, and read back value by value.

The sample is one video. VITRUVIAN_VIDEOS names others, separated as in PATH:
VITRUVIAN_VIDEOS=sports2d_demo.mp4 pytest -m long tests/formats/test_whole_videos.py
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.program import SAMPLE, run, vitruvian
from tests.formats.read_back import LANDMARKS
from tests.formats.read_back_movement import MOVEMENT
from tests.support.formats import INSTALLED
from tests.support.rrd import rerun
from vitruvian.formats.writers import RECORDING, WRITERS
from vitruvian.recording import Recording, load

pytestmark = pytest.mark.long

VIDEOS = [SAMPLE, *map(Path, filter(None, os.environ.get("VITRUVIAN_VIDEOS", "").split(":")))]
READ_BACK = LANDMARKS | MOVEMENT
FORMATS = [name for name in INSTALLED if name != RECORDING]


class Made(NamedTuple):
    """The files that `run` and `convert` wrote of one video, without their endings."""

    by_run: Path
    by_convert: Path
    recording: Recording


@pytest.fixture(scope="module", params=VIDEOS, ids=lambda video: video.stem)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    video, folder = request.param, tmp_path_factory.mktemp("videos")
    options = [word for name in FORMATS for word in ("--format", name)]
    first, second = folder / "run", folder / "convert"
    done = run(video, "-o", first, "--no-annotate", "--num-poses", "all", *options)
    assert done.returncode == 0, done.stderr
    result = first / f"{video.stem}.npz"
    shown = ("--video", video) if "rrd" in FORMATS else ()
    done = vitruvian("convert", result, "-o", second, *options, *shown)
    assert done.returncode == 0, done.stderr
    recording = load(result)
    assert len(recording.ids) > 0
    return Made(first / video.stem, second / video.stem, recording)


def path_of(files: Path, name: str) -> Path:
    return files.with_name(f"{files.name}{WRITERS[name].ending}")


def bytes_of(path: Path) -> dict[str, bytes]:
    """Return the bytes of a file, or of all files in a folder."""
    files = path.iterdir() if path.is_dir() else [path]
    return {file.name: file.read_bytes() for file in files}


def test_each_format_is_read_back() -> None:
    assert {*READ_BACK} == {*WRITERS} - {RECORDING}


@pytest.mark.parametrize("name", FORMATS)
def test_run_and_convert_write_the_same(name: str, made: Made, tmp_path: Path) -> None:
    first, second = path_of(made.by_run, name), path_of(made.by_convert, name)
    if name == "rrd":  # it has the time at which it was written
        assert rerun(tmp_path, "rrd", "compare", "--unordered", first, second).returncode == 0
    else:
        assert bytes_of(first) == bytes_of(second)


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_of_a_whole_video_reads_back(name: str, made: Made) -> None:
    READ_BACK[name](path_of(made.by_run, name), made.recording)
