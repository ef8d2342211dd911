"""Files that cannot be read, or only in part."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest

from tests.support.images import saved
from tests.support.videos import encode, four_colors, greys, greys_of, noise, read
from vitruvian.errors import MediaError
from vitruvian.media.opening import open_source

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.inputs.source import Frame


def no_index(path: Path) -> None:
    data = encode(path, greys(5)).read_bytes()
    path.write_bytes(data[: data.index(b"moov") - 4])


def unknown_codec(path: Path) -> None:
    path.write_bytes(encode(path, greys(5)).read_bytes().replace(b"avc1", b"zzzz"))


def no_frames(path: Path) -> None:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        container.start_encoding()


def song_with_cover(path: Path) -> None:
    with av.open(str(path), "w", format="mp3") as container:
        audio = container.add_stream("libmp3lame", rate=44_100, layout="mono")
        sound = av.AudioFrame.from_ndarray(np.zeros((1, 11_520), np.float32), "fltp", "mono")
        sound.rate, sound.pts = 44_100, 0
        container.mux([*audio.encode(sound), *audio.encode(None)])
    cover = b"\0image/jpeg\0\3\0" + saved(four_colors(), "JPEG")
    tag = b"APIC" + struct.pack(">IH", len(cover), 0) + cover
    size = bytes(len(tag) >> shift & 0x7F for shift in (21, 14, 7, 0))
    path.write_bytes(b"ID3\3\0\0" + size + tag + path.read_bytes())


def half_a_png(path: Path) -> None:
    data = saved(noise(64, 64), "PNG")
    path.write_bytes(data[: len(data) // 2])


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("text.txt", lambda path: path.write_text("Neither image nor video.\n" * 100)),
        ("text.mp4", lambda path: path.write_text("Neither image nor video.\n" * 100)),
        ("zeros.mp4", lambda path: path.write_bytes(bytes(100_000))),
        ("half.png", half_a_png),
        ("no-index.mp4", no_index),
        ("unknown-codec.mp4", unknown_codec),
        ("no-frames.mp4", no_frames),
        ("no-frames.mkv", no_frames),
        ("song.mp3", song_with_cover),
    ],
)
def test_a_file_that_is_neither_image_nor_video_is_refused(
    tmp_path: Path, name: str, make: Any
) -> None:
    path = tmp_path / name
    make(path)
    with pytest.raises(MediaError) as caught:
        open_source(path)
    message = str(caught.value)
    assert message.startswith(f"{path} ")
    assert message.endswith("give a complete image or video file, such as JPEG, PNG or MP4.")


def test_a_truncated_video_is_read_up_to_the_damage(tmp_path: Path) -> None:
    images = [*np.random.default_rng(0).integers(0, 256, (20, 48, 64, 3), np.uint8)]
    path = tmp_path / "clip.mp4"
    encode(path, images, container_options={"movflags": "faststart"}, g="1")
    whole = read(path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 6 // 10])
    frames: list[Frame] = []
    with open_source(path) as source, pytest.raises(MediaError, match=r"is cut short: .*were read"):
        frames.extend(source)
    assert 10 <= len(frames) <= 12
    for frame, expected in zip(frames, whole, strict=False):
        assert (frame.index, frame.timestamp_s) == (expected.index, expected.timestamp_s)
        np.testing.assert_array_equal(frame.image, expected.image)


def test_a_damaged_frame_is_skipped(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = encode(tmp_path / "clip.mkv", greys(8), "libvpx-vp9", g="1")
    with av.open(str(path)) as container:
        start = [packet.pos for packet in container.demux(video=0)][4] or 0
    data = bytearray(path.read_bytes())
    data[start + 8 : start + 28] = b"\xff" * 20
    path.write_bytes(data)
    frames = read(path)
    assert greys_of(frames) == [0, 1, 2, 3, 5, 6, 7]
    assert [frame.index for frame in frames] == [*range(7)]
    assert frames[4].timestamp_s == pytest.approx(0.5)
    assert capfd.readouterr() == ("", "")
