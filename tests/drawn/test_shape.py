"""Shapes of bodies, and bodies at random."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import click
import numpy as np
import pytest

from benchmarks.drawn.body import Shape
from benchmarks.drawn.body.anybody import any_body, any_look, any_shape
from benchmarks.drawn.body.shape import standing_height_m, target_weights, with_height
from tests.drawn.bodies import CHILD, MAN, OLD, WOMAN, body


def test_average_people_are_as_tall_as_people_are() -> None:
    assert 1.50 < body(WOMAN).height_m < 1.75
    assert 1.65 < body(MAN).height_m < 1.90
    assert 1.20 < body(CHILD).height_m < 1.50
    assert body(OLD).height_m < body(Shape()).height_m


def test_the_height_is_known_without_making_the_body() -> None:
    assert standing_height_m(MAN) == pytest.approx(body(MAN).height_m, abs=1e-9)


@pytest.mark.parametrize("height_m", [1.55, 1.90])
def test_a_shape_gets_the_height_that_is_asked_for(height_m) -> None:
    assert standing_height_m(with_height(MAN, height_m)) == pytest.approx(height_m, abs=2e-3)


def test_weights_of_origins_and_of_builds_sum_to_one() -> None:
    weights = target_weights(Shape(0.3, 0.7, 0.2, 0.9, 0.5, (0.2, 0.3, 0.5)))

    builds = [weight for name, weight in weights.items() if name.startswith("universal")]
    origins = [weight for name, weight in weights.items() if name.startswith(("afr", "asi", "cau"))]
    assert sum(builds) == pytest.approx(1)
    assert sum(origins) == pytest.approx(1)


@pytest.mark.parametrize("name", ["gender", "age", "muscle", "weight", "height"])
@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_a_value_out_of_range_is_refused(name, value) -> None:
    with pytest.raises(click.ClickException, match=f"the {name} of a body is"):
        replace(MAN, **{name: value})


@pytest.mark.parametrize("origins", [(1.0, 1.0, 0.0), (1.5, -0.5, 0.0), (float("nan"), 0.5, 0.5)])
def test_origins_that_are_no_parts_of_one_are_refused(origins) -> None:
    with pytest.raises(click.ClickException, match="that sum to 1"):
        Shape(origins=origins)


def test_forty_bodies_at_random_differ_in_shape_and_have_plausible_heights() -> None:
    shapes = [any_shape(np.random.default_rng([1, number])) for number in range(40)]
    values = np.array([(s.gender, s.age, s.muscle, s.weight, s.height, *s.origins) for s in shapes])

    assert min(np.abs(a - b).max() for a, b in combinations(values, 2)) > 0.05
    assert all(1.3 < standing_height_m(shape) < 2.0 for shape in shapes)
    # MakeHuman's extremes are nobody's height.
    assert all(0.25 < shape.height < 0.8 for shape in shapes)


def test_bodies_at_random_wear_different_things_and_come_again_from_their_seed() -> None:
    bodies = [any_body(np.random.default_rng([2, number])) for number in range(6)]
    again = any_body(np.random.default_rng([2, 3]))

    assert len({(made.outfit, made.hair) for made in bodies}) >= 5
    assert (again.shape, again.outfit, again.hair) == (
        bodies[3].shape, bodies[3].outfit, bodies[3].hair,
    )  # fmt: skip


def test_hair_is_grey_only_in_age() -> None:
    young = any_look(Shape(age=0.5), np.random.default_rng(3)).hair_rgb
    old = any_look(Shape(age=1.0), np.random.default_rng(3)).hair_rgb

    assert min(old) > min(young)
