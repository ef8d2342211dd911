"""The part of a video between two times."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.videos import encode, four_colors, greys, greys_of, read
from vitruvian.errors import MediaError
from vitruvian.inputs.options import InputOptions
from vitruvian.media.opening import open_source
from vitruvian.video.reader import open_video

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".ts", ".avi", ".h264", ".mpg"])
@pytest.mark.parametrize("bounds", [(0.5, math.inf), (0.0, 0.7), (1.25, 2.05), (0.3, 0.4), (2, 9)])
def test_the_frames_of_a_time_range_are_those_of_the_whole_video(
    tmp_path: Path, suffix: str, bounds: tuple[float, float]
) -> None:
    codec = "mpeg2video" if suffix == ".mpg" else "libx264"
    images = [np.roll(four_colors(), 3 * index, axis=1) for index in range(30)]
    path = encode(tmp_path / f"clip{suffix}", images, codec, g="7", bf="2")
    start_s, end_s = bounds
    whole = read(path)
    # A time of 0.3 is that of the frame at 0.30000000000000004.
    expected = [f for f in whole if start_s - 1e-6 <= f.timestamp_s < end_s - 1e-6]
    with open_source(path, options=InputOptions(start_s=start_s, end_s=end_s)) as source:
        frames = list(source)
    assert [frame.index for frame in frames] == [*range(len(expected))]
    assert len(expected) > 0
    for frame, same in zip(frames, expected, strict=True):
        assert frame.timestamp_s == pytest.approx(same.timestamp_s)
        np.testing.assert_array_equal(frame.image, same.image)


def test_the_number_of_frames_of_a_time_range_is_expected(tmp_path: Path) -> None:
    path = encode(tmp_path / "clip.mp4", greys(12))
    for bounds, count in (((0, 9), 12), ((0.5, 9), 7), ((0.2, 0.6), 4)):
        options = InputOptions(start_s=bounds[0], end_s=bounds[1])
        with open_source(path, options=options) as source:
            assert source.frame_count == len([*source]) == count


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".ts"])
@pytest.mark.parametrize(
    ("bounds", "problem"),
    [
        ((100, math.inf), "no frames from 100 s on"),
        ((1e300, math.inf), r"no frames from 1e\+300 s on"),
        ((0.31, 0.32), r"no frames from 0\.31 s to 0\.32 s"),
    ],
)
def test_a_time_range_without_frames_is_an_error(
    tmp_path: Path, suffix: str, bounds: tuple[float, float], problem: str
) -> None:
    path = encode(tmp_path / f"clip{suffix}", greys(12))
    with pytest.raises(MediaError, match=f"clip{suffix} has {problem}: give an earlier start"):
        open_source(path, options=InputOptions(start_s=bounds[0], end_s=bounds[1]))


def test_a_part_of_a_piped_video_is_read(tmp_path: Path) -> None:
    path = encode(tmp_path / "clip.mkv", greys(12))

    class Pipe:
        def __init__(self) -> None:
            self._data = io.BytesIO(path.read_bytes())

        def read(self, size: int, /) -> bytes:
            return self._data.read(min(size, 100))

    options = InputOptions(start_s=0.4, end_s=0.8)
    with open_video(Pipe(), "pipe", advice="pipe it", options=options) as source:
        assert (source.path, source.is_live) == (None, False)
        assert greys_of([*source]) == [4, 5, 6, 7]
