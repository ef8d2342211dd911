"""People in one place do not meet."""

from __future__ import annotations

import click
import numpy as np
import pytest

from benchmarks.drawn.body import rest_pose
from benchmarks.drawn.crowd import are_apart, standing_apart
from benchmarks.drawn.people import any_person


def test_surfaces_that_are_nearer_than_their_vertices_lie_are_not_apart() -> None:
    side_m = np.arange(0.0, 1.0, 0.02)
    grid_m = np.stack(np.meshgrid(side_m, side_m, 0.0), axis=-1).reshape(-1, 3)
    assert are_apart(grid_m, np.add(grid_m, (0.0, 0.0, 0.05)))
    assert not are_apart(grid_m, np.add(grid_m, (0.0, 0.0, 0.03)))
    assert not are_apart(grid_m, grid_m[:, ::-1])


def test_people_are_placed_apart_and_numbered() -> None:
    rng = np.random.default_rng(0)
    person = any_person(rng)
    placed = standing_apart(rng, [(person, rest_pose(person.body.rig))] * 4)
    assert [each.number for each in placed] == [1, 2, 3, 4]
    for number, each in enumerate(placed):
        assert all(are_apart(each.skin_m, other.skin_m) for other in placed[:number])


def test_a_single_person_stays_at_the_origin() -> None:
    rng = np.random.default_rng(0)
    person = any_person(rng)
    (placed,) = standing_apart(rng, [(person, rest_pose(person.body.rig))])
    assert placed.landmarks_m[23:25, [0, 2]].mean(axis=0) == pytest.approx((0, 0), abs=0.1)


def test_too_many_people_are_refused() -> None:
    rng = np.random.default_rng(0)
    person = any_person(rng)
    everywhere = rest_pose(person.body.rig)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("benchmarks.drawn.crowd._APART_M", 9.0)
        patched.setattr("benchmarks.drawn.crowd._TRIES", 5)
        with pytest.raises(click.ClickException, match="no place was found for person 2 of 2"):
            standing_apart(rng, [(person, everywhere)] * 2)
