from __future__ import annotations

import numpy as np

from tests.support.results import result
from tests.support.skeletons import upright
from vitruvian.draw.annotate import annotate


def test_labels_are_small_for_small_people_and_beside_heads_at_the_top() -> None:
    def label(top: float, bottom: float) -> tuple[np.ndarray, np.ndarray]:
        """Return the rows and columns of the label's pixels on a large image."""
        points = upright()
        points[0, :, 1] = np.linspace(top, bottom, 33)
        one = result(pose_landmarks=points, visibility=np.zeros((1, 33), np.float32))
        canvas = np.full((1200, 1600, 3), 128, np.uint8)
        return np.nonzero((annotate(canvas, one, by_id=True) != 128).any(axis=2))

    assert np.ptp(label(0.2, 0.3)[0]) < np.ptp(label(0.2, 0.9)[0]) / 2
    rows, columns = label(0.0, 0.9)
    assert rows.min() == 0
    assert columns.min() > 800
