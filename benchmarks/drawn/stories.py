"""What several people do in a video: they cross, are occluded, leave and come back, or are cut.

Each has a lane of depth of their own, so nobody walks into somebody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import motion
from .picture.materials import color, plain
from .picture.shapes import box

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from .picture.mesh import Mesh

    Path = tuple[tuple[float, float, float], ...]

STORY_S = 6.0
WALK = "walk"
_LANE_M = 0.85  # between two lanes: the reach of an arm to the side, and more
_SIDE_M = 2.1  # from the middle to where people come from


@dataclass(frozen=True)
class Part:
    """What one person does.

    Attributes:
        motion: `WALK`, or a name of `motion.CLIPS`, which happens at the first place of the path.
        path: time in seconds, and x and z in metres; straight in between.
    """

    motion: str
    path: Path


@dataclass(frozen=True)
class Story:
    """What happens between two cuts.

    Attributes:
        duration_s: how long it takes.
        parts: of the people.
        leaving: whether somebody leaves the image, which shows only where people are at first.
        pillar_m: the width of a pillar before everybody; 0 is none.
    """

    duration_s: float
    parts: tuple[Part, ...]
    leaving: bool = False
    pillar_m: float = 0.0

    def things(self, rng: np.random.Generator) -> list[Mesh]:
        """Return what the story needs in the scene."""
        if not self.pillar_m:
            return []
        where_m = rng.uniform(-0.4, 0.4), 0.0, _LANE_M
        return [box(where_m, (self.pillar_m, 3.5, 0.25), plain(color(rng)))]


def crossing(rng: np.random.Generator, people: int, duration_s: float = STORY_S) -> list[Story]:
    """Return people who walk past each other, from either side."""
    parts = []
    for person in range(people):
        side_m = _SIDE_M * (1 if person % 2 else -1)
        start_s = rng.uniform(0.0, 0.1) * duration_s
        end_s = rng.uniform(0.85, 1.0) * duration_s
        z_m = -_LANE_M * person
        parts.append(Part(WALK, ((start_s, -side_m, z_m), (end_s, side_m, z_m))))
    return [Story(duration_s, tuple(parts))]


def occluded(rng: np.random.Generator, people: int) -> list[Story]:
    """Return people who walk past each other behind a pillar."""
    (story,) = crossing(rng, people)
    return [Story(story.duration_s, story.parts, pillar_m=rng.uniform(0.35, 0.6))]


def leaving(rng: np.random.Generator, people: int) -> list[Story]:
    """Return a person who leaves the image and comes back, while the others stay."""
    side = 1 if rng.random() < 0.5 else -1
    path = ((0.5, 0.0, 0.0), (2.6, 3.0 * side, 0.0), (3.2, 3.0 * side, -0.2), (5.6, 0.2, -0.2))
    names = list(motion.CLIPS)
    staying = [
        Part(
            names[int(rng.integers(len(names)))],
            ((0.0, rng.uniform(-0.9, 0.9), -0.3 - 1.4 * _LANE_M * number),),
        )
        for number in range(1, people)
    ]
    return [Story(STORY_S, (Part(WALK, path), *staying), leaving=True)]


def cut(rng: np.random.Generator, people: int) -> list[Story]:
    """Return people who cross, and then others who do so elsewhere."""
    return [story for _ in range(2) for story in crossing(rng, people, STORY_S / 2)]


STORIES: dict[str, Callable[[np.random.Generator, int], list[Story]]] = {
    "crossing": crossing,
    "occluded": occluded,
    "leaving": leaving,
    "cut": cut,
}
