"""glTF is read back by pygltflib, and moves as the rig does."""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from tests.support.animations import Scene
from tests.support.dancers import dance, filmed
from tests.support.recordings import recording
from vitruvian.analysis.room import room_of
from vitruvian.colors import color_of_id
from vitruvian.errors import OutputError, RecordingError
from vitruvian.formats import gltf
from vitruvian.recorded.blocks import Blocks
from vitruvian.recorded.header import Header
from vitruvian.rig.joints import NAMES, PREFIX
from vitruvian.rig.person import rig_of

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.recording import Recording


def written(made: Recording, folder: Path) -> Scene:
    made.save(folder / "dance.glb")
    return Scene(folder / "dance.glb")


def test_joints_move_as_the_rig_does(tmp_path: Path) -> None:
    made = filmed(dance(), dance(id=7))
    scene, room = written(made, tmp_path), room_of(Blocks.of(made))
    for motion in room.motions():
        rig = rig_of(motion, room.rate_hz)
        assert rig is not None
        found_m = scene.joints_m(f"person{motion.id}")
        np.testing.assert_allclose(found_m, rig.joints_m(), atol=1e-5)
        np.testing.assert_allclose(
            scene.times_s(f"person{motion.id}"), np.arange(60) / 30, atol=1e-6
        )


def test_joints_have_mixamos_names(tmp_path: Path) -> None:
    scene = written(filmed(dance(2)), tmp_path)
    assert scene.joint_names("person1") == [PREFIX + name for name in NAMES]


def test_the_skin_is_at_rest_in_the_rest_pose(tmp_path: Path) -> None:
    """Joints in the rest pose, times the inverse bind matrices, leave the mesh as it is."""
    scene = written(filmed(dance(2)), tmp_path)
    for matrix in scene.skin_at_rest("person1"):
        np.testing.assert_allclose(matrix, np.eye(4), atol=1e-6)


def test_the_body_surrounds_the_bones_and_follows_them(tmp_path: Path) -> None:
    scene = written(filmed(dance(2)), tmp_path)
    vertices_m, normals, joints, weights = scene.surface("person1")
    np.testing.assert_allclose(np.linalg.norm(normals, axis=1), 1, atol=1e-6)
    np.testing.assert_allclose(weights.sum(axis=1), 1, atol=1e-6)
    assert 1.6 < np.ptp(vertices_m[:, 1]) < 1.85  # as tall as the person
    assert vertices_m[:, 1].min() > -0.02  # who stands on the floor
    foot = vertices_m[joints[:, 0] == NAMES.index("LeftFoot")]
    assert foot[:, 1].max() < 0.2
    assert foot[:, 0].min() > 0


def test_triangles_face_outwards(tmp_path: Path) -> None:
    scene = written(filmed(dance(2)), tmp_path)
    corners_m = scene.triangles_m("person1")
    outwards = np.cross(corners_m[:, 1] - corners_m[:, 0], corners_m[:, 2] - corners_m[:, 0])
    # By the theorem of Gauss, of the field whose value is the place.
    volume_m3 = (outwards * corners_m[:, 0]).sum() / 6
    assert 0.04 < volume_m3 < 0.12  # a person has some 0.07


def test_everybody_has_the_colour_of_the_annotated_video(tmp_path: Path) -> None:
    scene = written(filmed(dance(2), dance(2, id=2)), tmp_path)
    for identity in (1, 2):
        *linear, opacity = scene.color(f"person{identity}")
        srgb = np.where(
            np.array(linear) <= 0.0031308,
            12.92 * np.array(linear),
            1.055 * np.array(linear) ** (1 / 2.4) - 0.055,
        )
        np.testing.assert_allclose(255 * srgb, color_of_id(identity), atol=0.01)
        assert opacity == 1


def test_a_frame_in_which_the_person_is_missing_has_no_key(tmp_path: Path) -> None:
    missing = (0, 1, 30, 31, 59)
    scene = written(filmed(dance(missing=missing), dance(id=2)), tmp_path)
    known = sorted({*range(60)} - {*missing})
    np.testing.assert_allclose(scene.times_s("person1") * 30, known, atol=1e-4)


def test_a_person_who_is_not_there_has_no_size(tmp_path: Path) -> None:
    missing = (0, 1, *range(20, 40), 50, 51, 59)  # two frames are moved through
    scene = written(filmed(dance(missing=missing), dance(id=2)), tmp_path)
    times_s, sizes = scene.sizes("person1")
    np.testing.assert_allclose(times_s * 30, (0, 2, 20, 40, 59), atol=1e-4)
    np.testing.assert_array_equal(sizes, np.repeat([[0], [1], [0], [1], [0]], 3, axis=1))
    assert scene.sizes("person2") is None


def test_rotations_take_the_short_way(tmp_path: Path) -> None:
    scene = written(filmed(dance()), tmp_path)
    for name in ("Hips", "LeftForeArm", "RightLeg"):
        found = scene.rotations("person1", name)
        assert ((found[1:] * found[:-1]).sum(axis=1) > 0.9).all()
        assert np.abs(Rotation.from_quat(found).magnitude()).max() > 0.1


def test_one_frame_is_one_pose(tmp_path: Path) -> None:
    assert written(filmed(dance(1)), tmp_path).joints_m("person1").shape == (1, len(NAMES), 3)


def test_nobody_is_an_empty_scene(tmp_path: Path) -> None:
    recording([0, 0]).save(tmp_path / "empty.glb")
    content = (tmp_path / "empty.glb").read_bytes()
    assert len(content) == struct.unpack_from("<I", content, 8)[0]
    document = json.loads(content[20:])
    assert document["scenes"] == [{}]
    assert "buffers" not in document


def test_photographs_have_no_motion(tmp_path: Path) -> None:
    header = Header("photos", images=("a.jpg", "b.jpg"))
    with pytest.raises(RecordingError, match="independent images"):
        recording([1, 1], header).save(tmp_path / "photos.glb")
    assert [*tmp_path.iterdir()] == []


def test_a_file_that_the_format_does_not_permit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gltf, "_MAX_BYTES", 100_000)
    with pytest.raises(OutputError, match="choose another format, or a part of the video"):
        filmed(dance()).save(tmp_path / "dance.glb")
    assert [*tmp_path.iterdir()] == []
