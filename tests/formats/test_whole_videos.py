"""Each format, made of whole videos by `run` and by `convert`, and read back value by value.

The sample is one video. VITRUVIAN_VIDEOS names others, separated as in PATH:
VITRUVIAN_VIDEOS=sports2d_demo.mp4 pytest -m long tests/formats/test_whole_videos.py
"""

from __future__ import annotations

import contextlib
import json
import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import polars as pl
import pytest
from pycocotools.coco import COCO

from tests.cli.program import SAMPLE, run, vitruvian
from vitruvian.formats.writers import WRITERS
from vitruvian.recording import Recording, load
from vitruvian.skeleton import COCO_17, LANDMARK_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of invalid escapes in its source
    from pose_format.utils.openpose import load_openpose_directory

pytestmark = pytest.mark.long

VIDEOS = [SAMPLE, *map(Path, filter(None, os.environ.get("VITRUVIAN_VIDEOS", "").split(":")))]
FORMATS = ("csv", "parquet", "jsonl", "coco", "openpose", "dlc")


def read_csv(path: Path, made: Recording) -> None:
    for table in (pd.read_csv(path), pl.read_csv(path)):
        for name, values in made.columns().items():
            if name == "image":
                continue
            found = table[name].to_numpy()
            if values.dtype == np.float64:
                np.testing.assert_allclose(found, values, atol=1e-6)
            else:
                np.testing.assert_array_equal(found.astype(values.dtype), values)


def read_parquet(path: Path, made: Recording) -> None:
    people = pd.read_parquet(path).dropna(subset="person")
    same = pl.read_parquet(path).drop_nulls("person")
    for name, values in made.columns().items():
        assert people[name].to_list() == same[name].to_list() == values.tolist()


def read_jsonl(path: Path, made: Recording) -> None:
    lines = pl.read_ndjson(path)
    assert lines["frame"].to_list() == made.frames.tolist()
    people = [person for line in lines["people"].to_list() for person in line]
    assert [person["id"] for person in people] == made.ids.tolist()
    landmarks = [[[m[axis] for axis in "xyz"] for m in p["landmarks"]] for p in people]
    np.testing.assert_array_equal(np.array(landmarks, np.float32), made.pose_landmarks)


def read_coco(path: Path, made: Recording) -> None:
    with contextlib.redirect_stdout(None):
        data_set = COCO(str(path))
        results = data_set.loadRes(json.loads(path.read_text())["annotations"])
    assert [*data_set.imgs] == made.frames.tolist()
    for read in (data_set, results):
        for result in made:
            found = read.loadAnns(read.getAnnIds(imgIds=[result.index]))
            assert [each["track_id"] for each in found] == result.ids.tolist()
            points = np.array([each["keypoints"] for each in found], np.float32).reshape(-1, 17, 3)
            np.testing.assert_array_equal(points[..., :2], result.landmarks_px[:, COCO_17, :2])


def read_openpose(path: Path, made: Recording) -> None:
    width, height = made.image_sizes_px[0].tolist()
    body = load_openpose_directory(str(path), fps=30, width=width, height=height).body
    assert len(body.data) == len(made)
    wrist = LANDMARK_NAMES.index("right_wrist")  # which is the fifth point of BODY_25
    for frame, result in enumerate(made):
        for person in range(len(result)):
            found = np.asarray(body.data)[frame, person, 4, :2]
            np.testing.assert_allclose(found, result.landmarks_px[person, wrist, :2], rtol=1e-6)


def read_dlc(path: Path, made: Recording) -> None:
    table = pd.read_csv(path, header=[0, 1, 2, 3], index_col=0)["vitruvian"]
    assert table.index.tolist() == made.frames.tolist()
    for result in made:
        for person, identity in enumerate(result.ids.tolist()):
            cells = table.loc[result.index, f"person{identity}"].to_numpy().reshape(33, 3)
            found = cells.astype(np.float32)
            np.testing.assert_array_equal(found[:, :2], result.landmarks_px[person, :, :2])
            np.testing.assert_array_equal(found[:, 2], result.visibility[person])


READ_BACK: dict[str, Callable[[Path, Recording], None]] = {
    "csv": read_csv,
    "parquet": read_parquet,
    "jsonl": read_jsonl,
    "coco": read_coco,
    "openpose": read_openpose,
    "dlc": read_dlc,
}


def bytes_of(path: Path) -> dict[str, bytes]:
    """Return the bytes of a file, or of all files in a folder."""
    files = path.iterdir() if path.is_dir() else [path]
    return {file.name: file.read_bytes() for file in files}


@pytest.mark.parametrize("video", VIDEOS, ids=lambda video: video.stem)
def test_each_format_of_a_video_reads_back(video: Path, tmp_path: Path) -> None:
    options = [word for name in FORMATS for word in ("--format", name)]
    first, second = tmp_path / "run", tmp_path / "convert"
    done = run(video, "-o", first, "--no-annotate", "--num-poses", "all", *options)
    assert done.returncode == 0, done.stderr
    result = first / f"{video.stem}.npz"
    done = vitruvian("convert", result, "-o", second, *options)
    assert done.returncode == 0, done.stderr
    made = load(result)
    assert len(made.ids) > 0
    for name in FORMATS:
        file = f"{video.stem}{WRITERS[name].ending}"
        assert bytes_of(first / file) == bytes_of(second / file)
        READ_BACK[name](first / file, made)
