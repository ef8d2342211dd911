"""Only a part of an animation or a series is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.images import animation, saved
from tests.support.videos import greys, greys_of
from vitruvian.errors import MediaError
from vitruvian.media.inputs import ImageSeries
from vitruvian.media.opening import open_source
from vitruvian.media.options import InputOptions

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.media.source import Source


@pytest.fixture(params=["GIF", "PNG", "WEBP", "TIFF", "series"])
def clip(tmp_path: Path, request: pytest.FixtureRequest) -> Path | ImageSeries:
    """Ten frames, ten a second."""
    if request.param == "series":
        files = tuple(tmp_path / f"{number}.png" for number in range(10))
        for file, image in zip(files, greys(10), strict=True):
            file.write_bytes(saved(image, "PNG"))
        return ImageSeries(tmp_path / "%d.png", files)
    path = tmp_path / "clip"
    options = {} if request.param == "TIFF" else {"duration": 100}
    path.write_bytes(animation(greys(10), request.param, **options))
    return path


def opened(clip: Path | ImageSeries, start_s: float, end_s: float) -> Source:
    return open_source(clip, options=InputOptions(start_s, end_s, frame_rate=10))


def test_frames_before_and_after_the_part_are_left_out(clip: Path | ImageSeries) -> None:
    with opened(clip, 0.3, 0.6) as source:
        frames = list(source)
        assert source.frame_count in {None, 3}
    assert greys_of(frames) == [3, 4, 5]
    assert [frame.index for frame in frames] == [0, 1, 2]
    assert [frame.timestamp_s for frame in frames] == pytest.approx([0.3, 0.4, 0.5])


def test_a_part_without_frames_is_an_error(clip: Path | ImageSeries) -> None:
    with pytest.raises(MediaError, match=r"has no frames from 5 s to 6 s: give an earlier start"):
        opened(clip, 5, 6)


def test_a_still_image_is_always_read(tmp_path: Path) -> None:
    path = tmp_path / "still.png"
    path.write_bytes(saved(greys(1)[0], "PNG"))
    with opened(path, 3, 4) as source:
        assert len(list(source)) == 1
