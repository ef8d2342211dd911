"""Parts of a drawn body that are inside each other are found."""

from __future__ import annotations

import pytest

from benchmarks.drawn.body import Body, Shape, rest_pose
from benchmarks.drawn.motion.figure import Figure
from benchmarks.drawn.motion.overlap import cones_of, overlaps_m
from benchmarks.drawn.motion.stance import bone_pose
from benchmarks.drawn.motion.stills import placed
from benchmarks.drawn.motion.terms import Arm, Leg, Near, Pose, flat


@pytest.fixture(scope="module")
def figure() -> Figure:
    return Figure(Body(Shape()))


def names_of_overlaps(figure: Figure, pose: Pose) -> set[str]:
    bones = bone_pose(figure, placed(figure, pose))
    return {part for pair in overlaps_m(figure, cones_of(figure), bones) for part in pair}


def test_a_body_at_rest_has_none(figure: Figure) -> None:
    assert overlaps_m(figure, cones_of(figure), rest_pose(figure.rig)) == {}


def test_a_hand_in_the_head_is_found(figure: Figure) -> None:
    arm = Arm((1, 0.3, 0), (-1, 0.5, 0), wrist=Near("head", (0.05, 0.12, 0)))
    assert {"head", "left hand"} <= names_of_overlaps(figure, Pose(arms=arm))


def test_a_forearm_in_the_belly_is_found(figure: Figure) -> None:
    arm = Arm((0.3, -1, -0.2), (-1, 0, 0.3), wrist=Near("chest", (-0.1, -0.5, 0.05)))
    assert "left forearm" in names_of_overlaps(figure, Pose(arms=arm))


def test_crossed_legs_in_one_plane_are_found(figure: Figure) -> None:
    legs = Leg((-0.3, -1, 0), foot=flat(out=0))
    assert {"left shank", "right shank"} <= names_of_overlaps(figure, Pose(legs=legs))
