"""What several people do in a video: they cross, are occluded, leave and come back, or are cut.

Everybody has a lane of depth of their own, so nobody walks into somebody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .motion import CLIPS, Walk, clip
from .people import moved
from .picture.materials import color, plain
from .picture.shapes import box

if TYPE_CHECKING:
    from collections.abc import Callable

    from .body import Body, BonePose
    from .picture.mesh import Mesh

    PoseAt = Callable[[float], BonePose]

STORY_S = 6.0
_LANE_M = 0.85  # between two lanes: more than the reach of an arm that swings
_SIDE_M = 2.1  # from the middle to where people come from
_AWAY_M = 3.2  # from the middle to where nobody is seen
_TURN_M = 0.4  # the radius of a turn


@dataclass(frozen=True)
class Walking:
    """Somebody who walks.

    Attributes:
        points_m: x and z of the path.
        speed_m_s: of the walk.
        starts_s: when; a negative time is before the story.
    """

    points_m: tuple[tuple[float, float], ...]
    speed_m_s: float
    starts_s: float = 0.0

    def pose_at(self, body: Body, rng: np.random.Generator) -> PoseAt:
        """Return the pose of a body at any time of the story."""
        walk = Walk(body, self.points_m, self.speed_m_s, rng)
        return lambda time_s: walk(time_s - self.starts_s)


@dataclass(frozen=True)
class Training:
    """Somebody who dances or trains.

    Attributes:
        x_m: where.
        z_m: where.
    """

    x_m: float
    z_m: float

    def pose_at(self, body: Body, rng: np.random.Generator) -> PoseAt:
        """Return the pose of a body at any time of the story."""
        names = tuple(CLIPS)
        motion = clip(body, names[int(rng.integers(len(names)))], rng)
        yaw_rad = float(rng.normal(0, np.radians(35)))
        return lambda time_s: moved(motion(time_s), yaw_rad, self.x_m, self.z_m)


@dataclass(frozen=True)
class Story:
    """What happens between two cuts.

    Attributes:
        duration_s: how long it takes.
        parts: what each person does.
        is_left: whether somebody leaves the image, which shows only where people are at first.
        pillar_m: the width of a pillar in front of everybody; 0 is none.
    """

    duration_s: float
    parts: tuple[Walking | Training, ...]
    is_left: bool = False
    pillar_m: float = 0.0

    def things(self, rng: np.random.Generator) -> list[Mesh]:
        """Return what the story needs in the scene."""
        if not self.pillar_m:
            return []
        where_m = rng.uniform(-0.4, 0.4), 0.0, _LANE_M
        return [box(where_m, (self.pillar_m, 3.5, 0.25), plain(color(rng)))]


def crossing(rng: np.random.Generator, people: int, duration_s: float = STORY_S) -> list[Story]:
    """Return people who walk past each other, from either side; all meet about half-way."""
    parts = []
    for lane in range(people):
        from_m = _SIDE_M * (1 if lane % 2 else -1)
        speed_m_s, z_m = rng.uniform(0.8, 1.2), -_LANE_M * lane
        starts_s = duration_s / 2 - _SIDE_M / speed_m_s + rng.uniform(-0.4, 0.4)
        parts.append(Walking(((from_m, z_m), (-from_m, z_m)), speed_m_s, starts_s))
    return [Story(duration_s, tuple(parts))]


def occluded(rng: np.random.Generator, people: int) -> list[Story]:
    """Return people who walk past each other behind a pillar."""
    (story,) = crossing(rng, people)
    return [Story(story.duration_s, story.parts, pillar_m=rng.uniform(0.35, 0.6))]


def leaving(rng: np.random.Generator, people: int) -> list[Story]:
    """Return a person who leaves the image and comes back, while the others stay."""
    side = 1 if rng.random() < 0.5 else -1
    turn_rad = np.linspace(np.pi / 2, -np.pi / 2, 9)
    turn_m = zip(
        side * (_AWAY_M + _TURN_M * np.cos(turn_rad)), _TURN_M * (np.sin(turn_rad) - 1), strict=True
    )
    back_m = side * rng.uniform(-0.5, 0.3), -2 * _TURN_M
    path_m = ((0.0, 0.0), *((float(x), float(z)) for x, z in turn_m), back_m)
    others = [
        Training(rng.uniform(-0.9, 0.9), -2 * _TURN_M - 1.5 * _LANE_M * number)
        for number in range(1, people)
    ]
    return [Story(STORY_S, (Walking(path_m, 1.4), *others), is_left=True)]


def cut(rng: np.random.Generator, people: int) -> list[Story]:
    """Return people who cross, and then others who do so elsewhere."""
    return [story for _ in range(2) for story in crossing(rng, people, STORY_S / 2)]


STORIES: dict[str, Callable[[np.random.Generator, int], list[Story]]] = {
    "crossing": crossing,
    "occluded": occluded,
    "leaving": leaving,
    "cut": cut,
}
