from __future__ import annotations

import numpy as np
import pytest

from tests.support.images import resized
from tests.support.results import result
from tests.support.skeletons import person
from vitruvian.draw.annotate import annotate
from vitruvian.draw.body import Circle
from vitruvian.draw.faces import blur_face

# A pattern with details of every size, as faces have.
NOISE = resized(np.random.default_rng(0).integers(0, 256, (120, 160, 3), np.uint8), 640, 480)
NOISE = NOISE // 2 + np.random.default_rng(1).integers(0, 128, NOISE.shape, np.uint8)


def blurred(hips_px: tuple[float, float], scale: float, visibility: float = 1.0) -> np.ndarray:
    one = result(
        **person(hips_px, scale, (640, 480)),
        visibility=np.full((1, 33), visibility, np.float32),
    )
    return annotate(NOISE, one, blur_faces=True, landmarks=[])


@pytest.mark.parametrize("visibility", [1.0, 0.0])
def test_a_face_is_blurred_also_if_it_is_turned_away(visibility: float) -> None:
    after = blurred((320, 300), 200, visibility)
    face = np.s_[172 - 15 : 172 + 15, 320 - 15 : 320 + 15]
    # Neighbouring pixels hardly differ: nothing but a few averages is left.
    assert np.abs(np.diff(NOISE[face].astype(int), axis=0)).mean() > 25
    assert np.abs(np.diff(after[face].astype(int), axis=0)).mean() < 3
    # Eyes, ears and mouth are covered, and all that is far from the face is unchanged.
    changed = np.nonzero((after != NOISE).any(axis=2))
    assert changed[0].min() < 300 - 0.7 * 200
    assert changed[0].max() > 300 - 0.54 * 200
    assert changed[1].min() < 320 - 0.08 * 200
    assert changed[1].max() > 320 + 0.08 * 200
    assert changed[0].max() < 300 - 0.4 * 200


def test_at_most_a_few_averages_remain_of_a_face() -> None:
    """Two faces with the same averages cannot be told apart, whatever their details are."""
    tile = np.indices((240, 240)).sum(axis=0) % 2 * 255
    one = np.repeat(tile[..., None].astype(np.uint8), 3, axis=2)
    other = 255 - one
    for canvas in (one, other):
        blur_face(canvas, Circle(120, 120, 60))
    inside = np.s_[80:160, 80:160]
    assert np.abs(one[inside].astype(int) - other[inside]).max() <= 2


@pytest.mark.parametrize("center", [(0, 0), (639, 479), (-20, 240), (320, 490)])
def test_the_part_of_a_face_in_the_image_is_blurred(center: tuple[float, float]) -> None:
    canvas = NOISE.copy()
    blur_face(canvas, Circle(*center, 40))
    rows, columns = np.indices(canvas.shape[:2])
    inside = np.hypot(columns - center[0], rows - center[1]) < 35
    outside = np.hypot(columns - center[0], rows - center[1]) > 43
    assert (canvas != NOISE).any(axis=2)[inside].mean() > 0.9
    assert np.array_equal(canvas[outside], NOISE[outside])


@pytest.mark.parametrize(
    "circle", [(9000, 9000, 5), (-1e6, 1e6, 1e6), (5, 5, 1e6), (5, 5, 0), (5, 5, 0.3)]
)
def test_circles_of_any_size_anywhere_are_blurred_without_error(
    circle: tuple[float, float, float],
) -> None:
    for shape in ((1, 1, 3), (1, 40, 3), (48, 64, 3)):
        blur_face(np.zeros(shape, np.uint8), Circle(*circle))


def test_the_skeleton_is_drawn_over_the_blurred_face() -> None:
    one = result(**person((320, 300), 200, (640, 480)))
    drawn = annotate(NOISE, one, blur_faces=True, colors=(255, 0, 0))
    assert drawn[300 - 124, 320].tolist() == [255, 0, 0]  # the nose
