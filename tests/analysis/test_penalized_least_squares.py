from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.linalg import solveh_banded

from tests.tolerances import SMOOTH_COURSE
from vitruvian.analysis.penalized_least_squares import influence, roughness, smoothed

RANDOM = np.random.default_rng(2)


def noise(times_s: np.ndarray, points: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """Return values and weights that have nothing to do with each other."""
    values = RANDOM.normal(0, 100, (len(times_s), points, 3))
    return values, RANDOM.uniform(0.1, 1, (len(times_s), points))


@pytest.mark.parametrize("cutoff_hz", [0.5, 6, 100])
def test_the_course_is_that_of_scipys_solver(cutoff_hz: float) -> None:
    times_s = np.cumsum(RANDOM.uniform(0.01, 0.1, 500))
    values, weights = noise(times_s)
    weights[RANDOM.random(weights.shape) < 0.3] = 0
    found = smoothed(times_s, values, weights[..., np.newaxis], cutoff_hz)
    fidelity = weights * np.gradient(times_s)[:, np.newaxis]
    for point in range(values.shape[1]):
        # SciPy's lower diagonals have the element [i + p, i] at i.
        banded = np.array([np.roll(row, -shift) for shift, row in enumerate(roughness(times_s))])
        banded /= (math.tau * cutoff_hz) ** 6
        banded[0] += fidelity[:, point]
        right = fidelity[:, point, np.newaxis] * values[:, point]
        expected = solveh_banded(banded, right, lower=True)
        np.testing.assert_allclose(found[:, point], expected, atol=SMOOTH_COURSE * 100)


def test_the_penalty_of_a_cubic_is_its_third_derivative() -> None:
    times_s = np.cumsum(RANDOM.uniform(0.01, 0.1, 50))
    diagonals = roughness(times_s)
    matrix = np.diag(diagonals[0])
    for shift in (1, 2, 3):
        matrix += np.diag(diagonals[shift, shift:], -shift) + np.diag(
            diagonals[shift, shift:], shift
        )
    cubic = 2 * times_s**3 - times_s
    spans_s = (times_s[3:] - times_s[:-3]) / 3
    assert cubic @ matrix @ cubic == pytest.approx((2 * 6) ** 2 * spans_s.sum())


def test_single_numbers_have_the_same_course_as_points() -> None:
    times_s = np.cumsum(RANDOM.uniform(0.01, 0.1, 100))
    values, weights = noise(times_s, 1)
    expected = smoothed(times_s, values[..., :1], weights[..., np.newaxis], 6.0)
    found = smoothed(times_s, values[:, 0, 0], weights[:, 0], 6.0)
    np.testing.assert_allclose(found, expected[:, 0, 0], rtol=1e-9)


def test_a_parabola_stays_at_any_times_and_weights() -> None:
    times_s = np.cumsum(RANDOM.uniform(0.005, 0.4, 200))
    weights = noise(times_s, 1)[1]
    weights[50:60] = 0
    parabola = (3 * times_s**2 - 5 * times_s + 1)[:, np.newaxis, np.newaxis]
    given = np.where(weights[..., np.newaxis] > 0, parabola, 999.0)
    np.testing.assert_allclose(
        smoothed(times_s, given, weights[..., np.newaxis], 6.0), parabola, rtol=1e-6
    )


@pytest.mark.parametrize(("frequency_hz", "gain"), [(1, 1.0), (6, 0.5), (14, 0.0)])
def test_motion_is_halved_at_the_cutoff_and_never_lags(frequency_hz: float, gain: float) -> None:
    times_s = np.arange(1200) / 120
    wave = np.sin(math.tau * frequency_hz * times_s)[:, np.newaxis, np.newaxis]
    found = smoothed(times_s, wave, np.ones((1200, 1, 1)), 6.0)
    np.testing.assert_allclose(found[200:-200], gain * wave[200:-200], atol=0.01)


@pytest.mark.parametrize("rate_hz", [1, 12, 30, 240])
@pytest.mark.parametrize("cutoff_hz", [0.5, 6, 60])
@pytest.mark.parametrize("weight", [0.1, 1.0])
def test_the_influence_of_a_frame_ends(rate_hz: float, cutoff_hz: float, weight: float) -> None:
    lasting_s, frames = influence(cutoff_hz, weight)
    reach = math.ceil(lasting_s * rate_hz) + frames
    impulse = np.zeros((2 * reach + 200, 1, 1))
    impulse[reach + 100] = 1
    times_s = np.arange(len(impulse)) / rate_hz
    found = smoothed(times_s, impulse, np.full(impulse.shape, weight), cutoff_hz)
    assert np.abs(found[:101]).max() < 1e-6
    assert np.abs(found[-99:]).max() < 1e-6


def test_a_frame_at_30_hz_has_no_influence_after_19_frames_at_6_hz() -> None:
    impulse = np.zeros((101, 1, 1))
    impulse[50] = 1
    found = smoothed(np.arange(101) / 30, impulse, np.ones((101, 1, 1)), 6.0)
    assert np.abs(found[50 + 19 :]).max() < 1e-6


@pytest.mark.parametrize(
    "times_s",
    [np.zeros(50), np.repeat(np.arange(25) / 30, 2), 1e15 + np.arange(50) / 8, np.arange(50) * 1e9],
    ids=["all equal", "in pairs", "far from 0", "far apart"],
)
def test_strange_times_give_a_course_near_the_values(times_s: np.ndarray) -> None:
    found = smoothed(times_s, np.full((50, 1, 1), 7.0), np.ones((50, 1, 1)), 6.0)
    np.testing.assert_allclose(found, 7.0, rtol=1e-4)
