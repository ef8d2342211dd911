"""Smoothing that knows the future: for recordings, and never for a live stream."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vitruvian.recorded.blocks import Blocks


def smoothed(blocks: Blocks, *, cutoff_hz: float, max_gap_s: float) -> Blocks:
    """Return a recording with smooth landmarks and filled gaps, block by block.

    Args:
        blocks: a recording whose landmarks were not smoothed.
        cutoff_hz: motion that is faster than this frequency is removed.
        max_gap_s: longer gaps are not filled. Rows of filled gaps have `is_filled`.
    """
    raise NotImplementedError
