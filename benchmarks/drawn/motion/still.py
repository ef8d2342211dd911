"""One person in one pose, standing on the floor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from . import dance, hiit, yoga
from .figure import Figure
from .floor import settled
from .rotations import FORWARD, OUT
from .solver import stance_of
from .stance import bone_pose
from .variation import varied

if TYPE_CHECKING:
    import numpy as np

    from ..body import Body, BonePose

_POSES = {"yoga": yoga.POSES, "dance": dance.POSES, "hiit": hiit.POSES}
POSES: dict[str, tuple[str, ...]] = {activity: tuple(poses) for activity, poses in _POSES.items()}


def still(body: Body, activity: str, name: str, rng: np.random.Generator) -> BonePose:
    """Return a pose of POSES for a body, varied, on the floor, with the pelvis above the origin."""
    figure = Figure(body)
    pose = varied(_POSES[activity][name], rng)
    stance = settled(figure, stance_of(figure, pose), pose)
    beside_m = stance.root_m * (OUT + FORWARD)
    return bone_pose(figure, stance.moved(-beside_m))
