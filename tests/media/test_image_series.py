"""Numbered images as one video."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.images import animation, exif, png, saved
from tests.support.videos import greys, greys_of
from vitruvian.errors import MediaError
from vitruvian.inputs.options import InputOptions
from vitruvian.inputs.parsing import ImageSeries
from vitruvian.media.image_series import open_image_series

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.inputs.source import Source


def series(folder: Path, files: list[bytes]) -> ImageSeries:
    paths = tuple(folder / f"frame_{number:04d}.png" for number in range(len(files)))
    for path, data in zip(paths, files, strict=True):
        path.write_bytes(data)
    return ImageSeries(folder / "frame_%04d.png", paths)


def opened(images: ImageSeries, **options: float) -> Source:
    return open_image_series(images, "frames", InputOptions(**options))  # type: ignore[arg-type]


def test_the_images_are_frames_in_order(tmp_path: Path) -> None:
    images = series(tmp_path, [saved(image, "PNG") for image in greys(5)])
    with opened(images, frame_rate=4) as source:
        assert source.name == "frames"
        assert (source.is_image, source.is_live) == (False, False)
        assert (source.frame_rate, source.frame_count, source.size) == (4, 5, (64, 48))
        frames = list(source)
    assert greys_of(frames) == [0, 1, 2, 3, 4]
    assert [frame.timestamp_s for frame in frames] == [0, 0.25, 0.5, 0.75, 1]


def test_images_are_turned_upright(tmp_path: Path) -> None:
    images = series(tmp_path, [saved(image, "JPEG", exif=exif(6)) for image in greys(2)])
    with opened(images) as source:
        assert source.size == (48, 64)


def test_images_that_cannot_be_read_are_skipped_and_counted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    files = [saved(image, "PNG") for image in greys(5)]
    images = series(tmp_path, [files[0][:60], files[1], files[2][:60], *files[3:]])
    with opened(images, frame_rate=4) as source:
        images.files[4].unlink()
        frames = list(source)
        assert source.broken.count == 3
    assert greys_of(frames) == [1, 3]
    assert [frame.timestamp_s for frame in frames] == [0.25, 0.75]
    assert caplog.messages == ["frames: 3 broken frames were skipped."]


def test_a_series_of_broken_images_is_refused(tmp_path: Path) -> None:
    broken = saved(greys(1)[0], "PNG")[:60]
    with pytest.raises(MediaError, match=r"frame_0000\.png cannot be read"):
        opened(series(tmp_path, [broken] * 3))


@pytest.mark.parametrize("data", [b"Plain text", animation(greys(2), "GIF")])
def test_only_still_images_make_a_series(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(MediaError, match=r"frame_0000\.png is no still image: give a series"):
        opened(series(tmp_path, [data]))


def test_the_limit_is_that_of_a_frame(tmp_path: Path) -> None:
    images = series(tmp_path, [png(8000, 6500, 2, b"")])
    with pytest.raises(MediaError, match="52,000,000 pixels, more than the limit of 50,000,000"):
        opened(images)
