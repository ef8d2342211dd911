from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import PIL.Image
import pytest

from tests.support.annotated import annotations_of
from vitruvian.errors import MediaError
from vitruvian.evaluation.masks import MaskOverlap, mask_ious, mask_overlap, read_mask
from vitruvian.types import ImageSize

if TYPE_CHECKING:
    from pathlib import Path

MASK = np.zeros((20, 30), bool)
MASK[5:15, 10:20] = True


def test_a_pixel_belongs_to_a_person_from_one_half_on() -> None:
    found = np.zeros((2, 20, 30), np.float32)
    found[0, 5:15, 10:15] = 0.51
    found[1, 5:15, 15:20] = 0.5
    assert mask_overlap(MASK, found) == MaskOverlap(50, 100)


def test_the_masks_of_all_people_are_one() -> None:
    found = np.zeros((2, 20, 30), np.float32)
    found[0, 5:15, 10:15], found[1, 0:15, 15:20] = 1, 1
    assert mask_overlap(MASK, found) == MaskOverlap(100, 125)
    assert mask_overlap(MASK, None) == MaskOverlap(0, 100)


def test_images_without_a_result_have_nothing_in_common() -> None:
    annotations = annotations_of((), (), mask="m.png")
    np.testing.assert_array_equal(mask_ious(annotations, {2: MaskOverlap(1, 4)}), [0, 0.25])
    np.testing.assert_array_equal(mask_ious(annotations, {1: MaskOverlap(0, 0)}), [np.nan, 0])
    assert np.isnan(mask_ious(annotations_of(()), {1: MaskOverlap(1, 4)})).all()


@pytest.mark.parametrize("white", [1, 255])
def test_a_mask_is_read(tmp_path: Path, white: int) -> None:
    PIL.Image.fromarray((MASK * white).astype(np.uint8)).save(tmp_path / "m.png")
    np.testing.assert_array_equal(read_mask(tmp_path / "m.png", ImageSize(30, 20)), MASK)


def test_a_black_mask_has_nobody(tmp_path: Path) -> None:
    PIL.Image.new("L", (30, 20)).save(tmp_path / "m.png")
    assert not read_mask(tmp_path / "m.png", ImageSize(30, 20)).any()


def test_a_bad_mask_is_one_error(tmp_path: Path) -> None:
    path = tmp_path / "m.png"
    with pytest.raises(MediaError, match=r"m\.png cannot be read \(No such file"):
        read_mask(path, ImageSize(30, 20))
    path.write_text("mask")
    with pytest.raises(MediaError, match=r"m\.png is no image"):
        read_mask(path, ImageSize(30, 20))
    PIL.Image.new("L", (20, 30)).save(path)
    with pytest.raises(MediaError, match=r"m\.png is 20x30 pixels, but .* with 30x20"):
        read_mask(path, ImageSize(30, 20))
    path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(MediaError, match=r"m\.png"):
        read_mask(path, ImageSize(30, 20))
