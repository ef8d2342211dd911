"""BVH is read back by bvhio and by bvh, and has the joints where the rig has them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from bvh import Bvh
from scipy.spatial.transform import Rotation

from tests.support.animations import BVH_JOINTS, bvh_joints_m
from tests.support.dancers import OFFSETS_M, X, Y, dance, dancer, filmed
from tests.support.recordings import recording
from vitruvian.analysis.room import room_of
from vitruvian.errors import RecordingError
from vitruvian.formats.bvh import is_file_name
from vitruvian.recorded.blocks import Blocks
from vitruvian.recorded.header import Header
from vitruvian.rig.joints import ENDS, NAMES, PREFIX
from vitruvian.rig.person import rig_of
from vitruvian.rig.rotations import turns

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.recording import Recording


def rigs_of(made: Recording) -> dict[int, object]:
    room = room_of(Blocks.of(made))
    return {motion.id: rig_of(motion, room.rate_hz) for motion in room.motions()}


def written(made: Recording, folder: Path) -> list[Path]:
    made.save(folder / "dance_bvh")
    return sorted((folder / "dance_bvh").iterdir())


def test_bvhio_finds_the_joints_where_the_rig_has_them(tmp_path: Path) -> None:
    made = filmed(dance(), dance(id=7))
    paths = written(made, tmp_path)
    assert [path.name for path in paths] == ["dance_person1.bvh", "dance_person7.bvh"]
    for path, rig in zip(paths, rigs_of(made).values(), strict=True):
        places_m = rig.joints_m()[:, [NAMES.index(name) for name in BVH_JOINTS]]
        np.testing.assert_allclose(bvh_joints_m(path), places_m, atol=1e-4)


def test_joints_are_where_the_person_is_known_to_be(tmp_path: Path) -> None:
    known = dance()
    (path,) = written(filmed(known), tmp_path)
    places_m = bvh_joints_m(path)
    from_hips_m = places_m - places_m[:, :1]
    known_m = known.joints_m[:, [NAMES.index(name) for name in BVH_JOINTS]]
    np.testing.assert_allclose(from_hips_m, known_m - known_m[:, :1], atol=0.01)


def test_bvh_finds_names_offsets_channels_and_the_rate(tmp_path: Path) -> None:
    (path,) = written(filmed(dance(), rate_hz=50), tmp_path)
    file = Bvh(path.read_text())
    assert file.get_joints_names() == [PREFIX + name for name in BVH_JOINTS]
    assert file.nframes == 60
    assert file.frame_time == pytest.approx(1 / 50)
    assert file.joint_channels("mixamorig:Hips") == [
        "Xposition", "Yposition", "Zposition", "Zrotation", "Xrotation", "Yrotation"
    ]  # fmt: skip
    for name in BVH_JOINTS[1:]:
        assert file.joint_channels(PREFIX + name) == ["Zrotation", "Xrotation", "Yrotation"]
        offset_cm = 100 * OFFSETS_M[NAMES.index(name)]
        np.testing.assert_allclose(file.joint_offset(PREFIX + name), offset_cm, atol=0.5)
    assert file.joint_parent("mixamorig:LeftArm").name == "mixamorig:LeftShoulder"
    assert path.read_text().count("End Site") == len(ENDS)


def test_channels_continue_each_other_where_an_angle_passes_180_degrees(tmp_path: Path) -> None:
    spinning = dancer({"Hips": turns(Y, np.linspace(0, 12, 90))})
    (path,) = written(filmed(spinning), tmp_path)
    file = Bvh(path.read_text())
    angles_deg = np.array(file.frames_joint_channels("mixamorig:Hips", ["Yrotation"]))[:, 0]
    np.testing.assert_allclose(np.diff(angles_deg), np.rad2deg(12 / 89), atol=0.5)


def test_a_missing_person_is_on_the_line_between_the_frames_around(tmp_path: Path) -> None:
    known = dancer(
        {"LeftUpLeg": turns(-X, np.linspace(0.2, 0.8, 40))}, id=2, missing=(0, *range(10, 20), 39)
    )
    (path,) = written(filmed(known), tmp_path)
    file = Bvh(path.read_text())
    assert file.nframes == 38  # from the first to the last frame of the person
    angles_deg = np.array(file.frames_joint_channels("mixamorig:LeftUpLeg", ["Xrotation"]))[:, 0]
    np.testing.assert_allclose(np.diff(angles_deg), -np.rad2deg(0.6 / 39), atol=0.02)


def test_the_rotations_of_a_known_pose_are_in_the_order_z_x_y(tmp_path: Path) -> None:
    pose = Rotation.from_euler("ZXY", (20, -35, 50), degrees=True).as_matrix()
    (path,) = written(filmed(dancer({"Hips": np.tile(pose, (9, 1, 1))})), tmp_path)
    file = Bvh(path.read_text())
    channels = ("Zrotation", "Xrotation", "Yrotation")
    found = [file.frame_joint_channel(4, "mixamorig:Hips", channel) for channel in channels]
    np.testing.assert_allclose(found, (20, -35, 50), atol=0.01)


def test_one_frame_is_one_pose(tmp_path: Path) -> None:
    (path,) = written(filmed(dance(1)), tmp_path)
    assert bvh_joints_m(path).shape == (1, len(BVH_JOINTS), 3)


def test_nobody_is_a_folder_without_files(tmp_path: Path) -> None:
    assert written(recording([0, 0]), tmp_path) == []


def test_photographs_have_no_motion(tmp_path: Path) -> None:
    header = Header("photos", images=("a.jpg", "b.jpg"))
    with pytest.raises(RecordingError, match="independent images"):
        recording([1, 1], header).save(tmp_path / "photos_bvh")
    assert [*tmp_path.iterdir()] == []


def test_only_files_that_were_written_are_replaced() -> None:
    assert is_file_name("my_dance_person12.bvh")
    assert not is_file_name("my_person.bvh")


def test_frames_without_a_constant_rate_are_resampled_with_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    made = filmed(dance())
    times_s = np.arange(60) / 30 + np.where(np.arange(60) % 2, 0.008, 0)
    made = replace(made, timestamps_s=times_s)
    (path,) = written(made, tmp_path)
    assert "does not have a constant frame rate, which the format bvh needs" in caplog.text
    (rig,) = rigs_of(made).values()
    places_m = rig.joints_m()[:, [NAMES.index(name) for name in BVH_JOINTS]]
    np.testing.assert_allclose(bvh_joints_m(path), places_m, atol=1e-4)
