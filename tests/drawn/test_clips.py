"""Drawn people move smoothly, and what stands on the floor does not slide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import numpy as np
import pytest

from benchmarks.drawn.body import Body, Shape
from benchmarks.drawn.motion import CLIP_S, CLIPS, Walk, clip, clips
from benchmarks.drawn.motion.figure import Figure
from benchmarks.drawn.motion.moving import stance_at
from benchmarks.drawn.motion.stance import bone_pose
from benchmarks.drawn.motion.terms import Side

if TYPE_CHECKING:
    from benchmarks.drawn.body import BonePose
    from benchmarks.drawn.motion.moment import Moment

pytestmark = pytest.mark.long  # many bodies move through whole clips

RATE_HZ = 25
# The hands of boxers reach 9 m/s.
FASTEST_M_S = 9.0
# Between two frames; a foot in a brisk walk reaches 5.5, and a limb that flips 10 and more.
FASTEST_CHANGE_M_S = 6.0
JOINTS = ("root", "head", "upperarm01", "lowerarm01", "wrist", "upperleg01", "lowerleg01", "foot")


@pytest.fixture(scope="module")
def figures() -> list[Figure]:
    shapes = (Shape(gender=0, weight=0.4), Shape(gender=1, weight=0.9, muscle=0.4))
    return [Figure(Body(shape)) for shape in shapes]


def check_speeds(figure: Figure, poses: list[BonePose]) -> None:
    indices = [
        number
        for number, name in enumerate(figure.rig.names)
        if name.removesuffix(".L").removesuffix(".R") in JOINTS
    ]
    heads_m = np.array([pose.heads_m[indices] for pose in poses])
    velocities = np.diff(heads_m, axis=0) * RATE_HZ
    assert np.linalg.norm(velocities, axis=2).max() < FASTEST_M_S
    assert np.linalg.norm(np.diff(velocities, axis=0), axis=2).max() < FASTEST_CHANGE_M_S


def check_feet(figure: Figure, moments: list[Moment], poses: list[BonePose]) -> None:
    """Check that the ball or heel of a standing foot moves by less than 4 mm a frame."""
    for side, number in ((Side.LEFT, 0), (Side.RIGHT, 1)):
        ball = figure.rig.index("toe2-1" + side.suffix)
        for i in range(len(moments) - 1):
            feet = [moment.feet[number] for moment in moments[i : i + 2]]
            stands = all(foot.lift < 1e-6 and foot.heel >= 0 for foot in feet)
            if stands and feet[0].across == pytest.approx(feet[1].across, abs=1e-6):
                moved_m = poses[i + 1].heads_m[ball] - poses[i].heads_m[ball]
                assert np.linalg.norm(moved_m) < 0.004, (i, side)


def test_dance_and_hiit_have_at_least_four_clips_each() -> None:
    assert set(CLIPS.values()) == {"dance", "hiit"}
    assert min(list(CLIPS.values()).count(activity) for activity in ("dance", "hiit")) >= 4


@pytest.mark.parametrize("name", CLIPS)
def test_a_clip_is_smooth_and_its_feet_do_not_slide(figures: list[Figure], name: str) -> None:
    for number, figure in enumerate(figures):
        motion = clips.suitable_motion(figure, name, np.random.default_rng([1, number]))
        moments = [motion(float(time_s)) for time_s in np.arange(0, CLIP_S, 1 / RATE_HZ)]
        poses = [bone_pose(figure, stance_at(figure, moment)) for moment in moments]
        check_speeds(figure, poses)
        check_feet(figure, moments, poses)


@pytest.mark.parametrize("name", CLIPS)
def test_nobody_is_below_the_floor_in_a_clip_and_only_jumps_leave_it(
    figures: list[Figure], name: str
) -> None:
    figure = figures[0]
    motion = clips.suitable_motion(figure, name, np.random.default_rng(2))
    for time_s in np.arange(0, CLIP_S, 0.1):
        moment = motion(float(time_s))
        pose = bone_pose(figure, stance_at(figure, moment))
        lowest_m = figure.posed_surface_m(pose)[:, 1].min()
        assert lowest_m > -0.01
        lifts = [foot.lift for foot in moment.feet]
        if min(lifts) < 1e-6:
            assert lowest_m < 0.01


def test_a_clip_is_the_same_again_with_the_same_seed() -> None:
    body = Body(Shape())
    one, other = (clip(body, "bounce", np.random.default_rng(3))(1.3) for _ in range(2))
    assert one.heads_m.tobytes() == other.heads_m.tobytes()
    assert one.rotations.tobytes() == other.rotations.tobytes()


def test_a_motion_that_never_suits_a_body_ends_with_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clips, "faults", lambda *_: ["the body is 3.0 cm below the floor"])
    with pytest.raises(click.ClickException, match="no variation of the motion 'squats' suits"):
        clip(Body(Shape()), "squats", np.random.default_rng(1))


@pytest.mark.parametrize("speed_m_s", [0.8, 1.3, 1.7])
def test_a_walk_follows_its_path_smoothly_on_feet_that_do_not_slide(speed_m_s: float) -> None:
    body = Body(Shape(gender=0.3))
    figure = Figure(body)
    corner = np.linspace(0, np.pi / 2, 12)
    points_m = np.stack([np.append(np.sin(corner), 4), np.append(2 - np.cos(corner), 2)], axis=1)
    walk = Walk(body, points_m, speed_m_s, np.random.default_rng(1))
    times_s = np.arange(-0.2, walk.duration_s + 0.3, 1 / RATE_HZ)
    moments = [walk.moment(float(time_s)) for time_s in times_s]
    poses = [walk(float(time_s)) for time_s in times_s]
    check_speeds(figure, poses)
    check_feet(figure, moments, poses)
    assert poses[0].heads_m[0, [0, 2]] == pytest.approx(points_m[0], abs=0.15)
    assert poses[-1].heads_m[0, [0, 2]] == pytest.approx(points_m[-1], abs=0.15)
    # At the end it leads to the person's start's left, +x.
    assert poses[-1].rotations[0] @ [0, 0, 1] == pytest.approx([1, 0, 0], abs=0.15)
    for pose in poses[::3]:
        assert abs(figure.posed_surface_m(pose)[:, 1].min()) < 0.012


def test_a_path_without_room_for_two_steps_is_refused() -> None:
    with pytest.raises(click.ClickException, match="no room for two steps"):
        Walk(Body(Shape()), [[0, 0], [0.2, 0]], 1.2, np.random.default_rng(1))


def test_a_speed_that_is_no_walk_is_refused() -> None:
    with pytest.raises(click.ClickException, match="nobody walks at 9 m/s"):
        Walk(Body(Shape()), [[0, 0], [9, 0]], 9, np.random.default_rng(1))
