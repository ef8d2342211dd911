"""Damaged streams: which frames are read, and what counts as damage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest

from tests.support.videos import encode, greys, greys_of, noise, read
from vitruvian.errors import MediaError
from vitruvian.inputs.options import InputOptions
from vitruvian.media.opening import open_source
from vitruvian.video.decoding import Decoder, prepare

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vitruvian.inputs.source import Frame

TS_PACKET = 188  # bytes


def moving(count: int) -> list[np.ndarray]:
    """Return images that take several packets of a transport stream."""
    image = np.kron(noise(24, 32), np.ones((5, 5, 1), np.uint8))
    return [np.roll(image, 2 * index, axis=1) for index in range(count)]


def test_a_recording_with_a_lost_packet_keeps_all_other_frames(tmp_path: Path) -> None:
    path = encode(tmp_path / "whole.ts", moving(20), g="1")
    expected = read(path)
    data = path.read_bytes()
    lost = tmp_path / "lost.ts"
    middle = len(data) // TS_PACKET // 2 * TS_PACKET
    lost.write_bytes(data[:middle] + data[middle + TS_PACKET :])
    with open_source(lost) as source:
        frames = {round(frame.timestamp_s, 3): frame.image for frame in source}
        assert source.broken.count == 1
    assert len(frames) == 19
    of_whole = {round(frame.timestamp_s, 3): frame.image for frame in expected}
    for time_s, image in frames.items():
        np.testing.assert_array_equal(image, of_whole[time_s])


def test_joined_recordings_lose_no_frame(tmp_path: Path) -> None:
    paths = [encode(tmp_path / f"{number}.ts", moving(6)) for number in range(3)]
    joined = tmp_path / "joined.ts"
    joined.write_bytes(b"".join(path.read_bytes() for path in paths))
    frames = read(joined)
    np.testing.assert_allclose([frame.timestamp_s for frame in frames], np.arange(18) / 10)
    for frame, expected in zip(frames, read(paths[0]) * 3, strict=True):
        np.testing.assert_array_equal(frame.image, expected.image)


@pytest.mark.parametrize("codec", ["libx264", "mpeg4", "mjpeg"])
@pytest.mark.parametrize("suffix", [".mp4", ".avi", ".mov"])
def test_a_file_that_is_cut_short_is_read_to_the_cut(
    tmp_path: Path, suffix: str, codec: str
) -> None:
    path = tmp_path / f"clip{suffix}"
    pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
    container_options = {} if suffix == ".avi" else {"movflags": "faststart"}
    encode(path, moving(12), codec, pix_fmt, container_options=container_options, g="1")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 6 // 10])
    frames: list[Frame] = []
    with open_source(path) as source, pytest.raises(MediaError, match="is cut short"):
        frames.extend(source)
    assert 4 <= len(frames) + source.broken.count < 12  # the frame at the cut may be broken


def test_damage_before_the_start_does_not_matter(tmp_path: Path) -> None:
    path = encode(tmp_path / "clip.ts", moving(20), g="1")
    data = path.read_bytes()
    start = len(data) // TS_PACKET // 4 * TS_PACKET
    path.write_bytes(data[:start] + data[start + TS_PACKET :])
    with open_source(path, options=InputOptions(start_s=1)) as source:
        assert len([*source]) == 10
        assert source.broken.count == 0


def test_frames_that_wait_in_the_decoder_come_before_an_interruption(tmp_path: Path) -> None:
    path = encode(tmp_path / "clip.mkv", greys(10))
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        prepare(container, stream, InputOptions(), threads=4, is_live=False)

        class Interrupted:
            def demux(self, _: Any) -> Iterator[Any]:
                yield from (packet for packet in container.demux(stream) if packet.size)
                raise av.ConnectionResetError(104, "Connection reset by peer")

        decoder = Decoder(Interrupted(), stream)  # type: ignore[arg-type]
        times_s = [frame.time for frame in decoder.frames()]
    assert times_s == pytest.approx([index / 10 for index in range(10)])
    assert isinstance(decoder.interruption, av.ConnectionResetError)


def test_a_camera_that_is_not_ready_is_read_again(tmp_path: Path) -> None:
    path = encode(tmp_path / "clip.mkv", greys(3))
    with av.open(str(path)) as container:

        class Camera:
            asked = 0

            def demux(self, stream: Any) -> Iterator[Any]:
                self.asked += 1
                if self.asked < 3:
                    raise av.BlockingIOError(11, "Resource temporarily unavailable")
                yield from container.demux(stream)

        decoder = Decoder(Camera(), container.streams.video[0])  # type: ignore[arg-type]
        assert len([*decoder.frames()]) == 3


def test_other_streams_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "clip.mkv"
    with av.open(str(path), "w") as container:
        streams = [container.add_stream("mjpeg", rate=10) for _ in range(3)]
        for stream in streams:
            stream.width, stream.height, stream.pix_fmt = 64, 48, "yuvj420p"
        for index, image in enumerate(greys(4)):
            for stream in streams:
                frame = av.VideoFrame.from_ndarray(image, "rgb24").reformat(format="yuvj420p")
                frame.pts = index
                container.mux(stream.encode(frame))
    with av.open(str(path)) as container:
        prepare(container, container.streams.video[1], InputOptions(), threads=1, is_live=False)
        read = [packet.stream_index for packet in container.demux() if packet.size]
    # FFmpeg has read one packet of each stream to open the file.
    assert sorted(read) == [0, 1, 1, 1, 1, 2]
    assert greys_of([*open_source(path)]) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("pixels", "threads", "expected"),
    [((640, 480), 0, 0), ((640, 480), 4, 4), ((8160, 6120), 0, 1), ((4096, 3072), 16, 3)],
)
def test_decoders_of_giant_frames_have_fewer_threads(
    tmp_path: Path, pixels: tuple[int, int], threads: int, expected: int
) -> None:
    path = tmp_path / "clip.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = *pixels, "yuv420p"
        container.start_encoding()
        packet = av.Packet(b"\0" * 16)
        packet.stream, packet.pts, packet.dts = stream, 0, 0
        container.mux(packet)
    with av.open(str(path)) as opened:
        video = opened.streams.video[0]
        prepare(opened, video, InputOptions(), threads=threads, is_live=False)
        assert video.codec_context.thread_count == expected
