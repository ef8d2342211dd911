"""Videos of many kinds, and the sample."""

from __future__ import annotations

import gc
import io
import math
import struct
import subprocess
import sys
from itertools import islice
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest

from tests.support.sample import SAMPLE
from tests.support.sounds import video_with_sound
from tests.support.videos import BLUE, GREEN, GREY, RED, encode, four_colors, greys, greys_of, read
from vitruvian.errors import MediaError
from vitruvian.media import video_reader
from vitruvian.media.opening import open_source
from vitruvian.media.options import InputOptions
from vitruvian.media.video_reader import open_video
from vitruvian.media.video_writer import VideoWriter

if TYPE_CHECKING:
    from pathlib import Path


def test_a_video_has_the_frames_and_timestamps_of_its_file(tmp_path: Path) -> None:
    path = encode(tmp_path / "clip.mp4", greys(12))
    with open_source(path) as source:
        assert (source.is_image, source.is_live) == (False, False)
        assert (source.frame_rate, source.frame_count, source.size) == (10, 12, (64, 48))
        assert (source.name, source.stem, source.path) == (str(path), "clip", path)
        frames = list(source)
    assert [frame.index for frame in frames] == [*range(12)]
    assert greys_of(frames) == [*range(12)]
    np.testing.assert_allclose([frame.timestamp_s for frame in frames], np.arange(12) / 10)


def test_reading_can_stop_early(tmp_path: Path) -> None:
    with open_source(encode(tmp_path / "clip.mp4", greys(12))) as source:
        assert next(iter(source)).index == 0
        assert next(iter(source)).index == 1
    assert list(source) == []


@pytest.mark.parametrize(
    ("matrix", "upright"),
    [
        ((1, 0, 0, 1), lambda image: image),
        ((0, 1, -1, 0), lambda image: np.rot90(image, -1)),  # a phone in portrait orientation
        ((-1, 0, 0, -1), lambda image: np.rot90(image, 2)),
        ((0, -1, 1, 0), np.rot90),
        ((-1, 0, 0, 1), lambda image: image[:, ::-1]),
        ((1, 0, 0, -1), lambda image: image[::-1]),
        ((0, 1, 1, 0), lambda image: image.swapaxes(0, 1)),
        ((0, -1, -1, 0), lambda image: np.rot90(image, 2).swapaxes(0, 1)),
    ],
)
def test_the_rotation_of_a_phone_is_applied(
    tmp_path: Path, matrix: tuple[int, int, int, int], upright: Any
) -> None:
    path = encode(tmp_path / "clip.mp4", [four_colors()] * 3)
    data = bytearray(path.read_bytes())
    a, b, c, d = (number << 16 for number in matrix)
    struct.pack_into(">9i", data, data.index(b"tkhd") + 44, a, b, 0, c, d, 0, 0, 0, 1 << 30)
    path.write_bytes(data)
    expected = upright(four_colors())
    with open_source(path) as source:
        assert source.size == expected.shape[1::-1]
        frames = list(source)
    assert len(frames) == 3
    for frame in frames:
        assert frame.image.flags.c_contiguous
        assert np.abs(frame.image.astype(int) - expected).mean() < 5


def test_frames_are_freed_at_once(tmp_path: Path) -> None:
    path = encode(tmp_path / "clip.mp4", [four_colors()] * 100)
    gc.collect()
    gc.disable()  # frames must be freed without the garbage collection
    try:
        with open_source(path) as source:
            for _ in source:
                held = sum(isinstance(item, av.VideoFrame) for item in gc.get_objects())
                assert held < 50  # FFmpeg returns as many at once as it has threads
    finally:
        gc.enable()


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


@pytest.mark.parametrize("size", [(241, 321), (1, 1), (50, 33)])
def test_frames_of_odd_sizes_are_read_exactly(tmp_path: Path, size: tuple[int, int]) -> None:
    image = np.random.default_rng(0).integers(0, 256, (*size, 3), np.uint8)
    for frame in read(encode(tmp_path / "clip.mkv", [image] * 2, "ffv1", "bgr0")):
        assert frame.image.flags.c_contiguous
        np.testing.assert_array_equal(frame.image, image)


@pytest.mark.parametrize(
    ("codec", "pix_fmt", "full_range", "matrix"),
    [
        ("libx264", "yuv420p", False, "smpte170m"),
        ("libx264", "yuv420p", False, "bt709"),
        ("libx264", "yuv420p", True, "bt709"),
        ("libx264", "yuv444p", False, "bt709"),
        ("libx264", "yuv420p10le", False, "bt709"),
        ("libx264", "yuv444p10le", True, "bt709"),
        ("mjpeg", "yuvj420p", True, "smpte170m"),
        ("ffv1", "yuva420p", False, "bt709"),
    ],
)
def test_colours_follow_the_matrix_and_range_of_the_video(
    tmp_path: Path, codec: str, pix_fmt: str, full_range: bool, matrix: str
) -> None:
    path = tmp_path / "clip.mkv"
    encode(path, [four_colors()] * 2, codec, pix_fmt, full_range=full_range, matrix=matrix)
    for frame in read(path):
        middles = frame.image[[8, 8, 40, 40], [10, 53, 10, 53]].astype(int)
        np.testing.assert_allclose(middles, [RED, GREEN, BLUE, GREY], atol=4)


