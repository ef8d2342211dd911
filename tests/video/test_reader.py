"""Videos of many kinds, and the sample."""

from __future__ import annotations

import gc
import struct
import subprocess
import sys
from itertools import islice
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest

from tests.support.sample import SAMPLE
from tests.support.videos import BLUE, GREEN, GREY, RED, encode, four_colors, greys, greys_of, read
from vitruvian.errors import MediaError
from vitruvian.media.opening import open_source

if TYPE_CHECKING:
    from pathlib import Path


def test_a_video_has_the_frames_and_timestamps_of_its_file(tmp_path: Path) -> None:
    path = encode(tmp_path / "clip.mp4", greys(12))
    with open_source(path) as source:
        assert (source.is_image, source.is_live) == (False, False)
        assert (source.frame_rate, source.frame_count, source.size) == (10, 12, (64, 48))
        assert (source.name, source.path) == (str(path), path)
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
            for frame in source:
                if frame.index % 24 == 23:  # to look at all objects takes a while
                    held = sum(isinstance(item, av.VideoFrame) for item in gc.get_objects())
                    assert held < 50  # FFmpeg returns as many at once as it has threads
    finally:
        gc.enable()


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
        monkeypatch.setattr("vitruvian.video.frames._converted", fail)
        with pytest.raises(MediaError, match=rf"clip\.mp4 was interrupted \({kind.__name__}: dam"):
            list(source)
    monkeypatch.setattr("vitruvian.video.opened.main_video_stream", fail)
    with pytest.raises(MediaError, match=rf"clip\.mp4 cannot be opened \({kind.__name__}: dam"):
        open_source(path)
