"""The timestamps of a video, also if they are uneven, wrong or missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.sounds import video_with_sound
from tests.support.videos import encode, greys, greys_of, read
from vitruvian.video.writer import VideoWriter

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("start_s", [0, 7])
def test_uneven_timestamps_are_kept(tmp_path: Path, start_s: float) -> None:
    times_s = [0, 0.033, 0.1, 0.2, 0.25, 0.9]
    path = tmp_path / "clip.mp4"
    encode(path, greys(6), times_s=[start_s + time_s for time_s in times_s])
    frames = read(path)
    np.testing.assert_allclose([frame.timestamp_s for frame in frames], times_s, atol=1e-4)
    assert greys_of(frames) == [*range(6)]


def test_a_repeated_timestamp_is_increased(tmp_path: Path) -> None:
    # Matroska stores timestamps in milliseconds.
    path = encode(tmp_path / "clip.mkv", greys(5), times_s=[0, 0.1, 0.1001, 0.5, 0.6], bf="0")
    frames = read(path)
    np.testing.assert_allclose([f.timestamp_s for f in frames], [0, 0.1, 0.2, 0.5, 0.6], atol=1e-6)
    assert greys_of(frames) == [*range(5)]


def test_frames_with_wrong_timestamps_can_be_written(tmp_path: Path) -> None:
    # AVI stores no timestamps for reordered frames: here 0.8 s follows 0.79999999 s.
    path = video_with_sound(tmp_path / "clip.avi", "libmp3lame", video_start_s=0.5)
    frames = read(path)
    assert np.diff([frame.timestamp_s for frame in frames]).min() > 1e-3
    with VideoWriter(tmp_path / "written.mp4") as writer:
        for frame in frames:
            writer.write(frame.image, frame.timestamp_s)


def test_missing_timestamps_follow_the_frame_rate(tmp_path: Path) -> None:
    # H.264 without a container has no timestamps.
    frames = read(encode(tmp_path / "clip.h264", greys(5)))
    np.testing.assert_allclose([f.timestamp_s for f in frames], np.arange(5) / 10)


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".ts", ".avi"])
def test_frames_stored_out_of_order_are_read_in_order(tmp_path: Path, suffix: str) -> None:
    frames = read(encode(tmp_path / f"clip{suffix}", greys(12), bf="3", **{"b-adapt": "0"}))
    times_s = np.array([frame.timestamp_s for frame in frames])
    assert greys_of(frames) == [*range(12)]
    assert (np.diff(times_s) > 0).all()
    if suffix != ".avi":  # it stores none for reordered frames; FFmpeg infers a wrong first one
        np.testing.assert_allclose(times_s, np.arange(12) / 10, atol=1e-3)
