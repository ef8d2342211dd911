from __future__ import annotations

import csv
import io

import numpy as np

from tests.support.results import result
from vitruvian.formats.csv import CsvWriter
from vitruvian.skeleton import LANDMARK_NAMES


def written(*results: object) -> list[dict[str, str]]:
    text = io.StringIO()
    writer = CsvWriter(text)
    for each in results:
        writer.write(each)  # type: ignore[arg-type]
    text.seek(0)
    return list(csv.DictReader(text))


def test_the_first_line_names_the_columns() -> None:
    text = io.StringIO()
    CsvWriter(text)
    assert text.getvalue() == (
        "frame,time_s,person,landmark,name,x,y,z,visibility,presence,world_x,world_y,world_z\n"
    )


def test_each_landmark_has_one_row() -> None:
    rows = written(result())
    assert [row["name"] for row in rows] == list(LANDMARK_NAMES)
    assert [row["landmark"] for row in rows] == [str(number) for number in range(33)]
    assert {(row["frame"], row["time_s"], row["person"]) for row in rows} == {("3", "0.1", "1")}


def test_a_frame_without_people_has_no_rows() -> None:
    assert written(result(people=0)) == []


def test_ids_count_from_one() -> None:
    assert [row["person"] for row in written(result(people=2))] == ["1"] * 33 + ["2"] * 33


def test_the_same_float32_reads_back() -> None:
    random = np.random.default_rng(0)
    values = {
        name: (random.standard_normal(shape) * 10.0 ** random.integers(-9, 9, shape)).astype("f4")
        for name, shape in (
            ("pose_landmarks", (1, 33, 3)),
            ("pose_world_landmarks", (1, 33, 3)),
            ("visibility", (1, 33)),
            ("presence", (1, 33)),
        )
    }
    rows = written(result(**values))

    def column(name: str) -> list[np.float32]:
        return [np.float32(row[name]) for row in rows]

    for axis, name in enumerate("xyz"):
        assert column(name) == list(values["pose_landmarks"][0, :, axis])
        assert column(f"world_{name}") == list(values["pose_world_landmarks"][0, :, axis])
    assert column("visibility") == list(values["visibility"][0])
    assert column("presence") == list(values["presence"][0])
