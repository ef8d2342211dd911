from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from tests.support.fakes import FakeEngine
from tests.support.regions import square_region
from tests.tolerances import PIXELS
from vitruvian.errors import EngineError
from vitruvian.stages.decoding import INPUT_SIZE_PX
from vitruvian.stages.landmarker import Landmarker
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21

IMAGE = np.zeros((120, 200, 3), np.uint8)
PIXELS_OF_IMAGE = np.array((200, 120, 200), np.float32)
UPRIGHT = square_region(100, 60, 128)


def engine(people: int = 1, *, mask: bool = False) -> FakeEngine:
    """Return a fake that finds all landmarks at the crop's centre, z = 10, with logits 1 and 2."""
    landmarks = np.tile(np.array((128, 128, 10, 1, 2), np.float32), (people, 39))
    outputs = [
        landmarks,
        np.full((people, 1), 0.9, np.float32),
        np.full((people, 64, 64, 39), -50, np.float32),
        np.tile(np.array((0.1, 0.2, 0.3), np.float32), (people, 39)),
    ]
    if mask:
        outputs.append(np.full((people, 256, 256, 1), 3, np.float32))
    return FakeEngine(outputs, INPUT_SIZE_PX)


def test_the_network_gets_crops_whose_bytes_are_scaled_to_one() -> None:
    fake = engine()
    Landmarker(fake, reference=SOLUTIONS_0_10_21)(np.full((120, 200, 3), 255, np.uint8), [UPRIGHT])
    assert fake.asked[0].shape == (1, 256, 256, 3)
    assert (fake.asked[0] == 1).all()


def test_landmarks_are_projected_back_to_the_image() -> None:
    (found,) = Landmarker(engine(), reference=SOLUTIONS_0_10_21)(IMAGE, [UPRIGHT])
    for point in (found.landmarks[0, 7], found.auxiliary[0, 1]):
        assert point * PIXELS_OF_IMAGE == pytest.approx((100, 60, 5), abs=PIXELS)
    assert found.world_landmarks[0, 0] == pytest.approx((0.1, 0.2, 0.3))
    assert found.visibility[0, 0] == pytest.approx(1 / (1 + math.exp(-1)))
    assert found.presence[0, 0] == pytest.approx(1 / (1 + math.exp(-2)))
    assert found.scores.tolist() == pytest.approx([0.9])
    assert found.masks is None


def test_a_rotated_region_is_rotated_back() -> None:
    fake = engine()
    fake.outputs[0].reshape(39, 5)[0, :2] = (128, 0)  # the top of the crop
    (found,) = Landmarker(fake, reference=SOLUTIONS_0_10_21)(
        IMAGE, [square_region(100, 60, 128, math.pi / 2)]
    )
    assert found.landmarks[0, 0] * PIXELS_OF_IMAGE == pytest.approx((164, 60, 5), abs=PIXELS)
    assert found.world_landmarks[0, 0] == pytest.approx((-0.2, 0.1, 0.3))


def test_several_regions_are_one_batch() -> None:
    fake = engine(people=2)
    found = Landmarker(fake, reference=SOLUTIONS_0_10_21)(
        IMAGE, [UPRIGHT, square_region(50, 40, 64)]
    )
    assert len(fake.asked) == 1
    in_pixels = np.array([person.landmarks[0, 0] for person in found]) * PIXELS_OF_IMAGE
    assert in_pixels.ravel() == pytest.approx((100, 60, 5, 50, 40, 2.5), abs=PIXELS)


@pytest.mark.parametrize(
    "unfit",
    [
        np.zeros((1, 64, 64, 33), np.float32),
        np.zeros((1, 64, 64, 39), np.float16),
    ],
)
def test_a_network_with_other_outputs_is_refused(unfit: np.ndarray) -> None:
    fake = engine()
    fake.outputs[2] = unfit
    with pytest.raises(EngineError, match=r"The landmark network gives float.*not float32"):
        Landmarker(fake, reference=SOLUTIONS_0_10_21)(IMAGE, [UPRIGHT])


def refined(
    x: float, y: float, cells: dict[tuple[int, int], float], window: int = 9
) -> list[float]:
    """Return where landmark 0, at x, y of the crop, is moved to by (row, column) → logit."""
    fake = engine()
    fake.outputs[0].reshape(39, 5)[0, :2] = (x, y)
    for (row, column), logit in cells.items():
        fake.outputs[2][0, row, column, 0] = logit
    reference = replace(SOLUTIONS_0_10_21, heatmap_window_cells=window)
    (found,) = Landmarker(fake, reference=reference)(IMAGE, [square_region(128, 128, 256)])
    point = found.landmarks[0, 0]
    return [
        float(value) for value in (point * PIXELS_OF_IMAGE)[:2]
    ]  # pixels of crop and image agree


def test_a_strong_heatmap_moves_the_landmark_to_its_cell() -> None:
    assert refined(128, 128, {(33, 30): 20}) == pytest.approx((120, 132), abs=PIXELS)


def test_two_cells_are_weighted_by_their_confidence() -> None:
    x, _ = refined(128, 128, {(32, 30): 20, (32, 34): 0})
    assert x == pytest.approx(4 * (30 * 1 + 34 * 0.5) / 1.5, abs=PIXELS)


def test_a_weak_heatmap_does_not_move_the_landmark() -> None:
    assert refined(130, 131, {(32, 30): -0.1}) == pytest.approx((130, 131), abs=PIXELS)


def test_only_cells_in_the_window_count() -> None:
    assert refined(128, 128, {(32, 27): 20}) == pytest.approx((128, 128), abs=PIXELS)
    assert refined(128, 128, {(32, 28): 20}, window=7) == pytest.approx((128, 128), abs=PIXELS)
    assert refined(128, 128, {(32, 28): 20}) == pytest.approx((112, 128), abs=PIXELS)


def test_the_window_is_cut_off_at_the_edge_of_the_heatmap() -> None:
    assert refined(1, 1, {(0, 0): 20}) == pytest.approx((0, 0), abs=PIXELS)
    assert refined(-1, 255, {(63, 0): 20}) == pytest.approx((0, 252), abs=PIXELS)


@pytest.mark.parametrize("outside", [-5.0, 256.0, 258.0, 1e6])
def test_a_landmark_outside_the_heatmap_does_not_move(outside: float) -> None:
    """Not even where the window would reach into the heatmap."""
    strong = {(32, 0): 20, (32, 63): 20, (0, 32): 20, (63, 32): 20}
    for point in ((outside, 128), (128, outside)):
        assert refined(*point, strong) == pytest.approx(point, abs=PIXELS, rel=1e-6)


def test_masks_have_the_size_of_the_image() -> None:
    (found,) = Landmarker(engine(mask=True), reference=SOLUTIONS_0_10_21)(IMAGE, [UPRIGHT])
    assert found.masks is not None
    assert found.masks.shape == (1, 120, 200)
    assert found.masks[0, 60, 100] == pytest.approx(1 / (1 + math.exp(-3)))
    assert found.masks[0, 60, 0] == 0
