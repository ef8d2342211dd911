from __future__ import annotations

import ctypes
import math
import platform
from typing import TYPE_CHECKING

import numpy as np
import pytest

from vitruvian.stages.rounding import correct_exp, glibc_expf, sigmoid, sum_in_order

if TYPE_CHECKING:
    from vitruvian.stages.rounding import Exponential


def is_glibc_2_28() -> bool:
    name, version = platform.libc_ver()
    return name == "glibc" and [int(part) for part in version.split(".")] >= [2, 28]


FEW = np.linspace(-20, 20, 4001, dtype=np.float32)


def test_the_sigmoid_rounds_each_step_to_float32() -> None:
    exponentials = np.array([math.exp(-float(x)) for x in FEW], np.float32)
    expected = np.float32(1) / (np.float32(1) + exponentials)
    found = sigmoid(FEW, correct_exp)
    assert found.dtype == np.float32
    assert np.array_equal(found, expected)
    rounded_once = (1 / (1 + np.exp(-FEW.astype(np.float64)))).astype(np.float32)
    assert not np.array_equal(found, rounded_once)  # so the test can tell one from the other
    assert found == pytest.approx(rounded_once, rel=1e-6)


@pytest.mark.parametrize("exponential", [correct_exp, glibc_expf])
def test_the_sigmoid_of_extreme_values_is_0_or_1(exponential: Exponential) -> None:
    extreme = np.array((-np.inf, -1e30, -200, 0, 200, 1e30, np.inf), np.float32)
    assert sigmoid(extreme, exponential).tolist() == [0, 0, 0, 0.5, 1, 1, 1]


def test_the_sigmoid_keeps_the_shape() -> None:
    assert sigmoid(FEW[:6].reshape(1, 2, 3), glibc_expf).shape == (1, 2, 3)


def test_expf_differs_from_the_correct_result_in_the_last_digit_only() -> None:
    found, correct = glibc_expf(FEW), correct_exp(FEW)
    assert found.dtype == np.float32
    assert 0 < (found != correct).sum() < len(FEW) / 500
    assert np.abs(found.view(np.int32) - correct.view(np.int32)).max() == 1


def test_expf_of_extreme_values_is_zero_infinite_or_nan() -> None:
    extreme = np.array((-np.inf, -104, -103.9, 88.72, 88.73, np.inf, np.nan), np.float32)
    smallest = np.float32(1e-45)
    expected = (0, 0, smallest, np.exp(np.float64(np.float32(88.72))), np.inf, np.inf, np.nan)
    assert np.array_equal(glibc_expf(extreme), np.array(expected, np.float32), equal_nan=True)


@pytest.mark.skipif(not is_glibc_2_28(), reason="the C library is not glibc 2.28 or later")
def test_expf_is_that_of_the_c_library() -> None:
    library = ctypes.CDLL(None).expf
    library.restype, library.argtypes = ctypes.c_float, (ctypes.c_float,)
    bits = np.random.default_rng(0).integers(0, 2**32, 500_000, dtype=np.uint32)
    any_values = bits.view(np.float32)
    moderate = np.random.default_rng(1).uniform(-104, 89, 500_000).astype(np.float32)
    values = np.concatenate((any_values[~np.isnan(any_values)], moderate))
    expected = np.fromiter(map(library, values.tolist()), np.float32, len(values))
    assert np.array_equal(glibc_expf(values), expected)


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
