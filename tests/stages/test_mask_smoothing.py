from __future__ import annotations

import numpy as np
import pytest

from vitruvian.stages.mask_smoothing import MaskFilter, blend


def blended(mask: np.ndarray, previous: np.ndarray) -> np.ndarray:
    mask = mask.copy()
    blend(mask, previous, (slice(0, len(mask)), slice(0, mask.shape[1])))
    return mask


def test_masks_are_blended_where_they_are_uncertain() -> None:
    uncertain = np.full((1, 1), 0.5, np.float32)
    ones, zeros = np.ones((1, 1), np.float32), np.zeros((1, 1), np.float32)
    assert blended(uncertain, ones)[0, 0] == pytest.approx(0.5 + 0.5 * 0.7)
    assert blended(ones, zeros)[0, 0] == pytest.approx(1, abs=1e-3)
    assert blended(zeros, ones)[0, 0] == pytest.approx(0, abs=1e-3)


def test_the_mask_polynomial_approximates_the_squared_entropy() -> None:
    p = np.linspace(0.01, 0.99, 99, dtype=np.float32)[:, np.newaxis]
    entropy_bits = -(p * np.log2(p) + (1 - p) * np.log2(1 - p))
    uncertainty = (blended(p, np.zeros_like(p)) - p) / -p / 0.7
    assert uncertainty == pytest.approx(entropy_bits**2, abs=0.01)


def test_what_remains_of_a_mask_is_blended_until_it_is_zero() -> None:
    """Blending the whole image gives the same as blending where masks were."""
    everything, nothing = (slice(0, 4), slice(0, 4)), (slice(0, 0), slice(0, 0))
    first = np.ones((4, 4), np.float32)
    masks, expected = MaskFilter(), first.copy()
    masks(first, everything)
    remains = []
    for _ in range(12):
        mask, blended_everywhere = np.zeros((2, 4, 4), np.float32)
        masks(mask, nothing)
        blend(blended_everywhere, expected, everything)
        expected = blended_everywhere
        assert np.array_equal(mask, expected)
        remains.append(mask[0, 0])
    assert remains[0] == pytest.approx(3e-5, rel=1e-3)
    assert remains[8] > 0
    assert remains[9] == 0


def test_masks_of_different_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot be blended"):
        blend(
            np.zeros((4, 4), np.float32), np.zeros((4, 5), np.float32), (slice(0, 4), slice(0, 4))
        )
