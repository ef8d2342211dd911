from __future__ import annotations

import numpy as np
import pytest

from vitruvian.draw.masks import tint
from vitruvian.native import library

VIOLET = (124, 77, 255)


def tinted(canvas: np.ndarray, mask: np.ndarray) -> np.ndarray:
    canvas = canvas.copy()
    tint(canvas, mask, VIOLET)
    return canvas


@pytest.mark.parametrize("has_library", [True, False])
@pytest.mark.parametrize(
    ("value", "opacity"),
    [(0.0, 0.0), (0.5, 0.225), (1.0, 0.45), (-3.0, 0.0), (9.0, 1.0), (np.nan, 0.0), (np.inf, 1.0)],
)
def test_the_colour_is_as_strong_as_the_mask(
    value: float, opacity: float, has_library: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_library:
        monkeypatch.setattr(library, "core", None)
    canvas = np.full((5, 7, 3), 50, np.uint8)
    expected = 50 + opacity * (np.array(VIOLET) - 50)
    result = tinted(canvas, np.full((5, 7), value, np.float32))
    assert np.abs(result - expected).max() <= 0.51


def test_a_mask_of_another_size_covers_the_same_part_of_the_image() -> None:
    mask = np.zeros((24, 32), np.float32)
    mask[:, :16] = 1
    result = tinted(np.full((240, 320, 3), 50, np.uint8), mask)
    assert (result[:, :150] != 50).any(axis=2).all()
    assert (result[:, 170:] == 50).all()


@pytest.mark.skipif(library.core is None, reason="The native library was not built.")
def test_both_paths_tint_with_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    canvas = rng.integers(0, 256, (150, 200, 3), np.uint8)
    mask = rng.uniform(-0.5, 1.5, (150, 200)).astype(np.float32)
    mask[::7, ::5] = np.nan
    result = tinted(canvas, mask)
    monkeypatch.setattr(library, "core", None)
    assert np.array_equal(tinted(canvas, mask), result)
