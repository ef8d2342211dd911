from __future__ import annotations

import math

import numpy as np
import pytest

from vitruvian.stages.rounding import sigmoid, sum_in_order

FEW = np.linspace(-20, 20, 4001, dtype=np.float32)


def test_the_sigmoid_rounds_each_step_to_float32() -> None:
    exponentials = np.array([math.exp(-float(x)) for x in FEW], np.float32)
    expected = np.float32(1) / (np.float32(1) + exponentials)
    found = sigmoid(FEW)
    assert found.dtype == np.float32
    assert np.array_equal(found, expected)
    rounded_once = (1 / (1 + np.exp(-FEW.astype(np.float64)))).astype(np.float32)
    assert not np.array_equal(found, rounded_once)  # so the test can tell one from the other
    assert found == pytest.approx(rounded_once, rel=1e-6)


def test_the_sigmoid_of_extreme_values_is_0_or_1() -> None:
    extreme = np.array((-np.inf, -1e30, -200, 0, 200, 1e30, np.inf), np.float32)
    assert sigmoid(extreme).tolist() == [0, 0, 0, 0.5, 1, 1, 1]


def test_the_sigmoid_keeps_the_shape() -> None:
    assert sigmoid(FEW[:6].reshape(1, 2, 3)).shape == (1, 2, 3)


def test_a_sum_adds_one_term_after_the_other() -> None:
    half_of_the_last_digit = np.float32(2**-24)
    values = np.full(1000, half_of_the_last_digit, np.float32)
    values[0] = 1
    # Each term is lost after 1, but not before it.
    assert sum_in_order(values, 0) == 1
    assert sum_in_order(values[::-1], 0) == np.float32(1) + np.float32(999 * 2**-24)
    assert np.sum(values) > 1  # as `numpy.sum` adds in pairs


@pytest.mark.parametrize("axis", [0, 1, 2, -1])
def test_a_sum_is_along_one_axis_in_float32(axis: int) -> None:
    values = np.arange(24, dtype=np.float32).reshape(2, 3, 4)
    total = sum_in_order(values, axis)
    assert total.dtype == np.float32
    assert np.array_equal(total, values.sum(axis=axis))
