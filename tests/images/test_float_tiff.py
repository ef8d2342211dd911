"""TIFF files of floating-point RGB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import tifffile

from tests.support.images import photograph
from tests.support.videos import read
from vitruvian.errors import MediaError
from vitruvian.inputs.options import InputOptions
from vitruvian.media.opening import open_source

if TYPE_CHECKING:
    from pathlib import Path

VALUES = photograph().astype(np.float32) / 255
LAYOUTS: dict[str, dict[str, Any]] = {
    "plain": {},
    "big": {"byteorder": ">"},
    "deflate": {"compression": "zlib"},
    "strips": {"rowsperstrip": 7},
    "planes": {"planarconfig": "separate"},
}


def write(path: Path, values: np.ndarray, **options: Any) -> Path:
    stored = np.moveaxis(values, 2, 0) if "planarconfig" in options else values
    tifffile.imwrite(path, stored, photometric="rgb", **options)
    return path


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_floats_from_0_to_1_are_read(tmp_path: Path, layout: dict[str, Any]) -> None:
    path = write(tmp_path / "still.tif", VALUES, **layout)
    with open_source(path) as source:
        assert source.is_image
        (frame,) = source
    np.testing.assert_array_equal(frame.image, photograph())


def test_other_floats_are_scaled_by_their_range(tmp_path: Path) -> None:
    (frame,) = read(write(tmp_path / "still.tif", VALUES * 1000 - 20))
    assert (frame.image.min(), frame.image.max()) == (0, 255)
    assert np.abs(frame.image.astype(int) - photograph()).max() <= 1


def test_transparency_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "still.tif"
    values = np.dstack((VALUES, VALUES[:, :, :1]))
    tifffile.imwrite(path, values, photometric="rgb", extrasamples=["unassalpha"])
    np.testing.assert_array_equal(read(path)[0].image, photograph())


def test_it_is_turned_upright(tmp_path: Path) -> None:
    orientation = [(274, "H", 1, 6, True)]
    (frame,) = read(write(tmp_path / "still.tif", VALUES, extratags=orientation))
    np.testing.assert_array_equal(frame.image, np.rot90(photograph(), -1))


def test_tiles_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "still.tif", VALUES, tile=(32, 32))
    with pytest.raises(MediaError, match=r"is a TIFF of floats in tiles, or .*: save it with 16"):
        open_source(path)


def test_too_many_pixels_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "still.tif", VALUES)
    with pytest.raises(MediaError, match="30,720 pixels, more than the limit of 30,719"):
        open_source(path, options=InputOptions(max_pixels=30_719))


@pytest.mark.parametrize("layout", [{}, {"compression": "zlib"}])
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, layout: dict[str, Any]) -> None:
    path = write(tmp_path / "still.tif", VALUES, **layout)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(MediaError, match=r"still\.tif cannot be read as TIFF"):
        open_source(path)
