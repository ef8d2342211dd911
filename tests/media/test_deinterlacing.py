"""Deinterlacing. The frames show bars whose odd lines are those of a later moment."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest

from tests.support.videos import encode, read
from vitruvian.media.deinterlacing import deinterlaced

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.video.frame import VideoFrame


def bar(left: int) -> np.ndarray:
    image = np.full((48, 64, 3), 40, np.uint8)
    image[:, left : left + 12] = 220
    return image


def woven(count: int) -> list[np.ndarray]:
    """Return images of a moving bar with two fields, half a frame apart."""
    images = [bar(4 * index + 4) for index in range(count)]
    for index, image in enumerate(images):
        image[1::2] = bar(4 * index + 6)[1::2]
    return images


def combing(image: np.ndarray) -> float:
    """Return how much each line differs from both of its neighbours."""
    lines = image[2:-2, :, 1].astype(int)
    return float(np.abs(2 * lines[1:-1] - lines[:-2] - lines[2:]).mean())


def interlaced_video(path: Path, count: int, codec: str = "libx264") -> Path:
    options = {"x264-params": "tff=1"} if codec == "libx264" else {"flags": "+ildct+ilme"}
    return encode(path, woven(count), codec, **options)


@pytest.mark.parametrize(
    ("name", "codec"), [("clip.mkv", "libx264"), ("clip.ts", "libx264"), ("c.mpg", "mpeg2video")]
)
@pytest.mark.parametrize("count", [2, 9])
def test_an_interlaced_video_is_deinterlaced(
    tmp_path: Path, name: str, codec: str, count: int
) -> None:
    frames = read(interlaced_video(tmp_path / name, count, codec))
    assert [frame.timestamp_s for frame in frames] == pytest.approx([i / 10 for i in range(count)])
    for frame, image in zip(frames, woven(count), strict=True):
        assert combing(image) > 10
        assert combing(frame.image) < 5
        assert abs(frame.image.mean() - image.mean()) < 3


def test_a_single_interlaced_frame_is_kept(tmp_path: Path) -> None:
    assert len(read(interlaced_video(tmp_path / "clip.mkv", 1))) == 1


def test_frames_of_a_progressive_video_are_not_filtered(tmp_path: Path) -> None:
    path = encode(tmp_path / "clip.mkv", woven(4))
    with av.open(str(path)) as container:
        decoded = list(container.decode(video=0))
    assert [*deinterlaced(decoded)] == decoded


def test_a_mixture_keeps_all_frames_and_times(tmp_path: Path) -> None:
    paths = [encode(tmp_path / "p.mkv", woven(9)), interlaced_video(tmp_path / "i.mkv", 9)]
    progressive, interlaced = ([*decoded(path)] for path in paths)
    pattern = [0, 0, 1, 1, 0, 1, 0, 0, 1]
    mixture = [(progressive, interlaced)[kind][index] for index, kind in enumerate(pattern)]
    shown = [*deinterlaced(mixture)]
    assert [frame.time for frame in shown] == pytest.approx([i / 10 for i in range(9)])
    for index, kind in enumerate(pattern):
        if kind == 0:
            expected = progressive[index].to_ndarray(format="rgb24")
            np.testing.assert_array_equal(shown[index].to_ndarray(format="rgb24"), expected)


def test_frames_of_another_size_follow(tmp_path: Path) -> None:
    small = [*decoded(interlaced_video(tmp_path / "small.mkv", 3))]
    large = [frame.reformat(96, 64) for frame in small]
    for frame, first in zip(large, small, strict=True):
        frame.pts, frame.time_base = (first.pts or 0) + 300, first.time_base
    shown = [*deinterlaced([*small, *large])]
    assert [(frame.width, frame.time) for frame in shown] == [
        (64, 0.0), (64, 0.1), (64, 0.2), (96, 0.3), (96, 0.4), (96, 0.5),
    ]  # fmt: skip


def test_frames_without_a_time_have_none(tmp_path: Path) -> None:
    frames = [*decoded(interlaced_video(tmp_path / "clip.mkv", 3))]
    for frame in frames:
        frame.pts = None
    assert [frame.pts for frame in deinterlaced(frames)] == [None] * 3


def decoded(path: Path) -> Iterator[VideoFrame]:
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            frame.time_base = Fraction(1, 1000)
            yield frame
