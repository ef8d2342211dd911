"""RGB images of 16 bits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import tifffile

from tests.support.images import photograph, png_of_values
from tests.support.videos import read

if TYPE_CHECKING:
    from pathlib import Path

FULL = photograph().astype(np.uint16) * 257
DEEP = np.random.default_rng(0).integers(0, 4096, (48, 64, 3), np.uint16)
DEEP[0, 0] = 0, 4095, 0
DEEP_IN_8_BITS = np.rint(DEEP * (255 / 4095)).astype(np.uint8)


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_all_bits_of_a_png_are_used(tmp_path: Path, channels: int) -> None:
    path = tmp_path / "still.png"
    alpha = np.full((*DEEP.shape[:2], 1), 65_535, np.uint16)
    path.write_bytes(png_of_values(np.dstack((DEEP, alpha))[:, :, :channels]))
    (frame,) = read(path)
    if channels > 1:
        np.testing.assert_array_equal(frame.image, DEEP_IN_8_BITS)
    else:
        np.testing.assert_array_equal(frame.image[:, :, 0], frame.image[:, :, 2])
        assert frame.image.max() == 255


@pytest.mark.parametrize("channels", [3, 4])
def test_a_full_range_png_has_its_high_bytes(tmp_path: Path, channels: int) -> None:
    path = tmp_path / "still.png"
    path.write_bytes(png_of_values(np.dstack((FULL, FULL))[:, :, :channels]))
    np.testing.assert_array_equal(read(path)[0].image, photograph())


TIFFS: dict[str, dict[str, Any]] = {
    "little": {"byteorder": "<"},
    "big": {"byteorder": ">"},
    "deflate": {"compression": "zlib"},
    "predictor": {"compression": "zlib", "predictor": True},
    "tiles": {"tile": (32, 32)},
    "tiles deflate": {"tile": (32, 32), "compression": "zlib"},
    "strips": {"rowsperstrip": 7},
    "planes": {"planarconfig": "separate"},
    "planes big": {"planarconfig": "separate", "byteorder": ">"},
    "bigtiff": {"bigtiff": True},
}


@pytest.mark.parametrize("options", TIFFS.values(), ids=TIFFS)
def test_all_bits_of_a_tiff_are_used(tmp_path: Path, options: dict[str, Any]) -> None:
    path = tmp_path / "still.tif"
    values = np.moveaxis(DEEP, 2, 0) if "planarconfig" in options else DEEP
    tifffile.imwrite(path, values, photometric="rgb", **options)
    np.testing.assert_array_equal(read(path)[0].image, DEEP_IN_8_BITS)


def test_a_tiff_with_compressed_planes_is_not_dark(tmp_path: Path) -> None:
    path = tmp_path / "still.tif"
    planes = np.moveaxis(DEEP, 2, 0)
    tifffile.imwrite(path, planes, photometric="rgb", planarconfig="separate", compression="zlib")
    difference = read(path)[0].image.astype(int) - DEEP_IN_8_BITS
    assert np.abs(difference).max() <= 16  # Pillow has only the high bytes


def test_each_page_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pages.tif"
    with tifffile.TiffWriter(path) as writer:
        for page in (DEEP, DEEP[::-1], DEEP[:, ::-1]):
            writer.write(page, photometric="rgb")
    frames = read(path)
    np.testing.assert_array_equal(frames[0].image, DEEP_IN_8_BITS)
    np.testing.assert_array_equal(frames[1].image, DEEP_IN_8_BITS[::-1])
    np.testing.assert_array_equal(frames[2].image, DEEP_IN_8_BITS[:, ::-1])
