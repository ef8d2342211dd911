"""The twist of limbs, of which only bent ones say something."""

from __future__ import annotations

import numpy as np
import pytest

from vitruvian.rig.twist import twist_rad

RATE_HZ = 30


def shown(angles_rad: np.ndarray, bends_rad: np.ndarray | float) -> np.ndarray:
    return np.sin(bends_rad) * np.exp(1j * angles_rad)


def test_a_bent_limb_is_twisted_as_it_shows() -> None:
    angles = np.full(60, 2.5)
    np.testing.assert_allclose(twist_rad(shown(angles, 1.5), RATE_HZ), angles, atol=0.02)


def test_a_slow_twist_is_followed_over_whole_turns() -> None:
    angles = np.linspace(0, 9, 300)
    found = twist_rad(shown(angles, 1.0), RATE_HZ)
    np.testing.assert_allclose(found[10:-10], angles[10:-10], atol=0.05)


def test_a_straight_limb_is_twisted_as_when_it_was_bent() -> None:
    random = np.random.default_rng(0)
    bends = np.where(abs(np.arange(60) - 30) < 4, 0.05, 1.0)  # straight for seven frames
    angles = np.where(bends < 0.5, random.uniform(-np.pi, np.pi, 60), 1.0)
    np.testing.assert_allclose(twist_rad(shown(angles, bends), RATE_HZ), 1.0, atol=0.25)


def test_a_limb_that_is_never_bent_is_not_twisted() -> None:
    angles = np.random.default_rng(0).uniform(-np.pi, np.pi, 60)
    assert np.abs(twist_rad(shown(angles, 0.03), RATE_HZ)).max() < 0.1


def test_a_hinge_that_flips_turns_over_several_frames() -> None:
    """Measured at an arm that is nearly straight: 170° from one frame to the next."""
    angles = np.where(np.arange(60) < 30, 0.1, np.radians(170))
    steps = np.abs(np.diff(twist_rad(shown(angles, 0.3), RATE_HZ)))
    assert steps.max() < np.radians(45)


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("rate_hz", [0.5, 30, 1000])
def test_a_short_or_slow_recording_has_a_twist_for_each_frame(count: int, rate_hz: float) -> None:
    found = twist_rad(shown(np.full(count, 0.5), 1.5), rate_hz)
    np.testing.assert_allclose(found, np.full(count, 0.5), atol=0.02)


def test_what_shows_nothing_is_no_error() -> None:
    np.testing.assert_array_equal(twist_rad(np.zeros(5, np.complex128), RATE_HZ), np.zeros(5))
