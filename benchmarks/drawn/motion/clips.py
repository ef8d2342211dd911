"""One person who moves for four seconds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click
import numpy as np

from . import dance_clips, hiit_clips
from .faults import faults
from .figure import Figure
from .moving import stance_at
from .overlap import cones_of
from .stance import bone_pose

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..body import Body, BonePose
    from .keys import Keys, Motion
    from .moment import Leans, Moment

CLIP_S = 4.0

_KEYS: dict[str, tuple[str, Keys]] = {
    **{name: ("dance", keys) for name, keys in dance_clips.MOTIONS.items()},
    **{name: ("hiit", keys) for name, keys in hiit_clips.MOTIONS.items()},
}
CLIPS: dict[str, str] = {name: activity for name, (activity, _) in _KEYS.items()}

_TRIES = 30
# How often a motion is examined. Parts that touch between two of these moments are not found, but
# the fastest hand passes through no limb in so short a time.
_EXAMINED_EVERY_S = 0.2

# Deviations of one person's style from the motion: in degrees, of the tempo, and of the depth.
_TRUNK_DEG, _HEAD_DEG = 3.0, 5.0
_TEMPO, _DEPTH = 0.08, 0.06


def clip(body: Body, name: str, rng: np.random.Generator) -> Callable[[float], BonePose]:
    """Return the pose of a body at any time of a motion of CLIPS, in seconds from 0 to CLIP_S.

    Each person has a tempo and a style of their own, and may move in the mirror image.

    Raises:
        click.ClickException: No variation keeps the joints in range and the parts of the body
            apart and above the floor.
    """
    figure = Figure(body)
    motion = suitable_motion(figure, name, rng)
    return lambda time_s: bone_pose(figure, stance_at(figure, motion(time_s)))


def suitable_motion(figure: Figure, name: str, rng: np.random.Generator) -> Motion:
    """Return the first variation of a motion that has no faults; raises what `clip` raises."""
    motion = _KEYS[name][1].motion()
    found: list[str] = []
    for _ in range(_TRIES):
        varied = _Style.of(rng).motion(motion)
        found = _faults(figure, varied)
        if not found:
            return varied
    raise click.ClickException(
        f"no variation of the motion {name!r} suits the body ({'; '.join(found)}): "
        "choose another body or another motion"
    )


def _faults(figure: Figure, motion: Motion) -> list[str]:
    cones = cones_of(figure)
    for time_s in np.arange(0.0, CLIP_S, _EXAMINED_EVERY_S):
        found = faults(figure, cones, stance_at(figure, motion(float(time_s))))
        if found:
            return [f"{fault} after {time_s:.1f} s" for fault in found]
    return []


@dataclass(frozen=True)
class _Style:
    """How one person differs in all moments of a motion."""

    is_mirrored: bool
    tempo: float
    depth: float
    chest: Leans
    head: Leans

    @staticmethod
    def of(rng: np.random.Generator) -> _Style:
        tempo, depth = 1 + _TEMPO * rng.uniform(-1, 1), 1 + _DEPTH * rng.uniform(-1, 1)
        chest, head = _TRUNK_DEG * rng.normal(size=3), _HEAD_DEG * rng.normal(size=3)
        return _Style(bool(rng.random() < 0.5), tempo, depth, tuple(chest), tuple(head))

    def motion(self, motion: Motion) -> Motion:
        """Return the motion in this style."""

        def moment_at(time_s: float) -> Moment:
            moment = motion(time_s * self.tempo)
            return self._moment(moment.mirrored() if self.is_mirrored else moment)

        return moment_at

    def _moment(self, moment: Moment) -> Moment:
        to_left, height, ahead = moment.hips
        height = min(height, 1 - self.depth * (1 - height))
        return replace(
            moment,
            hips=(to_left, height, ahead),
            chest=_sum(moment.chest, self.chest),
            head=_sum(moment.head, self.head),
        )


def _sum(one: Leans, other: Leans) -> Leans:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]
