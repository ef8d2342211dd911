"""Broken frames: skipped and counted, and no other frame is lost beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
import numpy as np
import pytest

from tests.support.videos import encode, noise
from vitruvian.inputs.options import InputOptions
from vitruvian.media.opening import open_source

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.inputs.source import Frame

FRAMES = 40


def clip(path: Path, codec: str, **options: str) -> Path:
    """Write a video whose frames differ, and refer to each other."""
    image = np.kron(noise(12, 16), np.ones((6, 6, 1), np.uint8))
    images = [np.roll(image, 3 * number, axis=1) for number in range(FRAMES)]
    is_jpeg = codec == "mjpeg"
    pix_fmt = "yuvj420p" if is_jpeg else "yuv420p"
    return encode(path, images, codec, pix_fmt, full_range=is_jpeg, **options)


def break_packet(path: Path, number: int, *, flipped: bool) -> None:
    """Flip some bytes of a packet, or overwrite it with zeros."""
    with av.open(str(path)) as container:
        packets = [(p.pos or 0, p.size) for p in container.demux(video=0) if p.size]
    start, size = packets[number]
    data = bytearray(path.read_bytes())
    if flipped:
        for position in np.random.default_rng(1).integers(10, size, 20).tolist():
            data[start + position] ^= 0xFF
    else:
        data[start + 8 : start + size] = bytes(size - 8)
    path.write_bytes(data)


def read(path: Path, threads: int = 0, **options: float) -> tuple[list[Frame], int]:
    """Return the frames of a video, and how many were broken."""
    with open_source(path, threads, InputOptions(**options)) as source:  # type: ignore[arg-type]
        return [*source], source.broken.count


@pytest.mark.parametrize("number", [12, 38])
@pytest.mark.parametrize(
    ("name", "codec", "options", "flipped"),
    [
        ("clip.mp4", "libx264", {"g": "10", "bf": "0"}, True),
        ("clip.mkv", "libx264", {"g": "250"}, True),
        ("clip.mkv", "libx264", {"g": "250"}, False),
        ("clip.avi", "mjpeg", {}, False),
        ("clip.avi", "mpeg4", {"g": "1"}, True),
    ],
)
def test_a_broken_frame_costs_no_other_with_any_number_of_threads(
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    name: str,
    codec: str,
    options: dict[str, str],
    flipped: bool,
    number: int,
) -> None:
    path = clip(tmp_path / name, codec, **options)
    break_packet(path, number, flipped=flipped)
    frames, broken = read(path, threads=1)
    assert (len(frames), broken) == (FRAMES - 1, 1)
    assert [frame.index for frame in frames] == [*range(FRAMES - 1)]
    assert frames[-1].timestamp_s == pytest.approx((FRAMES - 1 - (number == 38)) / 10, abs=0.11)
    assert caplog.messages == [f"{path}: 1 broken frame was skipped."]
    again, broken = read(path, threads=8)
    assert broken == 1
    for frame, expected in zip(again, frames, strict=True):
        assert frame.timestamp_s == expected.timestamp_s
        np.testing.assert_array_equal(frame.image, expected.image)


@pytest.mark.parametrize(
    ("name", "codec", "options"),
    [("clip.mp4", "libx264", {"g": "10"}), ("clip.webm", "libvpx-vp9", {"g": "10"})],
)
def test_frames_that_refer_to_a_lost_one_are_counted_where_the_decoder_leaves_them_out(
    tmp_path: Path, name: str, codec: str, options: dict[str, str]
) -> None:
    path = clip(tmp_path / name, codec, **options)
    break_packet(path, 20, flipped=False)
    frames, broken = read(path)
    assert len(frames) + broken == FRAMES
    assert broken >= 1
    times_s = [frame.timestamp_s for frame in frames]
    assert times_s == sorted(times_s)
    assert times_s[-1] == pytest.approx(3.9)


def test_frames_that_are_broken_outside_of_the_part_that_is_read_do_not_count(
    tmp_path: Path,
) -> None:
    path = clip(tmp_path / "clip.mkv", "mjpeg")
    break_packet(path, 5, flipped=False)
    break_packet(path, 25, flipped=False)
    assert read(path)[1] == 2
    for span in ({"start_s": 1.0, "end_s": 2.0}, {"start_s": 3.0}, {"end_s": 0.4}):
        frames, broken = read(path, **span)
        assert broken == 0, span
        assert len(frames) == {1.0: 10, 3.0: 10}.get(span.get("start_s", 0), 4)


@pytest.mark.parametrize(
    ("suffix", "codec"),
    [
        (".mp4", "libx264"),
        (".ts", "libx264"),
        (".avi", "libx264"),
        (".mp4", "libx265"),
        (".webm", "libvpx-vp9"),
        (".webm", "libvpx"),
        (".avi", "mpeg4"),
    ],
)
def test_a_whole_video_has_no_broken_frame(tmp_path: Path, suffix: str, codec: str) -> None:
    frames, broken = read(clip(tmp_path / f"clip{suffix}", codec), threads=8)
    assert (len(frames), broken) == (FRAMES, 0)
