from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.projected import FOCAL_PX, FOV_DEG, SIZE_PX
from tests.support.skeletons import person_m
from tests.tolerances import SOLVED
from vitruvian.analysis.hips_in_camera import Fit, fit, focal_lengths_px

if TYPE_CHECKING:
    from vitruvian.types import Float64

ROWS = 400
RANDOM = np.random.default_rng(5)
# A flat body would say nothing of the depth of landmarks.
WORLD_M = person_m() + RANDOM.normal(0, 0.1, (33, 3))
HIPS_M = np.array([0.7, -0.2, 4.0])


def fitted(noise_px: float = 0.0, weights: Float64 | None = None, hips_m: Float64 = HIPS_M) -> Fit:
    points_m = hips_m + WORLD_M
    points_px = FOCAL_PX * points_m[:, :2] / points_m[:, 2:]
    return fit(
        points_px + RANDOM.normal(0, noise_px, (ROWS, 33, 2)),
        np.broadcast_to(WORLD_M, (ROWS, 33, 3)),
        np.ones((ROWS, 33)) if weights is None else weights,
        np.full(ROWS, FOCAL_PX),
    )


def test_exact_landmarks_give_the_exact_place() -> None:
    exact = fitted()
    np.testing.assert_allclose(exact.positions_m, np.tile(HIPS_M, (ROWS, 1)), atol=SOLVED)
    np.testing.assert_allclose(exact.std_m, 0, atol=SOLVED)


def test_the_focal_length_is_that_of_the_horizontal_field_of_view() -> None:
    widths_px = np.array([SIZE_PX[0], 100.0])
    np.testing.assert_allclose(focal_lengths_px(widths_px, FOV_DEG)[0], FOCAL_PX)
    np.testing.assert_allclose(focal_lengths_px(widths_px, 90.0)[1], 50)


def test_landmarks_without_weight_do_not_count() -> None:
    weights = np.ones((ROWS, 33))
    weights[:, 25:] = 0
    points_m = HIPS_M + WORLD_M
    points_px = FOCAL_PX * points_m[:, :2] / points_m[:, 2:]
    points_px[25:] += 300
    found = fit(
        np.broadcast_to(points_px, (ROWS, 33, 2)),
        np.broadcast_to(WORLD_M, (ROWS, 33, 3)),
        weights,
        np.full(ROWS, FOCAL_PX),
    )
    np.testing.assert_allclose(found.positions_m, np.tile(HIPS_M, (ROWS, 1)), atol=SOLVED)


def test_the_standard_deviation_is_that_of_noise_which_three_landmarks_share() -> None:
    """The noise here is that of each landmark, so that it comes out larger by the root of 3."""
    noisy = fitted(noise_px=3)
    spread_m = noisy.positions_m.std(axis=0)
    np.testing.assert_allclose(noisy.std_m.mean(axis=0) / spread_m, np.sqrt(3), rtol=0.15)


@pytest.mark.parametrize("count", [0, 4])
def test_too_few_landmarks_give_no_place(count: int) -> None:
    weights = np.zeros((ROWS, 33))
    weights[:, :count] = 1
    found = fitted(weights=weights)
    assert np.isnan(found.positions_m).all()
    assert np.isnan(found.std_m).all()


def test_a_place_behind_the_camera_and_landmarks_in_one_point_are_no_place() -> None:
    assert np.isnan(fitted(hips_m=np.array([0, 0, -4.0])).positions_m).all()
    in_one_point = fit(
        np.zeros((2, 33, 2)), np.zeros((2, 33, 3)), np.ones((2, 33)), np.full(2, FOCAL_PX)
    )
    assert np.isnan(in_one_point.positions_m).all()


def test_at_another_distance_the_hips_stay_on_the_same_ray() -> None:
    flat_m = np.zeros((1, 33, 3))
    points_px = np.random.default_rng(0).normal((90, -40), 30, (1, 33, 2))
    found = fit(points_px, flat_m, np.ones((1, 33)), np.array([FOCAL_PX]))
    x, y, z = found.at_distances(np.array([7.0]))[0]
    np.testing.assert_allclose((x, y, z), (*(7 * points_px[0].mean(axis=0) / FOCAL_PX), 7))
