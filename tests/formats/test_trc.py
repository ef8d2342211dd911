from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import numpy as np
import pytest
from trc import TRCData

from tests.support.projected import FOV_DEG, Walk, line, projected
from tests.tolerances import WRITTEN
from vitruvian.analysis.room import room_of
from vitruvian.errors import RecordingError
from vitruvian.formats.markers import MARKER_NAMES, MODEL_LANDMARKS
from vitruvian.recorded.blocks import Blocks
from vitruvian.recorded.header import Header
from vitruvian.skeleton import LANDMARK_NAMES

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.recording import Recording
    from vitruvian.types import Float64

WAY = line((-1, 0.2, 5), (1, 0.2, 4), 30)
OTHER_WAY = line((1, 0.2, 6), (-1, 0.2, 6), 30)


def written(recording: Recording, folder: Path) -> dict[int, TRCData]:
    """Return the files of a recording by the ids of their people."""
    recording.save(folder / "walk_trc")
    found = {}
    for path in (folder / "walk_trc").iterdir():
        file = TRCData()
        file.load(path)
        assert file["FileName"] == path.name
        found[int(path.stem.removeprefix("walk_person"))] = file
    return found


def positions_m(file: TRCData) -> Float64:
    """Return the positions of the markers, (T, 25, 3)."""
    return np.array([file[marker] for marker in file["Markers"]]).swapaxes(0, 1)


def test_each_person_has_a_file_with_the_markers_in_the_room(tmp_path: Path) -> None:
    late = WAY.copy()
    late[[*range(6), 14, 15, *range(27, 30)]] = np.nan
    recording = projected(Walk(7, late), Walk(2, OTHER_WAY)).in_room(fov_deg=FOV_DEG)
    files = written(recording, tmp_path)
    assert sorted(files) == [2, 7]
    for motion in room_of(Blocks.of(recording)).motions():
        file = files[motion.id]
        assert file["Units"] == "m"
        assert file["DataRate"] == file["CameraRate"] == file["OrigDataRate"] == 30
        assert file["NumFrames"] == file["OrigNumFrames"] == len(motion.hips_m)
        assert file["NumMarkers"] == len(file["Markers"]) == 25
        assert file["OrigDataStartFrame"] == file["Frame#"][0] == motion.first_row + 1
        rows = np.arange(len(motion.hips_m)) + motion.first_row
        np.testing.assert_allclose(file["Time"], rows / 30, atol=WRITTEN)
        expected_m = motion.positions_m[:, MODEL_LANDMARKS]
        np.testing.assert_allclose(positions_m(file), expected_m, atol=WRITTEN)
    is_lost = np.isnan(positions_m(files[7])).all(axis=(1, 2))
    assert np.flatnonzero(is_lost).tolist() == [14 - 6, 15 - 6]


def test_missing_numbers_are_written_as_nan_and_no_cell_is_empty(tmp_path: Path) -> None:
    way = WAY.copy()
    way[14] = np.nan
    projected(Walk(1, way)).save(tmp_path / "walk_trc")
    lines = (tmp_path / "walk_trc" / "walk_person1.trc").read_text().splitlines()
    rows = [row.split("\t") for row in lines[6:]]
    assert {len(row) for row in rows} == {2 + 3 * 25}
    assert rows[14][2:] == ["NaN"] * 75
    assert all(cell for row in rows for cell in row)


def test_a_marker_is_on_the_side_of_its_landmark() -> None:
    sides = {"L": "left", "R": "right"}
    for marker, landmark in zip(MARKER_NAMES, LANDMARK_NAMES, strict=True):
        if marker != "Nose":
            assert sides[marker[0]] in landmark.split("_")
            part = marker[1:].lower().removesuffix("inner").removesuffix("outer")
            assert part in landmark or (marker[1:], landmark[-10:]) == ("BigToe", "foot_index")


def test_frames_of_no_constant_rate_are_resampled_with_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    random = np.random.default_rng(3)
    times_s = np.cumsum(random.uniform(0.8, 1.2, 30)) / 30
    recording = projected(Walk(1, WAY), times_s=times_s.tolist())
    with caplog.at_level(logging.WARNING):
        (file,) = written(recording, tmp_path).values()
    assert "walk.mp4 does not have a constant frame rate, which the format trc needs" in caplog.text
    assert np.ptp(np.diff(file["Time"])) < 3 * WRITTEN
    np.testing.assert_allclose(np.diff(file["Time"]), 1 / file["DataRate"], atol=2 * WRITTEN)
    assert not np.isnan(positions_m(file)).any()


def test_a_constant_rate_stays_without_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    times_s = (np.arange(30) / 29.97).round(3).tolist()
    with caplog.at_level(logging.WARNING):
        (file,) = written(projected(Walk(1, WAY), times_s=times_s), tmp_path).values()
    assert not caplog.records
    assert file["DataRate"] == pytest.approx(29.97, abs=0.01)
    assert file["NumFrames"] == 30


def test_frames_that_a_camera_left_out_are_no_gaps(tmp_path: Path) -> None:
    """OpenSim's inverse kinematics would stop there."""
    times_s = np.delete(np.arange(33), [7, 8, 20]) / 30
    (file,) = written(projected(Walk(1, WAY), times_s=times_s.tolist()), tmp_path).values()
    assert file["NumFrames"] == 33
    assert not np.isnan(positions_m(file)).any()


def test_two_people_who_swap_their_ids_have_whole_files(tmp_path: Path) -> None:
    one, other = WAY.copy(), OTHER_WAY.copy()
    one[15:], other[15:] = OTHER_WAY[15:], WAY[15:]
    recording = projected(Walk(1, one), Walk(2, other)).in_room(fov_deg=FOV_DEG)
    files = written(recording, tmp_path)
    for motion in room_of(Blocks.of(recording)).motions():
        assert not np.isnan(positions_m(files[motion.id])).any()
        assert files[motion.id]["NumFrames"] == 30


@pytest.mark.parametrize("count", [0, 1])
def test_nobody_is_an_empty_folder_and_one_frame_is_a_row(tmp_path: Path, count: int) -> None:
    way = np.full((3, 3), np.nan)
    way[1 : 1 + count] = WAY[:count]
    files = written(projected(Walk(1, way)), tmp_path)
    assert [file["NumFrames"] for file in files.values()] == [1] * count
    assert [file["Frame#"] for file in files.values()] == [[2]] * count


def test_photographs_have_no_motion_and_nothing_is_left(tmp_path: Path) -> None:
    photographs = Header("photos", images=tuple(f"{n}.jpg" for n in range(30)))
    with pytest.raises(RecordingError, match="photos is a recording of independent images"):
        projected(Walk(1, WAY), header=photographs).save(tmp_path / "walk_trc")
    assert [*tmp_path.iterdir()] == []


def test_a_file_of_another_program_in_the_folder_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "walk_trc"
    projected(Walk(1, WAY)).save(folder)
    projected(Walk(3, WAY)).save(folder)
    assert [path.name for path in folder.iterdir()] == ["walk_person3.trc"]
    (folder / "static.trc").touch()
    with pytest.raises(OSError, match=r"contains static\.trc, which no run wrote"):
        projected(Walk(3, WAY)).save(folder)
