"""Formats of people in the room, read back with the libraries of their users."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ezc3d
import numpy as np
from bvh import Bvh
from trc import TRCData

from tests.support.animations import BVH_JOINTS, Scene, bvh_joints_m
from tests.support.opensim import opensim_or_skip
from tests.support.rrd import rerun, rows_of
from tests.tolerances import WRITTEN
from vitruvian.analysis.angles import angles_3d
from vitruvian.analysis.room import Room, RoomMotion, room_of
from vitruvian.formats.markers import MODEL_LANDMARKS
from vitruvian.recorded.blocks import Blocks
from vitruvian.rig.joints import NAMES
from vitruvian.rig.person import Rig, rig_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from vitruvian.recording import Recording

_READ_BACK_M = 1e-3  # what the files of animators promise


def motions_of(made: Recording) -> tuple[Room, list[RoomMotion]]:
    room = room_of(Blocks.of(made))
    return room, [*room.motions()]


def rigs_of(made: Recording) -> Iterator[Rig]:
    room, motions = motions_of(made)
    for motion in motions:
        rig = rig_of(motion, room.rate_hz)
        if rig is not None:
            yield rig


def file_of(folder: Path, id_: int) -> Path:
    (path,) = folder.glob(f"*_person{id_}.*")
    return path


def read_trc(path: Path, made: Recording) -> None:
    room, motions = motions_of(made)
    assert len([*path.iterdir()]) == len(motions)
    for motion in motions:
        file = TRCData()
        file.load(file_of(path, motion.id))
        found_m = np.array([file[marker] for marker in file["Markers"]]).swapaxes(0, 1)
        expected_m = motion.positions_m[:, MODEL_LANDMARKS]
        np.testing.assert_allclose(found_m, expected_m, atol=WRITTEN)
        rows = motion.first_row + np.arange(len(expected_m))
        times_s = room.start_s + rows / room.rate_hz
        np.testing.assert_allclose(file["Time"], times_s, atol=WRITTEN)


def read_mot(path: Path, made: Recording) -> None:
    opensim = opensim_or_skip()
    for file in path.iterdir():
        storage, table = opensim.Storage(str(file)), opensim.TimeSeriesTable(str(file))
        assert storage.isInDegrees()
        assert storage.getSize() == table.getNumRows() > 0
        is_person = made.ids == int(file.stem.rpartition("person")[2])
        angles = angles_3d(made.pose_world_landmarks[is_person], made.visibility[is_person])
        if "knee_angle_l" in table.getColumnLabels():
            found = table.getDependentColumn("knee_angle_l").to_numpy()
            known = angles["left_knee_flexion_3d_deg"]
            for extreme in (np.nanmin, np.nanmax):  # rows may be resampled
                np.testing.assert_allclose(extreme(found), extreme(known), atol=1)


def read_c3d(path: Path, made: Recording) -> None:
    room, motions = motions_of(made)
    points = ezc3d.c3d(str(path))["data"]["points"]
    positions_mm = points[:3].transpose(2, 1, 0).reshape(room.rows, len(motions), 33, 3)
    for number, motion in enumerate(motions):
        rows = slice(motion.first_row, motion.first_row + len(motion.hips_m))
        expected_mm = (1000 * motion.positions_m).astype(np.float32)
        np.testing.assert_array_equal(positions_mm[rows, number], expected_mm)


def read_bvh(path: Path, made: Recording) -> None:
    joints = [NAMES.index(name) for name in BVH_JOINTS]
    for rig in rigs_of(made):
        file = file_of(path, rig.id)
        frames = rig.rows - rig.rows[0]
        found_m = bvh_joints_m(file)[frames]
        np.testing.assert_allclose(found_m, rig.joints_m()[:, joints], atol=_READ_BACK_M)
        assert Bvh(file.read_text()).nframes == frames[-1] + 1


def read_glb(path: Path, made: Recording) -> None:
    scene = Scene(path)
    for rig in rigs_of(made):
        found_m = scene.joints_m(f"person{rig.id}")
        np.testing.assert_allclose(found_m, rig.joints_m(), atol=_READ_BACK_M)


def read_rrd(path: Path, made: Recording) -> None:
    done = rerun(path.parent / "home", "rrd", "verify", path)
    assert done.returncode == 0, done.stderr
    rows = rows_of(path)
    assert rows["/video", "VideoStream:sample"].frames == made.frames.tolist()
    for id_ in np.unique(made.ids).tolist():
        found = rows[f"/video/person{id_}", "Points2D:positions"]
        points = dict(zip(found.frames, found.values, strict=True))
        for result in made:
            if id_ in result.ids:
                (landmarks_px,) = result.landmarks_px[result.ids == id_, :, :2]
                np.testing.assert_allclose(points[result.index], landmarks_px, rtol=1e-6, atol=1e-4)
    for motion in motions_of(made)[1]:
        found = rows[f"/room/person{motion.id}", "Points3D:positions"]
        known_m = motion.positions_m[np.isfinite(motion.hips_m).all(axis=1)]
        found_m = [points for points in found.values if points]
        np.testing.assert_allclose(found_m, known_m, rtol=1e-6, atol=WRITTEN)


MOVEMENT: dict[str, Callable[[Path, Recording], None]] = {
    "trc": read_trc,
    "mot": read_mot,
    "c3d": read_c3d,
    "bvh": read_bvh,
    "glb": read_glb,
    "rrd": read_rrd,
}
