"""Candidates in boxes: where the landmark model looks for the person in a box."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.tracking.candidates import Candidate

if TYPE_CHECKING:
    from vitruvian.types import Float64

# A box does not say where the hips are. The landmark model finds most people from one of these two
# circles, which stand upright in the box: how far the hips are below the box's centre, as a
# fraction of its height, and the radius, as a fraction of its longer side. The second one is for
# people who are cut off, or of whom only the upper half is in the box.
_CIRCLES = ((0.0, 0.55), (0.15, 0.65))
# In place of the detector's score: that of a detection without much doubt, because the finder has
# already decided. The landmark model rejects what is no person.
_SCORE = 0.9


def candidates_in(boxes_px: Float64) -> list[Candidate]:
    """Return the candidates for the people in some boxes.

    Args:
        boxes_px: (N, 4) left, top, right and bottom of each box in pixels.
    """
    return [_candidate(box_px, below, radius) for box_px in boxes_px for below, radius in _CIRCLES]


def _candidate(box_px: Float64, below: float, radius: float) -> Candidate:
    left, top, right, bottom = box_px
    x, y = (left + right) / 2, (top + bottom) / 2 + below * (bottom - top)
    radius_px = radius * max(right - left, bottom - top)
    return Candidate(np.array(((x, y), (x, y - radius_px))), _SCORE)
