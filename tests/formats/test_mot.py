from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest

from tests.support.projected import Walk, line, projected
from tests.support.skeletons import person_m
from tests.tolerances import WRITTEN
from vitruvian.errors import RecordingError
from vitruvian.recorded.header import Header
from vitruvian.skeleton import PoseLandmark as Mark

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.recording import Recording
    from vitruvian.types import Float64

WAY = line((-1, 0.2, 5), (1, 0.2, 4), 30)
COORDINATES = [
    f"{coordinate}_{side}"
    for side in "rl"
    for coordinate in (
        *("hip_flexion", "hip_adduction", "knee_angle"),
        *("ankle_angle", "elbow_flex", "wrist_flex"),
    )
]


class Motion(NamedTuple):
    """What a file says: the lines of its header, and its columns."""

    header: list[str]
    columns: dict[str, Float64]


def written(recording: Recording, folder: Path) -> dict[int, Motion]:
    """Return the files of a recording by the ids of their people."""
    recording.save(folder / "walk_mot")
    found = {}
    for path in (folder / "walk_mot").iterdir():
        lines = path.read_text().splitlines()
        end = lines.index("endheader")
        table = np.loadtxt(lines[end + 2 :], ndmin=2).T
        columns = dict(zip(lines[end + 1].split("\t"), table, strict=True))
        found[int(path.stem.removeprefix("walk_person"))] = Motion(lines[:end], columns)
    return found


def body_m() -> Float64:
    """Return a person who faces the camera, with a bent right leg and left arm."""
    body = person_m().astype(np.float64)
    # The right thigh is 30 degrees away from the left one, in the plane of the trunk.
    hip, thigh_m, shank_m = body[Mark.RIGHT_HIP].copy(), 0.43, 0.4
    body[Mark.RIGHT_KNEE] = hip + thigh_m * np.array((-0.5, np.sqrt(0.75), 0))
    body[Mark.RIGHT_ANKLE] = body[Mark.RIGHT_KNEE] + (0, 0, shank_m)  # away from the camera
    body[Mark.LEFT_ELBOW] = body[Mark.LEFT_SHOULDER] + (0, 0.27, 0)
    body[Mark.LEFT_WRIST] = body[Mark.LEFT_ELBOW] + (0, 0, -0.25)
    return body


def hidden(recording: Recording, rows: object, *landmarks: int) -> Recording:
    """Return a recording in which landmarks are not visible in some rows."""
    visibility = recording.visibility.copy()
    visibility[np.ix_(np.atleast_1d(rows), landmarks)] = 0.1
    return replace(recording, visibility=visibility)


def test_each_person_has_a_file_with_the_coordinates_of_the_model(tmp_path: Path) -> None:
    late = WAY.copy()
    late[[*range(6), 14]] = np.nan
    files = written(projected(Walk(7, late, body_m()), Walk(2, WAY)), tmp_path)
    assert sorted(files) == [2, 7]
    assert files[7].header == [
        "walk_person7", "version=1", "nRows=23", "nColumns=13", "inDegrees=yes",
    ]  # fmt: skip
    assert [*files[7].columns] == ["time", *COORDINATES]
    rows = [row for row in range(6, 30) if row != 14]
    np.testing.assert_allclose(files[7].columns["time"], np.divide(rows, 30), atol=WRITTEN)


def test_flexion_is_positive_and_abduction_negative(tmp_path: Path) -> None:
    columns = written(projected(Walk(1, WAY, body_m())), tmp_path)[1].columns
    expected_deg = {
        "knee_angle_r": 90, "knee_angle_l": 0, "elbow_flex_l": 90,
        "hip_adduction_r": -30, "hip_adduction_l": 0, "hip_flexion_r": 0, "hip_flexion_l": 0,
    }  # fmt: skip
    for name, value_deg in expected_deg.items():
        np.testing.assert_allclose(columns[name], value_deg, atol=0.01, err_msg=name)


def test_an_angle_that_is_never_visible_is_left_out(tmp_path: Path) -> None:
    recording = hidden(projected(Walk(1, WAY)), np.arange(30), Mark.LEFT_KNEE, Mark.LEFT_WRIST)
    columns = written(recording, tmp_path)[1].columns
    lost = {"hip_flexion_l", "hip_adduction_l", "knee_angle_l", "ankle_angle_l"}
    assert {*COORDINATES} - {*columns} == lost | {"elbow_flex_l", "wrist_flex_l"}


def test_an_angle_that_is_not_visible_for_a_time_is_on_a_line_with_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    recording = hidden(projected(Walk(1, WAY)), [*range(4), 20, 21, 29], Mark.LEFT_HEEL)
    world_m = recording.pose_world_landmarks.copy()
    world_m[:, Mark.LEFT_FOOT_INDEX, 2] -= 0.1  # a foot that rises from frame to frame
    world_m[:, Mark.LEFT_FOOT_INDEX, 1] -= np.arange(30, dtype=np.float32) / 100
    with caplog.at_level(logging.WARNING):
        columns = written(replace(recording, pose_world_landmarks=world_m), tmp_path)[1].columns
    assert "up to 1.9 % of those of a person" in caplog.text
    ankle_deg = columns["ankle_angle_l"]
    np.testing.assert_array_equal(ankle_deg[:4], ankle_deg[4])
    assert ankle_deg[29] == ankle_deg[28]
    np.testing.assert_allclose(np.diff(ankle_deg[19:23], 2), 0, atol=3 * WRITTEN)
    assert np.ptp(ankle_deg) > 10


def test_rows_without_any_angle_are_left_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    recording = hidden(projected(Walk(1, WAY)), [0, 10, 11], *Mark)
    with caplog.at_level(logging.WARNING):
        columns = written(recording, tmp_path)[1].columns
    assert len(columns["time"]) == 27
    assert not caplog.records


def test_a_person_who_is_never_visible_has_no_file(tmp_path: Path) -> None:
    recording = projected(Walk(1, WAY), Walk(2, WAY))
    files = written(hidden(recording, np.flatnonzero(recording.ids == 1), *Mark), tmp_path)
    assert [*files] == [2]


@pytest.mark.parametrize("count", [0, 1])
def test_nobody_is_an_empty_folder_and_one_frame_is_a_row(tmp_path: Path, count: int) -> None:
    way = np.full((3, 3), np.nan)
    way[1 : 1 + count] = WAY[:count]
    files = written(projected(Walk(1, way)), tmp_path)
    assert [len(file.columns["time"]) for file in files.values()] == [1] * count


def test_photographs_have_no_motion_and_nothing_is_left(tmp_path: Path) -> None:
    photographs = Header("photos", images=tuple(f"{n}.jpg" for n in range(30)))
    with pytest.raises(RecordingError, match="photos is a recording of independent images"):
        projected(Walk(1, WAY), header=photographs).save(tmp_path / "walk_mot")
    assert [*tmp_path.iterdir()] == []
