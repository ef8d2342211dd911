"""Images in files."""

from __future__ import annotations

import os
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import PIL.Image
import pytest

from tests.support.images import animation, photograph, saved
from tests.support.videos import greys, noise, read
from vitruvian.errors import MediaError
from vitruvian.media import image_file
from vitruvian.media.opening import open_source
from vitruvian.media.options import InputOptions

if TYPE_CHECKING:
    import io
    from pathlib import Path


def test_a_missing_or_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.mp4").touch()
    with pytest.raises(MediaError, match=r"empty\.mp4 is empty: give an image or a video\."):
        open_source(tmp_path / "empty.mp4")
    with pytest.raises(MediaError, match=r"none\.mp4 cannot be read \(No such file .*\): check"):
        open_source(str(tmp_path / "none.mp4"))
    with pytest.raises(MediaError, match=r"cannot be read \(.*\): check the path\."):
        open_source(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes")
def test_a_named_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    with pytest.raises(
        MediaError, match=r"pipe\.mp4 is not a regular file: give an image or a video\."
    ):
        open_source(tmp_path / "pipe.mp4")


@pytest.mark.parametrize("kind", ["PPM", "BMP", "TIFF", "PNG", "JPEG"])
def test_a_file_that_shrinks_while_it_is_read_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    path = tmp_path / "still.img"
    path.write_bytes(saved(noise(400, 400), kind))
    opened = image_file.open_images

    def shrink_after_header(*args: object) -> object:
        images = opened(*args)  # type: ignore[arg-type]
        os.truncate(path, 5000)
        return images

    monkeypatch.setattr(image_file, "open_images", shrink_after_header)
    with pytest.raises(MediaError, match=r"still\.img cannot be read as "):
        open_source(path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not delete open files")
def test_a_file_that_is_deleted_while_it_is_read_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "pages.tif"
    path.write_bytes(animation(greys(4), "TIFF"))
    with open_source(path) as source:
        path.unlink()
        assert len(list(source)) == 4


def test_a_file_is_closed_at_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "pages.tif"
    path.write_bytes(animation(greys(4), "TIFF"))
    files: list[io.IOBase] = []
    opened = image_file.open_file

    def open_file(*args: object) -> object:
        files.append(opened(*args))  # type: ignore[arg-type]
        return files[-1]

    monkeypatch.setattr(image_file, "open_file", open_file)
    read(path)
    open_source(path).close()
    (tmp_path / "text").write_text("neither image nor video")
    with pytest.raises(MediaError):
        open_source(tmp_path / "text")
    assert [file.closed for file in files] == [True, True, True]


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "JPEG", "WEBP", "GIF"])
def test_the_limit_of_pixels_is_that_of_the_call_and_not_of_pillow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    path = tmp_path / "still.png"
    path.write_bytes(saved(photograph(), kind))
    monkeypatch.setattr(PIL.Image, "MAX_IMAGE_PIXELS", None)
    with pytest.raises(MediaError, match=r"30,720 pixels, more than the limit of 30,719: scale it"):
        open_source(path, options=InputOptions(max_pixels=30_719))
    monkeypatch.setattr(PIL.Image, "MAX_IMAGE_PIXELS", 20_000)  # Pillow warns from this on
    with open_source(path, options=InputOptions(max_pixels=30_720)) as source:
        assert source.is_image
    assert PIL.Image.MAX_IMAGE_PIXELS == 20_000


def test_what_pillow_warns_of_is_neither_shown_nor_an_error(tmp_path: Path) -> None:
    path = tmp_path / "still.tif"
    data = bytearray(saved(photograph(), "TIFF", software="x" * 40))
    entry = data.index(b"x" * 40).to_bytes(4, "little")
    data[data.index(entry) : data.index(entry) + 4] = b"\xf0\xff\xff\x7f"  # behind the end
    path.write_bytes(data)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        np.testing.assert_array_equal(read(path)[0].image, photograph())
    assert caught == []


def test_many_threads_read_images_at_the_same_time(tmp_path: Path) -> None:
    for number in range(8):
        kind = ("PNG", "TIFF", "GIF", "WEBP")[number % 4]
        (tmp_path / str(number)).write_bytes(animation([*greys(number + 1), noise()], kind))
    with ThreadPoolExecutor(8) as pool:
        for _ in range(5):
            counts = pool.map(lambda number: len(read(tmp_path / str(number))), range(8))
            assert [*counts] == [n + 2 for n in range(8)]
