from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ezc3d
import numpy as np
import pytest

from tests.support.projected import FOV_DEG, Walk, line, projected
from tests.support.recordings import recording
from vitruvian.analysis.room import room_of
from vitruvian.errors import OutputError, RecordingError
from vitruvian.formats.markers import MARKER_NAMES
from vitruvian.recorded.blocks import Blocks
from vitruvian.recorded.header import Header

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.recording import Recording

WAY = line((-1, 0.2, 5), (1, 0.2, 4), 30)
OTHER_WAY = line((1, 0.2, 6), (-1, 0.2, 6), 30)


def written(made: Recording, folder: Path) -> Any:
    """Return a recording as ezc3d reads it."""
    made.save(folder / "walk.c3d")
    return ezc3d.c3d(str(folder / "walk.c3d"))


def labels(file: Any) -> list[str]:
    """Return the labels of all points, which may be in several parameters."""
    points = file["parameters"]["POINT"]
    return [
        label for name in points if name.startswith("LABELS") for label in points[name]["value"]
    ]


def test_everyone_is_in_one_file_in_millimetres(tmp_path: Path) -> None:
    late = WAY.copy()
    late[[*range(6), 14, 15, *range(27, 30)]] = np.nan
    made = projected(Walk(7, late), Walk(2, OTHER_WAY)).in_room(fov_deg=FOV_DEG)
    file = written(made, tmp_path)
    assert file["header"]["points"] == {
        "size": 66, "frame_rate": 30.0, "first_frame": 0, "last_frame": 29,
    }  # fmt: skip
    assert file["parameters"]["POINT"]["UNITS"]["value"] == ["mm"]
    assert labels(file) == [f"person{id_}:{name}" for id_ in (2, 7) for name in MARKER_NAMES]
    positions_mm = file["data"]["points"][:3].transpose(2, 1, 0).reshape(30, 2, 33, 3)
    residuals = file["data"]["meta_points"]["residuals"][0].T.reshape(30, 2, 33)
    for number, motion in enumerate(room_of(Blocks.of(made)).motions()):
        rows = slice(motion.first_row, motion.first_row + len(motion.hips_m))
        expected_mm = (1000 * motion.positions_m).astype(np.float32)
        np.testing.assert_array_equal(positions_mm[rows, number], expected_mm)
    is_there = np.isfinite(late[:, 0])
    assert np.isnan(positions_mm[~is_there, 1]).all()
    np.testing.assert_array_equal(residuals[:, 0], 0)
    np.testing.assert_array_equal(residuals[is_there, 1], 0)
    np.testing.assert_array_equal(residuals[~is_there, 1], -1)


def test_the_first_frame_has_the_number_of_its_time(tmp_path: Path) -> None:
    made = projected(Walk(1, WAY), times_s=(10 + np.arange(30) / 30).tolist())
    points = written(made, tmp_path)["header"]["points"]
    assert (points["first_frame"], points["last_frame"]) == (300, 329)  # ezc3d counts from 0


def test_more_labels_than_a_parameter_has_room_for_are_continued_in_others(tmp_path: Path) -> None:
    file = written(projected(*(Walk(id_, WAY[:2]) for id_ in range(1, 51))), tmp_path)
    assert labels(file) == [f"person{id_}:{name}" for id_ in range(1, 51) for name in MARKER_NAMES]
    assert np.isfinite(file["data"]["points"]).all()


def test_more_people_than_a_file_has_room_for_are_refused(tmp_path: Path) -> None:
    crowd = projected(*(Walk(id_, WAY[:1]) for id_ in range(1, 52)))
    with pytest.raises(OutputError, match="room for the labels of 50 people, and the recording"):
        crowd.save(tmp_path / "walk.c3d")
    assert [*tmp_path.iterdir()] == []


def test_the_longest_ids_fit(tmp_path: Path) -> None:
    ids = range(10**15 - 49, 10**15 + 1)
    assert (
        len(labels(written(projected(*(Walk(id_, WAY[:1]) for id_ in ids)), tmp_path))) == 50 * 33
    )


@pytest.mark.long
def test_a_file_has_more_frames_than_16_bits_count(tmp_path: Path) -> None:
    way = np.full((70_000, 3), np.nan)
    way[[0, -1]] = WAY[[0, -1]]
    points = written(projected(Walk(1, way)), tmp_path)["data"]["points"]
    assert points.shape == (4, 33, 70_000)
    assert np.flatnonzero(np.isfinite(points[0, 0])).tolist() == [0, 69_999]


@pytest.mark.parametrize("frames", [1, 3])
def test_nobody_is_a_file_without_points(tmp_path: Path, frames: int) -> None:
    file = written(recording([0] * frames), tmp_path)
    assert labels(file) == []
    assert file["header"]["points"]["size"] == 0


def test_a_recording_without_frames_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="at least one frame"):
        recording([]).save(tmp_path / "walk.c3d")


def test_frames_of_no_constant_rate_are_all_in_the_file(tmp_path: Path) -> None:
    for seed in range(5):
        times_s = np.cumsum(np.random.default_rng(seed).uniform(0.8, 1.2, 30)) / 30
        file = written(projected(Walk(1, WAY), times_s=times_s.tolist()), tmp_path)
        assert np.isfinite(file["data"]["points"]).all()


def test_photographs_have_no_motion_and_nothing_is_left(tmp_path: Path) -> None:
    photographs = Header("photos", images=tuple(f"{n}.jpg" for n in range(30)))
    with pytest.raises(RecordingError, match="photos is a recording of independent images"):
        projected(Walk(1, WAY), header=photographs).save(tmp_path / "walk.c3d")
    assert [*tmp_path.iterdir()] == []
