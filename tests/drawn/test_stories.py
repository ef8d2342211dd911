"""People in videos of several keep out of each other, and are seen where the story says."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.drawn.crowd import are_apart
from benchmarks.drawn.stories import STORIES
from benchmarks.drawn.takes import Take, told

pytestmark = pytest.mark.long  # many bodies move through whole clips


def takes(story: str, people: int = 3) -> list[Take]:
    return told(np.random.default_rng((100, people)), story, people)


def seen(take: Take, time_s: float) -> list[bool]:
    """Return whether the hips of each person are in the image."""
    camera = take.scene.camera
    return [
        bool(camera.is_in_image(camera.project(camera.in_camera(person.landmarks_m[23:25]))).all())
        for person in take.people_at(time_s)
    ]


@pytest.mark.parametrize("story", STORIES)
def test_nobody_is_inside_somebody_else(story: str) -> None:
    for take in takes(story):
        for time_s in np.arange(0.0, take.duration_s, 0.5):
            people = [person.skin_m for person in take.people_at(float(time_s))]
            for number, person in enumerate(people):
                assert all(are_apart(person, other) for other in people[:number])


def test_those_who_cross_change_sides() -> None:
    (take,) = takes("crossing")
    begin, end = (
        [person.landmarks_m[23, 0] for person in take.people_at(time_s)]
        for time_s in (0.0, take.duration_s)
    )
    assert all(np.sign(begin) == -np.sign(end))


def test_somebody_leaves_the_image_and_comes_back() -> None:
    (take,) = takes("leaving")
    assert all(seen(take, 0.0))
    times_s = np.arange(0.0, take.duration_s, 0.25)
    there = [seen(take, float(time_s))[0] for time_s in times_s]
    assert there[0]
    assert not all(there)
    assert there[-1]


def test_others_appear_after_a_cut() -> None:
    before, after = takes("cut")
    assert [actor.track_id for actor in before.actors] == [1, 2, 3]
    assert [actor.track_id for actor in after.actors] == [4, 5, 6]
    assert before.duration_s + after.duration_s == pytest.approx(6.0)


def test_the_pillar_is_in_front_of_everybody() -> None:
    (take,) = takes("occluded")
    pillar_m = take.scene.meshes[-1].positions_m
    for time_s in np.arange(0.0, take.duration_s, 0.5):
        for person in take.people_at(float(time_s)):
            assert person.skin_m[:, 2].max() < pillar_m[:, 2].min()
