"""Videos as takes: who moves how in front of one camera, until the scene is cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .motion import CLIP_S, clip
from .people import any_person, moved
from .scene import LANDSCAPE, any_scene
from .stories import STORIES

if TYPE_CHECKING:
    from .people import Person, PosedPerson
    from .scene import Scene
    from .stories import PoseAt, Story

_SAMPLED_S = 0.25  # between the moments for which a place is chosen
_EVERY = 10  # of the vertices tells where somebody is


@dataclass(frozen=True, eq=False)
class Actor:
    """Somebody who moves.

    Attributes:
        person: who it is.
        track_id: the identity in the video, from 1.
        pose_at: the pose in world space at a time of the take in seconds.
    """

    person: Person
    track_id: int
    pose_at: PoseAt


@dataclass(frozen=True, eq=False)
class Take:
    """What happens between two cuts.

    Attributes:
        duration_s: how long it takes.
        actors: who is there.
        scene: where, and how it is seen.
    """

    duration_s: float
    actors: tuple[Actor, ...]
    scene: Scene

    def people_at(self, time_s: float) -> list[PosedPerson]:
        """Return everybody at a time of the take."""
        return [
            actor.person.posed(actor.pose_at(time_s), number)
            for number, actor in enumerate(self.actors, start=1)
        ]


def solo(rng: np.random.Generator, name: str) -> list[Take]:
    """Return a take of one person with this motion of `motion.CLIPS`."""
    person = any_person(rng)
    pose_at = clip(person.body, name, rng)
    yaw_rad = float(rng.normal(0, np.radians(35)))
    actor = Actor(person, 1, lambda time_s: moved(pose_at(time_s), yaw_rad))
    return [_take(rng, CLIP_S, [actor])]


def told(rng: np.random.Generator, name: str, people: int) -> list[Take]:
    """Return the takes of a story of `stories.STORIES`, each with so many people."""
    takes: list[Take] = []
    for story in STORIES[name](rng, people):
        actors = []
        for track_id, part in enumerate(story.parts, people * len(takes) + 1):
            person = any_person(rng)
            actors.append(Actor(person, track_id, part.pose_at(person.body, rng)))
        takes.append(_take(rng, story.duration_s, actors, story))
    return takes


def _take(
    rng: np.random.Generator, duration_s: float, actors: list[Actor], story: Story | None = None
) -> Take:
    """Return a take in a place with room for everybody at all times."""
    points_m = {
        time_s: [
            person.person.posed(person.pose_at(time_s), 1).skin_m[::_EVERY] for person in actors
        ]
        for time_s in np.arange(0.0, duration_s, _SAMPLED_S).tolist()
    }
    everywhere_m = np.concatenate([person for people in points_m.values() for person in people])
    framed_m = everywhere_m
    if story is not None and story.is_left:
        framed_m = np.concatenate(points_m[0.0])
    scene = any_scene(rng, everywhere_m, LANDSCAPE, framed_m=framed_m, is_hard=False)
    things = story.things(rng) if story is not None else ()
    return Take(duration_s, tuple(actors), scene.with_things(things))
