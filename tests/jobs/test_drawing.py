from __future__ import annotations

import numpy as np
import pytest

from tests.support.results import result
from vitruvian.jobs.drawing import PLAIN, Drawing, draw_function

IMAGE = np.zeros((4, 6, 3), np.uint8)


@pytest.mark.parametrize(
    ("drawing", "names"), [(None, []), (PLAIN, ["annotated"]), (Drawing(True, True), ["annotated"])]
)
def test_without_masks_there_is_at_most_the_annotated_image(
    drawing: Drawing | None, names: list[str]
) -> None:
    images = draw_function(drawing)(IMAGE, result(image_size=(6, 4)))
    assert [*images] == names
    assert all(image.shape == IMAGE.shape for image in images.values())


def test_the_mask_is_the_union_of_all_masks() -> None:
    masks = np.zeros((2, 4, 6), np.float32)
    masks[0, 0], masks[1, :2] = 1.0, 0.5
    images = draw_function(None)(IMAGE, result(2, image_size=(6, 4), segmentation_masks=masks))
    assert images["mask"].dtype == np.uint8
    assert images["mask"].tolist() == [[255] * 6, [128] * 6, [0] * 6, [0] * 6]


def test_the_mask_of_an_empty_frame_is_black() -> None:
    empty = result(0, image_size=(6, 4), segmentation_masks=np.zeros((0, 4, 6), np.float32))
    images = draw_function(PLAIN)(IMAGE, empty)
    assert not images["mask"].any()
    assert images["mask"].shape == (4, 6)
