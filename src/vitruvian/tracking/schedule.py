"""When to search which part of a scene. It computes with times only, and knows no image."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vitruvian.types import Region

_OCCLUDED_INTERVAL_S = 0.1  # between two looks for occluded people at their predicted positions
_TIME_ROUNDING = 1e-6  # in tiles: a tile that is due within the rounding of timestamps is due


class SearchSchedule:
    """Spreads the search of one scene over its frames.

    Args:
        tiles: the regions to search; each is due once in `interval_s`, in this order.
        interval_s: the time that a search of all tiles takes.
    """

    def __init__(self, tiles: Iterable[Region], interval_s: float) -> None:
        self._tiles = list(tiles)
        self._interval_s = interval_s
        self._tiles_due = 0.0
        self._last_look_s = -math.inf
        self._last_full_search_s = -math.inf

    def next_tiles(self, elapsed_s: float) -> list[Region]:
        """Return the tiles to search in a frame.

        Args:
            elapsed_s: the time since the previous frame.
        """
        self._tiles_due += len(self._tiles) * elapsed_s / self._interval_s
        count = min(math.floor(self._tiles_due + _TIME_ROUNDING), len(self._tiles))
        self._tiles_due = min(self._tiles_due - count, 1)
        due = self._tiles[:count]
        self._tiles = self._tiles[count:] + due
        return due

    def take_occluded_search(self, timestamp_s: float) -> bool:
        """Return whether to look for occluded people now, and if so, record that it is done."""
        is_due = timestamp_s - self._last_look_s >= _OCCLUDED_INTERVAL_S
        if is_due:
            self._last_look_s = timestamp_s
        return is_due

    def record_full_search(self, timestamp_s: float) -> None:
        """Record that everything was searched now, and people were found."""
        self._last_full_search_s = timestamp_s

    @property
    def last_full_search_s(self) -> float:
        """The time of the last full search that found people; minus infinity before the first."""
        return self._last_full_search_s
