from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np

from tests.support.recordings import write_csv
from tests.support.results import result
from vitruvian.skeleton import LANDMARK_NAMES

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.result import PoseResult


def written(folder: Path, *results: PoseResult) -> list[dict[str, str]]:
    write_csv(folder / "a.csv", *results)
    with (folder / "a.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_the_first_line_names_the_columns(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text() == (
        "frame,time_s,person,landmark,name,x,y,z,visibility,presence,world_x,world_y,world_z,"
        "score,filled,width,height,image\n"
    )


def test_each_landmark_has_one_row(tmp_path: Path) -> None:
    rows = written(tmp_path, result())
    assert [row["name"] for row in rows] == list(LANDMARK_NAMES)
    assert [row["landmark"] for row in rows] == [str(number) for number in range(33)]
    assert {(row["frame"], row["time_s"], row["person"]) for row in rows} == {("3", "0.1", "1")}


def test_a_frame_without_people_has_no_rows(tmp_path: Path) -> None:
    assert written(tmp_path, result(people=0)) == []


def test_ids_count_from_one(tmp_path: Path) -> None:
    assert [row["person"] for row in written(tmp_path, result(people=2))] == ["1"] * 33 + ["2"] * 33


def test_the_same_float32_reads_back(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    values = {
        name: (random.standard_normal(shape) * 10.0 ** random.integers(-9, 9, shape)).astype("f4")
        for name, shape in (
            ("pose_landmarks", (1, 33, 3)),
            ("pose_world_landmarks", (1, 33, 3)),
        )
    }
    for name in ("visibility", "presence"):
        likelihoods = random.random((1, 33)) * 10.0 ** random.integers(-9, 1, (1, 33))
        values[name] = likelihoods.astype(np.float32)
    rows = written(tmp_path, result(**values))

    def column(name: str) -> list[np.float32]:
        return [np.float32(row[name]) for row in rows]

    for axis, name in enumerate("xyz"):
        assert column(name) == list(values["pose_landmarks"][0, :, axis])
        assert column(f"world_{name}") == list(values["pose_world_landmarks"][0, :, axis])
    assert column("visibility") == list(values["visibility"][0])
    assert column("presence") == list(values["presence"][0])
