"""A rig moves as the person does whose landmarks it gets."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.support.dancers import OFFSETS_M, RATE_HZ, X, Y, Z, dance, dancer
from vitruvian.rig.joints import INDEX, NAMES
from vitruvian.rig.person import Rig, rig_of
from vitruvian.rig.rotations import angles_rad, transposed, turns


def rig(known: object) -> Rig:
    found = rig_of(known.motion(), RATE_HZ)
    assert found is not None
    return found


def test_joints_are_where_they_are_known_to_be() -> None:
    known = dance()
    found = rig(known)
    np.testing.assert_allclose(found.offsets_m, OFFSETS_M, atol=0.005)
    errors_m = np.linalg.norm(found.joints_m() - known.joints_m, axis=-1)
    assert errors_m.max() < 0.005


def test_rotations_are_those_that_are_known() -> None:
    known = dance(120)
    turned = np.rad2deg(angles_rad(transposed(known.rotations) @ rig(known).rotations))
    for name, largest in zip(NAMES, turned.max(axis=0), strict=True):
        assert largest < 8, name


@pytest.mark.parametrize(
    ("joint", "axis"),
    [
        ("Hips", Y), ("Hips", X), ("Head", Y), ("Neck", Z), ("LeftArm", Z),
        ("RightArm", Y), ("LeftForeArm", -Y), ("RightForeArm", Y),
        ("LeftHand", Z), ("LeftUpLeg", -X), ("RightUpLeg", Z), ("LeftLeg", X),
        ("RightLeg", X), ("LeftFoot", X),
    ],
)  # fmt: skip
def test_a_joint_that_is_held_rotated_is_found_rotated(joint: str, axis: np.ndarray) -> None:
    known = dancer({joint: turns(axis, np.full(20, 0.7))})
    turned = np.rad2deg(angles_rad(transposed(known.rotations) @ rig(known).rotations))
    assert turned.max() < 2


@pytest.mark.parametrize("angle", [-1.3, 0.7, 3.0])
def test_the_forearm_takes_a_part_of_the_twist_of_the_hand(angle: float) -> None:
    found = rig(dancer({"RightHand": turns(X, np.full(5, angle))})).rotations
    forearm, hand = found[:, INDEX["RightForeArm"]], found[:, INDEX["RightHand"]]
    expected = np.tile(turns(X, np.array(angle)), (5, 1, 1))
    np.testing.assert_allclose(forearm @ hand, expected, atol=0.02)  # all else is at rest
    share = turns(X, np.full(5, np.sin(angle) / 2))
    np.testing.assert_allclose(forearm, share, atol=0.02)


@pytest.mark.parametrize("side", ["Left", "Right"])
def test_a_straight_leg_is_turned_as_its_foot_is(side: str) -> None:
    found = rig(dancer({f"{side}Foot": turns(Y, np.full(30, 0.8))})).rotations
    thigh = np.tile(turns(Y, np.array(0.8)), (30, 1, 1))
    np.testing.assert_allclose(found[:, INDEX[f"{side}UpLeg"]], thigh, atol=0.2)


@pytest.mark.parametrize("axis", [X, Z])
def test_a_head_that_nods_or_tilts_is_rotated_in_the_room(axis: np.ndarray) -> None:
    found = rig(dancer({"Head": turns(axis, np.full(5, 0.7))})).rotations
    head = found[:, INDEX["Neck"]] @ found[:, INDEX["Head"]]  # all else is at rest
    np.testing.assert_allclose(head, np.tile(turns(axis, np.array(0.7)), (5, 1, 1)), atol=1e-9)


def test_a_chest_that_turns_twists_the_three_joints_of_the_spine_equally() -> None:
    found = rig(dancer({"Spine": turns(Y, np.full(5, 0.9))}))
    for name in ("Spine", "Spine1", "Spine2"):
        expected = np.tile(turns(Y, np.array(0.3)), (5, 1, 1))
        np.testing.assert_allclose(found.rotations[:, INDEX[name]], expected, atol=1e-9)


def test_an_upper_arm_is_twisted_as_the_bent_elbow_shows() -> None:
    known = dancer(
        {
            "LeftArm": turns(X, np.full(30, 1.2)),
            "LeftForeArm": turns(-Y, np.full(30, 1.4)),
        }
    )
    found = rig(known).rotations[:, INDEX["LeftArm"]]
    assert (
        np.rad2deg(angles_rad(transposed(known.rotations[:, INDEX["LeftArm"]]) @ found)).max() < 2
    )


def test_an_arm_that_is_straight_for_a_moment_does_not_flip() -> None:
    bends = np.abs(np.linspace(-1, 1, 60))
    bends[28:32] = np.radians((3, -3, -3, 3))  # beyond straight: the hinge points the other way
    found = rig(dancer({"LeftForeArm": turns(-Y, bends)}))
    steps = angles_rad(transposed(found.rotations[:-1]) @ found.rotations[1:])
    assert np.rad2deg(steps.max()) < 10


def test_only_frames_in_which_the_person_is_there_are_in_the_rig() -> None:
    motion = dance(missing=(0, 1, 20, 21, 22, 59)).motion()
    found = rig_of(replace(motion, first_row=100), RATE_HZ)
    assert found is not None
    assert found.rows.tolist() == [*range(102, 120), *range(123, 159)]
    assert np.isfinite(found.rotations).all()
    np.testing.assert_array_equal(found.root_m, motion.hips_m[found.rows - 100])


def test_a_person_who_is_in_no_frame_has_no_rig() -> None:
    assert rig_of(dance(3, missing=(0, 1, 2)).motion(), RATE_HZ) is None


def test_one_frame_is_a_pose() -> None:
    known = dance(1)
    np.testing.assert_allclose(rig(known).joints_m(), known.joints_m, atol=1e-6)


def test_landmarks_that_are_all_equal_are_a_rig_that_does_not_rotate() -> None:
    motion = dance(4).motion()
    found = rig_of(replace(motion, positions_m=np.ones((4, 33, 3))), RATE_HZ)
    assert found is not None
    np.testing.assert_allclose(found.rotations, np.broadcast_to(np.eye(3), (4, len(NAMES), 3, 3)))


def test_people_who_swap_places_jump() -> None:
    known = dance(40)
    known.root_m[20:] += (2, 0, 0)
    steps_m = np.linalg.norm(np.diff(rig(known).root_m, axis=0), axis=-1)
    assert steps_m[19] == pytest.approx(2, abs=0.1)
