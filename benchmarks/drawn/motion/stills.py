"""One person in one pose, standing on the floor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from . import dance, hiit, yoga
from .faults import faults
from .figure import Figure
from .floor import floating, settled
from .overlap import cones_of
from .rotations import FORWARD, OUT
from .solver import stance_of
from .stance import Stance, bone_pose
from .touch import touching
from .variation import varied

if TYPE_CHECKING:
    import numpy as np

    from ..body import Body, BonePose
    from .terms import Pose

TERMS: dict[str, dict[str, Pose]] = {
    "yoga": yoga.POSES,
    "dance": dance.POSES,
    "hiit": hiit.POSES,
}
POSES: dict[str, tuple[str, ...]] = {activity: tuple(poses) for activity, poses in TERMS.items()}

# Most variations are right at once. Of the worst pose on the worst body every fifth is, and then
# one person in a thousand needs more tries.
_TRIES = 30


def still(body: Body, activity: str, name: str, rng: np.random.Generator) -> BonePose:
    """Return a pose of POSES for a body, varied, on the floor, with the pelvis above the origin.

    Raises:
        click.ClickException: No variation keeps the joints in range and the parts of the body
            apart and above the floor.
    """
    figure = Figure(body)
    stance = suitable_stance(figure, activity, name, rng)
    return bone_pose(figure, stance.moved(-stance.root_m * (OUT + FORWARD)))


def suitable_stance(figure: Figure, activity: str, name: str, rng: np.random.Generator) -> Stance:
    """Return the first variation of a pose that has no faults; raises what `still` raises."""
    cones = cones_of(figure)
    found: list[str] = []
    for _ in range(_TRIES):
        pose = varied(TERMS[activity][name], rng)
        stance = placed(figure, pose)
        found = faults(figure, cones, stance) + floating(figure, stance, pose)
        if not found:
            return stance
    raise click.ClickException(
        f"no variation of the {activity} pose {name!r} suits the body ({'; '.join(found)}): "
        "choose another body or another pose"
    )


def placed(figure: Figure, pose: Pose) -> Stance:
    """Return a pose of a body on the floor, with hands and feet where they touch it."""
    return touching(figure, settled(figure, stance_of(figure, pose), pose), pose)
