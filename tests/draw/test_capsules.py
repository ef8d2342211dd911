from __future__ import annotations

from math import cos, hypot, pi, sin

import numpy as np
import pytest

from vitruvian.draw.capsules import Capsule, draw_capsules
from vitruvian.native import library

WHITE, RED, GREEN = (255, 255, 255), (255, 0, 0), (0, 255, 0)


@pytest.fixture(params=["C", "numpy"], autouse=True)
def path(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run each test with the native library and without it."""
    if request.param == "numpy":
        monkeypatch.setattr(library, "core", None)
    elif library.core is None:
        pytest.skip("The native library was not built.")


def coverage(*capsules: Capsule, size: int = 60) -> np.ndarray:
    """Return how much of each pixel is white, from 0 to 1, after drawing on black."""
    canvas = np.zeros((size, size, 3), np.uint8)
    draw_capsules(canvas, capsules)
    return canvas[..., 0] / 255


def disc(x: float, y: float, radius_px: float, opacity: float = 1.0) -> Capsule:
    return Capsule((x, y), (x, y), radius_px, WHITE, opacity)


@pytest.mark.parametrize("radius_px", [2.4, 11.5])
@pytest.mark.parametrize("center", [(30, 30), (30.5, 30.25), (29.1, 31.7)])
def test_a_disc_has_its_area_and_its_centre(center: tuple[float, float], radius_px: float) -> None:
    covered = coverage(disc(*center, radius_px))
    assert covered.sum() == pytest.approx(pi * radius_px**2, rel=0.03)
    rows, columns = np.indices(covered.shape)
    centroid = ((covered * columns).sum(), (covered * rows).sum()) / covered.sum()
    assert centroid == pytest.approx(center, abs=0.02)


@pytest.mark.parametrize("angle_rad", np.linspace(0, pi, 9))
@pytest.mark.parametrize("width_px", [2.0, 5.3])
def test_a_line_has_its_width_at_every_angle(angle_rad: float, width_px: float) -> None:
    along = 20 * cos(angle_rad), 20 * sin(angle_rad)
    start, end = (30.2 - along[0], 30.4 - along[1]), (30.2 + along[0], 30.4 + along[1])
    covered = coverage(Capsule(start, end, width_px / 2, WHITE, 1.0))
    area = 40 * width_px + pi * (width_px / 2) ** 2
    assert covered.sum() == pytest.approx(area, rel=0.03)


def test_a_line_has_no_steps() -> None:
    """Columns differ only by where the line is, not by how much of them it covers."""
    covered = coverage(Capsule((-10, 20), (80, 29), 1.5, WHITE, 1.0))
    sums = covered.sum(axis=0)
    assert sums.max() - sums.min() < 0.02


def test_what_is_drawn_later_replaces_what_it_covers_also_if_it_is_transparent() -> None:
    canvas = np.full((60, 60, 3), 100, np.uint8)
    below = Capsule((30, 30), (30, 30), 20, RED, 1.0)
    draw_capsules(canvas, [below, below._replace(radius_px=10, color=GREEN, opacity=0.25)])
    assert canvas[30, 15].tolist() == [255, 0, 0]
    assert canvas[30, 30].tolist() == [75, 139, 75]


def test_only_what_is_near_a_capsule_changes() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (60, 60, 3), np.uint8)
    canvas = noise.copy()
    draw_capsules(canvas, [disc(20, 40, 6.0), disc(-100, 30, 20.0), disc(30, 1e6, 9.0)])
    rows, columns = np.indices((60, 60))
    is_far = np.hypot(columns - 20, rows - 40) >= 6.5
    assert np.array_equal(canvas[is_far], noise[is_far])
    assert (canvas[~is_far & (np.hypot(columns - 20, rows - 40) <= 5.5)] == 255).all()


def test_a_line_from_far_away_is_straight() -> None:
    covered = coverage(Capsule((-1e6, -1e6), (1e6, 1e6), 1.0, WHITE, 1.0))
    rows, columns = np.indices(covered.shape)
    expected = (1.5 - np.abs(columns - rows) / hypot(1, 1)).clip(0, 1)
    assert np.abs(covered - expected).max() < 0.01


def test_nothing_is_drawn_of_nothing() -> None:
    canvas = np.full((3, 3, 3), 7, np.uint8)
    draw_capsules(canvas, [])
    draw_capsules(canvas, [disc(1, 1, 5.0, opacity=0.0)])
    assert (canvas == 7).all()


@pytest.mark.parametrize("kind", ["near", "far", "discs", "upright"])
def test_both_paths_draw_the_same_bytes(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    for _ in range(40):
        canvas = rng.integers(0, 256, (*rng.integers(1, 120, 2), 3), np.uint8)
        capsules = []
        for _ in range(9):
            start, end = rng.uniform(-40, 160, (2, 2)) * (1e4 if kind == "far" else 1)
            if kind in {"discs", "upright"}:
                end[0] = start[0]
            if kind == "discs":
                end[1] = start[1]
            red, green, blue = rng.integers(0, 256, 3).tolist()
            look = (rng.uniform(0.5, 20), (red, green, blue), rng.choice([1, 0.3, 0.0]))
            capsules.append(Capsule((start[0], start[1]), (end[0], end[1]), *look))
        other = canvas.copy()
        draw_capsules(canvas, capsules)
        with monkeypatch.context() as changes:
            changes.setattr(library, "core", None)
            draw_capsules(other, capsules)
        assert np.array_equal(canvas, other)
