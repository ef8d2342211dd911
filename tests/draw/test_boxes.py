from __future__ import annotations

import numpy as np
import pytest

from tests.support.results import result
from tests.support.skeletons import GREY, upright
from vitruvian.draw.annotate import annotate
from vitruvian.draw.boxes import draw_box

RED = (255, 0, 0)


def drawn_box(*corners: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows and columns of the pixels that are exactly red."""
    canvas = GREY.copy()
    draw_box(canvas, np.array(corners, np.float32), RED, 1)
    return np.nonzero((canvas == RED).all(axis=2))


def test_a_box_is_drawn_around_the_landmarks() -> None:
    one = result(pose_landmarks=upright(_0=(0.25, 0.25), _32=(0.75, 0.875)))
    drawn = annotate(GREY, one, boxes=True, landmarks=[], colors=RED, thickness_px=2)
    rows, columns = np.nonzero((drawn == RED).all(axis=2))
    assert (columns.min(), rows.min(), columns.max(), rows.max()) == (80, 60, 240, 210)
    assert (drawn[62:208, 82:238] == 128).all()
    assert np.array_equal(annotate(GREY, one, landmarks=[]), GREY)


def test_a_box_is_clipped_to_the_image() -> None:
    rows, columns = drawn_box(-3.0, 0.5, 1e30, 7.0)
    assert (columns.min(), rows.min(), columns.max(), rows.max()) == (0, 120, 319, 239)
    assert np.isin(columns, (0, 319)).sum() > 200


@pytest.mark.parametrize(
    "corners",
    [
        (1.5, 0.2, 1.8, 0.8),
        (0.2, -0.8, 0.8, -0.1),
        (np.nan, 0.2, np.nan, 0.8),
        (np.nan, np.nan, np.nan, np.nan),
        (np.inf, np.inf, np.inf, np.inf),
    ],
)
def test_a_box_outside_of_the_image_is_not_drawn(corners: tuple[float, ...]) -> None:
    canvas = GREY.copy()
    draw_box(canvas, np.array(corners, np.float32), RED, 1)
    assert np.array_equal(canvas, GREY)