def test_sound_is_ignored(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    with av.open(str(path), "w") as container:
        video = container.add_stream("libx264", rate=10)
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        audio = container.add_stream("aac", rate=48_000, layout="mono")
        sound = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
        sound.rate, sound.pts = 48_000, 0
        for image in greys(3):
            container.mux(video.encode(av.VideoFrame.from_ndarray(image, "rgb24")))
        container.mux(audio.encode(sound))
        for stream in (video, audio):
            container.mux(stream.encode(None))
    assert len(read(path)) == 3


def test_the_largest_of_several_video_streams_is_read(tmp_path: Path) -> None:
    path = tmp_path / "clip.avi"
    with av.open(str(path), "w") as container:
        streams = [container.add_stream("mjpeg", rate=10) for _ in range(3)]
        for stream, side in zip(streams, (32, 64, 48), strict=True):
            stream.width, stream.height, stream.pix_fmt = side, side, "yuvj420p"
        for stream in streams:
            frame = av.VideoFrame(stream.width, stream.height, "yuvj420p")
            container.mux(stream.encode(frame))
    with open_source(path) as source:
        assert source.size == (64, 64)


def test_the_sample_video_has_120_frames_at_30_per_second() -> None:
    with open_source(SAMPLE) as source:
        assert (source.frame_rate, source.frame_count, source.size) == (30, 120, (640, 480))
        frames = list(source)
    np.testing.assert_allclose([frame.timestamp_s for frame in frames], np.arange(120) / 30)


def test_a_program_can_end_without_closing_the_source() -> None:
    code = (
        "import sys; from vitruvian.media.opening import open_source; "
        "frame = next(iter(open_source(sys.argv[1]))); print(frame.image.shape)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, SAMPLE], capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("(480, 640, 3)\n", "")


def test_the_number_of_threads_changes_no_pixel() -> None:
    with open_source(SAMPLE, threads=1) as alone, open_source(SAMPLE, threads=3) as together:
        for one, other in zip(islice(alone, 20), together, strict=False):
            assert np.array_equal(one.image, other.image)


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
    with open_video(Pipe(), "pipe", "pipe", advice="pipe it", options=options) as source:
        assert (source.path, source.is_live) == (None, False)
        assert greys_of([*source]) == [4, 5, 6, 7]


def test_a_header_that_says_nonsense_is_not_believed(tmp_path: Path) -> None:
    """A header that declares a frame in 86 million seconds, and two billion frames."""
    path = encode(tmp_path / "slow.avi", greys(12), "mjpeg", "yuvj420p")
    data = bytearray(path.read_bytes())
    header = data.index(b"strh") + 8
    struct.pack_into("<II", data, header + 20, 2**31 - 1, 25)  # seconds, frames
    struct.pack_into("<I", data, header + 32, 2**31 - 1)  # the number of frames
    path.write_bytes(data)
    with open_source(path) as source:
        assert source.frame_rate is None
        assert source.frame_count is None
        frames = list(source)
    assert greys_of(frames) == [*range(12)]
    np.testing.assert_allclose([frame.timestamp_s for frame in frames], np.arange(12) / 30)


def test_metadata_may_be_of_any_encoding(tmp_path: Path) -> None:
    path = tmp_path / "clip.mkv"
    with av.open(str(path), "w") as container:
        container.metadata["title"] = "TITLE"
        stream = container.add_stream("mjpeg", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuvj420p"
        stream.metadata["title"] = "TITLE"
        frame = av.VideoFrame.from_ndarray(four_colors(), "rgb24").reformat(format="yuvj420p")
        container.mux(stream.encode(frame))
    path.write_bytes(path.read_bytes().replace(b"TITLE", b"\xff\xfe\x80\xc0\xc1"))
    assert len(read(path)) == 1


@pytest.mark.parametrize("kind", [ValueError, OverflowError, MemoryError, LookupError])
def test_whatever_pyav_raises_is_an_error_of_the_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    path = encode(tmp_path / "clip.mp4", greys(4))

    def fail(*_: Any) -> None:
        raise kind("damaged")

    with open_source(path) as source:
        monkeypatch.setattr(video_reader, "_converted", fail)
        with pytest.raises(MediaError, match=rf"clip\.mp4 was interrupted \({kind.__name__}: dam"):
            list(source)
    monkeypatch.setattr(video_reader, "main_video_stream", fail)
    with pytest.raises(MediaError, match=rf"clip\.mp4 cannot be opened \({kind.__name__}: dam"):
        open_source(path)
