"""Formats of landmarks, read back with the libraries of their users and compared value by value."""

from __future__ import annotations

import contextlib
import json
import warnings
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import polars as pl
from pycocotools.coco import COCO

from vitruvian.skeleton import COCO_17, LANDMARK_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from vitruvian.recording import Recording

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of invalid escapes in its source
    from pose_format.utils.openpose import load_openpose_directory


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


LANDMARKS: dict[str, Callable[[Path, Recording], None]] = {
    "csv": read_csv,
    "parquet": read_parquet,
    "jsonl": read_jsonl,
    "coco": read_coco,
    "openpose": read_openpose,
    "dlc": read_dlc,
}
