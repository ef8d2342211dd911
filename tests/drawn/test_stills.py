"""Drawn people stand where they should, and as people can."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

import click
import numpy as np
import pytest

from benchmarks.drawn.body import Body, Shape
from benchmarks.drawn.motion import POSES, still, stills
from benchmarks.drawn.motion.figure import Figure
from benchmarks.drawn.motion.joints import joint_angles_deg
from benchmarks.drawn.motion.limits import excess_deg
from benchmarks.drawn.motion.overlap import cones_of, overlaps_m
from benchmarks.drawn.motion.stance import bone_pose
from benchmarks.drawn.motion.terms import Contact, Side
from tests.support.sample import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.drawn.body import BonePose
    from benchmarks.drawn.motion.stance import Stance

SHAPES = (
    Shape(gender=0, weight=0.3),
    Shape(gender=1, weight=1, muscle=0.3),
    Shape(gender=0.1, age=0.9, weight=0.9, height=0.2),
    Shape(gender=0.5, age=0),
    Shape(gender=1, muscle=1, height=1),
)
NAMES = [(activity, name) for activity, names in POSES.items() for name in names]
FLOOR_TOLERANCE_M = 0.01


@cache
def figure(number: int) -> Figure:
    return Figure(Body(SHAPES[number]))


@cache
def stance(activity: str, name: str, number: int) -> Stance:
    """Return a variation of a pose for a body."""
    rng = np.random.default_rng([1, number])
    return stills.suitable_stance(figure(number), activity, name, rng)


def variations(activity: str, name: str) -> Iterator[tuple[Figure, Stance, BonePose]]:
    """Yield a pose for each body."""
    for number in range(len(SHAPES)):
        varied = stance(activity, name, number)
        yield figure(number), varied, bone_pose(figure(number), varied)


def test_each_activity_has_at_least_twelve_poses() -> None:
    assert set(POSES) == {"yoga", "dance", "hiit"}
    assert min(len(set(names)) for names in POSES.values()) >= 12


@pytest.mark.parametrize(("activity", "name"), NAMES)
def test_the_lowest_skin_is_on_the_floor_unless_the_pose_is_a_jump(
    activity: str, name: str
) -> None:
    terms = stills.TERMS[activity][name]
    for body, _, pose in variations(activity, name):
        lowest_m = body.posed_surface_m(pose)[:, 1].min()
        if terms.jump:
            assert lowest_m > 0.03
        else:
            assert abs(lowest_m) <= FLOOR_TOLERANCE_M


@pytest.mark.parametrize(("activity", "name"), NAMES)
def test_hands_and_feet_are_on_the_floor_where_the_pose_says_so(activity: str, name: str) -> None:
    terms = stills.TERMS[activity][name]
    for body, _, pose in variations(activity, name):
        lowest_m = {
            part: [
                body.posed_surface_m(pose, f"{side.name.lower()} {part}")[:, 1].min()
                for side in Side
            ]
            for part in ("foot", "toes", "hand", "shank")
        }
        flat = sum(terms.leg(side).foot.contact is Contact.FLAT for side in Side)
        ball = sum(terms.leg(side).foot.contact is Contact.BALL for side in Side)
        palms = sum(terms.arm(side).planted for side in Side)
        knees = sum(terms.leg(side).kneels for side in Side)
        # The pose may be mirrored, so parts are counted, not named.
        for part, count in (
            ("foot", flat),
            ("toes", flat + ball),
            ("hand", palms),
            ("shank", knees),
        ):
            on_floor = [abs(height_m) <= FLOOR_TOLERANCE_M for height_m in lowest_m[part]]
            assert sum(on_floor) >= count, (part, lowest_m[part])


@pytest.mark.parametrize(("activity", "name"), NAMES)
def test_soles_and_palms_on_the_floor_lie_flat(activity: str, name: str) -> None:
    terms = stills.TERMS[activity][name]
    for _, posed, _ in variations(activity, name):
        flat = sum(terms.leg(side).foot.contact is Contact.FLAT for side in Side)
        level = [abs(posed.legs[side].end[1, 1] - 1) < 1e-9 for side in Side]
        assert sum(level) >= flat


def test_joints_are_in_their_ranges_in_two_hundred_poses() -> None:
    poses = [(activity, name, number) for activity, name in NAMES for number in range(len(SHAPES))]
    assert len(poses) >= 190
    for activity, name, number in poses:
        varied = stance(activity, name, number)
        angles = joint_angles_deg(figure(number), varied)
        assert all(excess_deg(joint, angle) <= 2 for joint, angle in angles.items()), (name, angles)
        for limb in (*varied.arms.values(), *varied.legs.values()):
            assert abs(limb.axis @ limb.first) < 1e-6
            assert abs(limb.axis @ limb.second) < 1e-6


@pytest.mark.parametrize(("activity", "name"), NAMES)
def test_no_part_of_the_body_is_inside_another(activity: str, name: str) -> None:
    for body, _, pose in variations(activity, name):
        assert overlaps_m(body, cones_of(body), pose) == {}


@pytest.mark.parametrize(("activity", "name"), NAMES[::5])
def test_bones_keep_their_lengths(activity: str, name: str) -> None:
    for body, _, pose in variations(activity, name):
        children = np.array(body.rig.parents) >= 0
        parents = np.array(body.rig.parents)[children]
        lengths_m = [
            np.linalg.norm(heads_m[children] - heads_m[parents], axis=1)
            for heads_m in (pose.heads_m, body.rig.heads_m)
        ]
        assert lengths_m[0] == pytest.approx(lengths_m[1], abs=1e-9)


def test_the_pelvis_is_above_the_origin() -> None:
    pose = still(Body(SHAPES[0]), "yoga", "triangle", np.random.default_rng(3))
    assert pose.heads_m[0, [0, 2]] == pytest.approx([0, 0], abs=1e-12)


def test_another_seed_varies_the_pose() -> None:
    body = Body(SHAPES[0])
    one, other = (still(body, "hiit", "squat", np.random.default_rng(seed)) for seed in (1, 2))
    assert np.abs(one.heads_m - other.heads_m).max() > 0.01


_DIGEST = """
import hashlib, numpy as np
from benchmarks.drawn.body import Body, Shape
from benchmarks.drawn.motion import POSES, clip, still
body, digest = Body(Shape(gender=0.2)), hashlib.sha256()
for activity in POSES:
    for name in POSES[activity][::6]:
        pose = still(body, activity, name, np.random.default_rng([4, 2]))
        digest.update(pose.rotations.tobytes() + pose.heads_m.tobytes())
digest.update(clip(body, "spin", np.random.default_rng(5))(1.2).heads_m.tobytes())
print(digest.hexdigest())
"""


@pytest.mark.long
def test_poses_are_the_same_to_the_byte_on_one_thread_and_on_two() -> None:
    digests = set()
    for threads in ("1", "2"):
        names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
        environment = os.environ | dict.fromkeys(names, threads) | {"PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", _DIGEST]
        ran = subprocess.run(command, env=environment, capture_output=True, check=True, cwd=ROOT)
        digests.add(ran.stdout)
    assert len(digests) == 1


def test_a_pose_that_never_suits_a_body_ends_with_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stills, "faults", lambda *_: ["left knee bend is 9 degrees out"])
    with pytest.raises(click.ClickException, match="no variation of the yoga pose 'tree' suits"):
        still(Body(SHAPES[0]), "yoga", "tree", np.random.default_rng(1))
