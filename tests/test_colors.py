from __future__ import annotations

import numpy as np
import pytest

from vitruvian.colors import (
    DARK_RGB,
    LIGHT_RGB,
    SIDE_COLORS,
    Rgb,
    color_of_id,
    contrasting,
    luminance,
    side_colors_of_id,
)

IDS = range(1, 101)

# What people without cones for green see, of linear RGB: Machado, Oliveira and Fernandes, "A
# Physiologically-based Model for Simulation of Color Vision Deficiency", 2009, severity 1.
DEUTERANOPIA = np.array(
    (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    )
)


def seen_without_green(color: Rgb) -> Rgb:
    linear = DEUTERANOPIA @ (np.array(color) / 255) ** 2.2
    red, green, blue = np.rint(255 * linear.clip(0, 1) ** (1 / 2.2)).astype(int).tolist()
    return (red, green, blue)


def contrast(one: Rgb, other: Rgb) -> float:
    """Return WCAG's contrast ratio, from 1 to 21."""
    darker, brighter = sorted((luminance(one), luminance(other)))
    return (brighter + 0.05) / (darker + 0.05)


def test_the_sides_of_each_person_differ_in_brightness_also_without_green() -> None:
    for identity in IDS:
        left, right, _ = side_colors_of_id(identity)
        assert luminance(left) > luminance(right)
        assert contrast(left, right) > 3
        assert contrast(seen_without_green(left), seen_without_green(right)) > 2.5


def test_each_colour_of_a_person_contrasts_with_a_dark_outline() -> None:
    for identity in IDS:
        for color in side_colors_of_id(identity):
            assert contrasting(color) == DARK_RGB
            assert contrast(color, DARK_RGB) > 2.5


def test_orange_and_blue_differ_without_green() -> None:
    left, right = (np.array(seen_without_green(color)) for color in SIDE_COLORS[:2])
    assert np.abs(left - right).max() > 200
    assert left[2] < left[0]
    assert right[2] > right[0]


def test_consecutive_ids_have_different_colours() -> None:
    for identity in IDS:
        difference = np.subtract(color_of_id(identity), color_of_id(identity + 1))
        assert np.abs(difference).max() > 80


@pytest.mark.parametrize("color", [(0, 0, 0), (60, 0, 90), (0, 0, 255)])
def test_a_dark_colour_has_a_light_outline(color: Rgb) -> None:
    assert contrasting(color) == LIGHT_RGB
