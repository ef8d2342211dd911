"""Detects scene cuts: frames with which another scene begins."""

from __future__ import annotations

from collections import deque
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.types import Image

# Frames are compared on a grid of this many rows and columns.
_GRID = (18, 32)
# Each cell of the grid is the mean of 2 × 2 samples of the frame.
_SIDE = 2
# A scene cut changes more than half of the cells by this many of 255 levels.
_CUT_LEVELS = 24.0
# A scene cut changes the cells this many times as much as previous frames did, because pans and
# flicker continue.
_CUT_FACTOR = 4.0
# The change is compared with the second largest of this many previous changes, so that one scene
# cut may follow another, and a frame may be repeated twice.
_FRAMES = 6


class SceneCutDetector:
    """Compares each frame of a video with the previous ones."""

    def __init__(self) -> None:
        self._levels: NDArray[np.int16] | None = None
        self._changes: deque[float] = deque(maxlen=_FRAMES)

    def __call__(self, image: Image) -> bool:
        """Return whether another scene begins with this RGB image (H, W, 3), contiguous.

        All images must have the same size.
        """
        previous, self._levels = self._levels, _levels(image)
        if previous is None:
            return False
        cells = np.sort(np.abs(self._levels - previous).max(axis=0))
        change = float(cells[cells.size // 2])  # numpy.median takes five times as long
        usual = sorted(self._changes)[-2] if len(self._changes) > 1 else 0.0
        self._changes.append(change)
        return change > max(_CUT_LEVELS, _CUT_FACTOR * usual)


def _levels(image: Image) -> NDArray[np.int16]:
    """Return the red, green and blue (3, cells) of each cell of the grid, from 0 to 255."""
    samples = image.reshape(-1).take(_places(*image.shape[:2])).astype(np.int16)
    first, second, third, fourth = samples
    levels: NDArray[np.int16] = (first + second + third + fourth + 2) >> 2
    return levels


@lru_cache(maxsize=8)  # a process has few sizes at a time
def _places(height: int, width: int) -> NDArray[np.intp]:
    """Return where an image's memory has the samples: (samples of a cell, 3, cells)."""
    rows, columns = (
        (np.arange(cells * _SIDE) * (1 / (cells * _SIDE / length))).astype(np.intp)
        for cells, length in zip(_GRID, (height, width), strict=True)
    )
    pixels = (rows[:, np.newaxis] * width + columns).reshape(_GRID[0], _SIDE, _GRID[1], _SIDE)
    of_cells = pixels.transpose(1, 3, 0, 2).reshape(_SIDE * _SIDE, 1, -1)
    return of_cells * 3 + np.arange(3)[:, np.newaxis]
