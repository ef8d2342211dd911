"""Where another scene begins."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from cv2.typing import MatLike

    from vitruvian.types import Image

# A cut changes the colours of more than half of a coarse grid by so many of 255 levels.
_GRID = (32, 18)
_SAMPLES = (64, 36)  # a cell is the mean of 2 × 2
_CUT_LEVELS = 24.0
# And by so many times what frames before did, as pans and flicker go on. The second largest of six
# changes counts: so two cuts may come one after the other, and frames may be there three times.
_CUT_TIMES = 4.0
_FRAMES = 6


class Cuts:
    """Looks at frame after frame of a video for its cuts."""

    def __init__(self) -> None:
        self._grid: MatLike | None = None
        self._changes: deque[float] = deque(maxlen=_FRAMES)

    def __call__(self, image: Image) -> bool:
        """Whether with this picture, of the same size as those before, another scene begins."""
        samples = cv2.resize(image, _SAMPLES, interpolation=cv2.INTER_NEAREST)
        grid = cv2.resize(samples, _GRID, interpolation=cv2.INTER_AREA)
        before, self._grid = self._grid, grid
        if before is None:
            return False
        cells = np.sort(cv2.absdiff(grid, before).max(axis=2), axis=None)
        change = float(cells[cells.size // 2])  # numpy.median takes five times as long
        usual = sorted(self._changes)[-2] if len(self._changes) > 1 else 0.0
        self._changes.append(change)
        return change > max(_CUT_LEVELS, _CUT_TIMES * usual)
