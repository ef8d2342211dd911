from __future__ import annotations

import numpy as np
import pytest

from vitruvian.evaluation.bootstrap import intervals, resample
from vitruvian.evaluation.image_means import ImageMeans, resampled

IMAGES = np.arange(40)
CHANCE = np.random.default_rng(4)
VALUES = CHANCE.normal(10, 2, (90, 3))
OF_IMAGES = np.sort(CHANCE.integers(0, 40, 90))
COUNTED = CHANCE.uniform(size=VALUES.shape) < 0.8


def test_as_many_images_are_drawn_as_there_are() -> None:
    sample = resample(IMAGES, 50, seed=0)
    assert sample.weights.shape == (50, 40)
    np.testing.assert_array_equal(sample.weights.sum(axis=1), 40)
    np.testing.assert_array_equal(sample.once, np.ones((1, 40)))


def test_the_seed_decides_what_is_drawn() -> None:
    first, again, other = (resample(IMAGES, 50, seed).weights for seed in (3, 3, 4))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


def test_resampled_means_are_those_of_copied_images() -> None:
    means = ImageMeans.of(VALUES, COUNTED, OF_IMAGES, 40)
    sample = resample(IMAGES, 20, seed=1)
    each, pooled = resampled([means, means.pooled()], sample.images, sample.weights)
    for column, weights in enumerate(sample.weights.astype(int)):
        times = weights[OF_IMAGES]
        copies, kept = np.repeat(VALUES, times, axis=0), np.repeat(COUNTED, times, axis=0)
        for part in range(3):
            assert each[part, column] == pytest.approx(copies[:, part][kept[:, part]].mean())
        assert pooled[0, column] == pytest.approx(copies[kept].mean())


def test_some_images_are_resampled_alone() -> None:
    means = ImageMeans.of(VALUES, COUNTED, OF_IMAGES, 40)
    some = np.array([2, 3, 30])
    (values,) = resampled([means], some, np.ones((1, 3)))
    inside = np.isin(OF_IMAGES, some)
    assert values[0, 0] == pytest.approx(VALUES[inside, 0][COUNTED[inside, 0]].mean())


def test_the_mean_of_nothing_is_nothing() -> None:
    means = ImageMeans.of(VALUES, np.zeros_like(COUNTED), OF_IMAGES, 40)
    (values,) = resampled([means], IMAGES, np.ones((1, 40)))
    assert np.isnan(values).all()
    assert np.isnan(means.of_each_image()).all()


def test_95_percent_of_the_values_are_inside() -> None:
    values = CHANCE.permuted(np.array([np.arange(1001.0), np.arange(1001.0) * 2]), axis=1)
    np.testing.assert_allclose(intervals(values), [[25, 975], [50, 1950]])


def test_resamplings_without_a_value_are_left_out() -> None:
    values = np.array([[1.0, np.nan, 1.0], [np.nan] * 3])
    np.testing.assert_array_equal(intervals(values), [[1, 1], [np.nan, np.nan]])


@pytest.mark.parametrize(("images", "count"), [(1, 1000), (5, 0)])
def test_one_image_or_no_resampling_has_no_interval(images: int, count: int) -> None:
    sample = resample(np.arange(images), count, seed=0)
    assert sample.weights.shape == (0, images)
    means = ImageMeans(np.ones((images, 2)), np.ones((images, 2)))
    (values,) = resampled([means], sample.images, sample.weights)
    assert np.isnan(intervals(values)).all()


def test_the_interval_is_that_of_the_normal_distribution() -> None:
    """The mean of many images has a standard deviation that is known."""
    values = np.random.default_rng(6).normal(0, 1, (400, 1))
    means = ImageMeans(values, np.ones((400, 1)))
    sample = resample(np.arange(400), 4000, seed=2)
    ((low, high),) = intervals(resampled([means], sample.images, sample.weights)[0])
    half = 1.96 * values.std() / 20
    assert (low, high) == pytest.approx((values.mean() - half, values.mean() + half), abs=0.01)
