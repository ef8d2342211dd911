"""What people do with a result: take one person, iterate, JSON, tables."""

from __future__ import annotations

import csv
import io
import json
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.support.recordings import write_csv
from tests.support.results import result
from vitruvian.errors import MissingLibraryError, PersonError
from vitruvian.formats.csv import CSV_HEADER
from vitruvian.skeleton import LANDMARK_NAMES, PoseLandmark

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("number", [1, -2, np.int64(1), np.array(1)])
def test_one_person_is_a_result_of_one(number: int) -> None:
    person = result(3)[number]
    assert len(person) == 1
    assert person.ids.tolist() == [2]
    assert person.pose_landmarks.shape == (1, 33, 3)
    assert person.image_size == (640, 480)


@pytest.mark.parametrize("number", [3, -4, 99])
def test_a_person_who_is_not_there(number: int) -> None:
    with pytest.raises(PersonError, match=f"no person {number} in this result of 3"):
        result(3)[number]


def test_a_number_that_is_too_long_to_print_is_refused() -> None:
    with pytest.raises(PersonError, match="no person a value of the type int in this result of 3"):
        result(3)[10**5000]


class NoNumber:
    """An object whose own code fails."""

    def __index__(self) -> int:
        raise RuntimeError("it is no number")

    def __array__(self, *_: Any, **__: Any) -> Any:
        raise RuntimeError("it is no array")

    def __repr__(self) -> str:
        raise RuntimeError("it is no text")


def test_an_object_whose_own_code_fails_selects_no_person() -> None:
    with pytest.raises(PersonError, match="a value of the type NoNumber selects no person"):
        result(3)[NoNumber()]


@pytest.mark.parametrize(
    "wrong", [None, True, np.bool_(True), 1.0, "first", np.zeros((2, 2), int), (1, 99), np.zeros(3)]
)
def test_what_selects_no_person_is_refused(wrong: Any) -> None:
    with pytest.raises(PersonError, match="selects no person"):
        result(3)[wrong]


def test_iteration_is_over_people() -> None:
    assert [person.ids.tolist() for person in result(3)] == [[1], [2], [3]]
    assert list(result(0)) == []


def test_slices_masks_and_lists_select_people() -> None:
    three = result(3)
    for chosen in (three[1:], three[three.ids > 1], three[[1, 2]]):
        assert chosen.ids.tolist() == [2, 3]


def test_a_landmark_is_an_index() -> None:
    assert LANDMARK_NAMES[PoseLandmark.LEFT_WRIST] == "left_wrist"
    assert result().landmarks_px[0, PoseLandmark.NOSE].tolist() == [320, 240, 320]


def test_a_dict_is_ready_for_json() -> None:
    landmarks = np.full((2, 33, 3), np.float32(0.1), np.float32)
    given = result(2, pose_landmarks=landmarks).to_dict()
    assert json.loads(json.dumps(given, allow_nan=False)) == given
    assert (given["frame"], given["time_s"]) == (3, 0.1)
    assert (given["width"], given["height"]) == (640, 480)
    person = given["people"][1]
    assert person["id"] == 2
    assert person["box"] == {"x_min": 0.1, "y_min": 0.1, "x_max": 0.1, "y_max": 0.1}
    nose = person["landmarks"][0]
    assert nose["name"] == "nose"
    assert nose["x"] == 0.1  # not 0.10000000149
    assert nose["visibility"] == 1
    assert result(0).to_dict()["people"] == []


def test_a_table_has_the_first_columns_and_values_of_the_csv(tmp_path: Path) -> None:
    given = result(2)
    frame = given.to_dataframe()
    assert [*frame.columns] == CSV_HEADER.split(",")[:13]
    write_csv(tmp_path / "a.csv", given)
    rows = [*csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text()))]
    assert len(frame) == len(rows) == 66
    for column in ("person", "landmark", "x", "world_z", "visibility"):
        assert frame[column].tolist() == pytest.approx([float(row[column]) for row in rows])
    assert frame["name"].tolist() == [row["name"] for row in rows]
    assert len(result(0).to_dataframe()) == 0


def test_without_pandas_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingLibraryError, match="pip install pandas"):
        result().to_dataframe()
