from __future__ import annotations

import numpy as np
import pytest

from vitruvian.shortest import shortest

RANDOM = np.random.default_rng(0)


@pytest.mark.parametrize(
    "values",
    [
        RANDOM.random(50_000),
        RANDOM.normal(0.5, 0.3, 50_000),
        RANDOM.random(50_000) * 2000,
        10.0 ** RANDOM.uniform(-40, 30, 50_000),
        np.arange(-50_000, 50_000) / 1024,
        np.round(RANDOM.random(50_000) * 640, 2),
        [0, -0.0, 1, -1, 1e-4, 9.9999e-5, 999_999.94, 1e6, 123_456_789, 1e15, 3e-39, 0.125] * 10,
    ],
)
def test_the_decimals_are_those_that_numpy_writes(values: np.ndarray) -> None:
    given = np.asarray(values, np.float32)
    found = shortest(given)
    np.testing.assert_array_equal(found, given.astype(str).astype(float))
    np.testing.assert_array_equal(found.astype(np.float32), given)


@pytest.mark.parametrize("shape", [(), (0,), (0, 33, 8), (2, 3)])
def test_an_array_of_any_shape_keeps_it(shape: tuple[int, ...]) -> None:
    assert shortest(np.zeros(shape, np.float32)).shape == shape
