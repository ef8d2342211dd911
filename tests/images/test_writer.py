"""PNG files that `write_image` writes, read back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np
import PIL.Image
import pytest

from tests.support.videos import NOT_IMAGES, four_colors, full_disk, noise
from vitruvian.errors import FrameError, OutputError
from vitruvian.images.writer import png, write_image

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "image",
    [four_colors(), four_colors()[:, :, 0], four_colors()[:, ::-2], noise(1, 1), noise(33, 1)],
    ids=["colour", "grey", "not contiguous", "one pixel", "one column"],
)
def test_a_written_image_reads_back(tmp_path: Path, image: np.ndarray) -> None:
    path = tmp_path / "ein Bild, 日本.png"
    path.write_text("an older file")
    write_image(path, image)
    np.testing.assert_array_equal(PIL.Image.open(path), image)
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.parametrize("image", NOT_IMAGES.values(), ids=NOT_IMAGES)
def test_an_array_that_is_no_image_is_refused(tmp_path: Path, image: np.ndarray) -> None:
    with pytest.raises(FrameError, match=r"give .*\(H, W, 3\)"):
        write_image(tmp_path / "still.png", image)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit the size of files")
@pytest.mark.parametrize("bytes_left", [1000, 60_000, 270_000])
def test_a_full_disk_is_reported_and_leaves_no_file(tmp_path: Path, bytes_left: int) -> None:
    with (
        full_disk(bytes_left),
        pytest.raises(OutputError, match=r"still\.png cannot be written"),
    ):
        write_image(tmp_path / "still.png", noise(400, 400))
    assert [*tmp_path.iterdir()] == []


def test_a_path_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    file, folder = tmp_path / "file", tmp_path / "folder"
    file.touch()
    folder.mkdir()
    for path in (file / "clip.mp4", folder):
        with pytest.raises(OutputError, match="cannot be written"):
            write_image(path, noise())
    assert sorted(tmp_path.iterdir()) == [file, folder]
    assert [*folder.iterdir()] == []


def test_an_image_that_png_cannot_hold_is_refused() -> None:
    image = np.broadcast_to(np.uint8(0), (32_000, 32_000, 3))
    with pytest.raises(OutputError, match="32000x32000 pixels cannot be written as PNG"):
        png(image)
