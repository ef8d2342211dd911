"""Every test makes its own small media; only the last ones look at the sample."""

from __future__ import annotations

import functools
import gc
import http.server
import os
import struct
import subprocess
import sys
import threading
import zlib
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import cv2
import numpy as np
import pytest

from vitruvian import media
from vitruvian.errors import MediaError
from vitruvian.media import Frame, expand, open_source, stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SAMPLE = Path(__file__).parents[1] / "samples" / "jumping_jacks.mp4"

RED, GREEN, BLUE, GREY = (220, 30, 30), (30, 200, 60), (40, 60, 210), (90, 90, 90)


def picture(height: int = 48, width: int = 64) -> np.ndarray:
    """Grey, with another colour in three of its corners."""
    image = np.full((height, width, 3), GREY, np.uint8)
    image[: height // 3, : width // 3] = RED
    image[: height // 3, -(width // 3) :] = GREEN
    image[-(height // 3) :, : width // 3] = BLUE
    return image


def greys(count: int) -> list[np.ndarray]:
    return [np.full((48, 64, 3), 20 * i, np.uint8) for i in range(count)]


def encode(
    path: Path,
    images: Sequence[np.ndarray],
    codec: str = "libx264",
    pix_fmt: str = "yuv420p",
    *,
    times_s: Sequence[float] | None = None,
    full_range: bool = False,
    matrix: str = "smpte170m",
    container_options: dict[str, str] | None = None,
    **options: str,
) -> Path:
    """Ten frames a second, unless `times_s` says otherwise."""
    if codec == "libx264":
        options = {"crf": "1", **options}
    options |= {"color_range": "pc" if full_range else "tv", "colorspace": matrix}
    with av.open(str(path), "w", options=container_options or {}) as container:
        stream = container.add_stream(codec, rate=10, options=options)
        stream.height, stream.width = images[0].shape[:2]
        stream.pix_fmt = pix_fmt
        if times_s is not None:
            stream.codec_context.time_base = Fraction(1, 90_000)
        for index, image in enumerate(images):
            frame = av.VideoFrame.from_ndarray(image, "rgb24").reformat(
                format=pix_fmt,
                src_color_range="JPEG",
                dst_color_range="JPEG" if full_range else "MPEG",
                dst_colorspace="ITU709" if matrix == "bt709" else "ITU601",
            )
            frame.pts, frame.time_base = index, Fraction(1, 10)
            if times_s is not None:
                frame.pts, frame.time_base = round(times_s[index] * 90_000), Fraction(1, 90_000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def read(path: Path | str) -> list[Frame]:
    with open_source(path) as source:
        return list(source)


def read_until_damage(path: Path) -> list[Frame]:
    frames: list[Frame] = []
    with open_source(path) as source, pytest.raises(MediaError, match=r"is damaged: .*were read"):
        frames.extend(frame for frame in source)
    return frames


def greys_of(frames: Sequence[Frame]) -> list[int]:
    return [round(float(frame.image.mean()) / 20) for frame in frames]


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, color_type: int, rows: bytes, palette: bytes = b"") -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, color_type, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + (png_chunk(b"PLTE", palette) if palette else b"")
        + png_chunk(b"IDAT", zlib.compress(rows))
        + png_chunk(b"IEND", b"")
    )


# Still pictures


@pytest.mark.parametrize("suffix", [".png", ".bmp", ".tiff", ".ppm", ".jpg", ".webp"])
def test_a_still_picture(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"still{suffix}"
    image = cv2.GaussianBlur(picture(), (0, 0), 3)
    path.write_bytes(cv2.imencode(suffix, image[:, :, ::-1])[1].tobytes())
    with open_source(path) as source:
        assert (source.is_picture, source.is_live) == (True, False)
        assert (source.frame_rate, source.frame_count, source.size) == (None, 1, (64, 48))
        assert (source.name, source.stem) == (str(path), "still")
        (frame,) = source
    assert (frame.index, frame.timestamp_s) == (0, 0.0)
    assert frame.image.dtype == np.uint8
    assert frame.image.flags.c_contiguous
    np.testing.assert_array_equal(frame.image, cv2.imread(str(path))[:, :, ::-1])
    assert np.abs(frame.image.astype(int) - image).mean() < 2


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        (picture()[:, :, 0], np.repeat(picture()[:, :, :1], 3, axis=2)),
        (np.dstack((picture()[:, :, ::-1], np.full((48, 64), 7, np.uint8))), picture()),
        (picture()[:, :, ::-1].astype(np.uint16) * 257, picture()),
    ],
    ids=["grey", "alpha", "16-bit"],
)
def test_a_picture_becomes_8_bit_rgb(
    tmp_path: Path, stored: np.ndarray, expected: np.ndarray
) -> None:
    path = tmp_path / "still.png"
    path.write_bytes(cv2.imencode(".png", stored)[1].tobytes())
    (frame,) = read(path)
    np.testing.assert_array_equal(frame.image, expected)


def test_a_picture_with_a_palette(tmp_path: Path) -> None:
    path = tmp_path / "still.png"
    path.write_bytes(png(3, 1, 3, bytes([0, 0, 1, 2]), bytes([*RED, *GREEN, *BLUE])))
    (frame,) = read(path)
    np.testing.assert_array_equal(frame.image, [[RED, GREEN, BLUE]])


@pytest.mark.parametrize(
    ("orientation", "upright"),
    [
        (1, lambda image: image),
        (2, lambda image: image[:, ::-1]),
        (3, lambda image: image[::-1, ::-1]),
        (4, lambda image: image[::-1]),
        (5, lambda image: image.swapaxes(0, 1)),
        (6, lambda image: np.rot90(image, -1)),
        (7, lambda image: np.rot90(image, 2).swapaxes(0, 1)),
        (8, np.rot90),
    ],
)
def test_the_camera_was_turned(tmp_path: Path, orientation: int, upright: Any) -> None:
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    exif = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    jpeg = cv2.imencode(".jpg", picture()[:, :, ::-1])[1].tobytes()
    path = tmp_path / "still.jpg"
    path.write_bytes(jpeg[:2] + struct.pack(">HH", 0xFFE1, 2 + len(exif)) + exif + jpeg[2:])
    (frame,) = read(path)
    expected = upright(picture())
    assert frame.image.shape == expected.shape
    assert np.abs(frame.image.astype(int) - expected).mean() < 5


def test_the_content_says_what_a_file_is(tmp_path: Path) -> None:
    still, video = tmp_path / "ein Bild, 日本.mp4", tmp_path / "50%: film.jpg"
    still.write_bytes(cv2.imencode(".png", picture())[1].tobytes())
    encode(tmp_path / "film.mp4", greys(3)).rename(video)
    with open_source(still) as source:
        assert source.is_picture
    with open_source(str(video)) as source:
        assert not source.is_picture
        assert len(list(source)) == 3


def test_a_very_wide_picture(tmp_path: Path) -> None:
    path = tmp_path / "wide.png"
    path.write_bytes(png(20_000, 20, 2, bytes((1 + 3 * 20_000) * 20)))
    assert read(path)[0].image.shape == (20, 20_000, 3)


def test_a_picture_that_claims_to_be_enormous(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(png(100_000, 100_000, 2, bytes(1000)))
    with pytest.raises(MediaError, match=r"bomb\.png is too large a picture: scale it down\."):
        open_source(path)


@pytest.mark.parametrize(("codec", "pix_fmt"), [("gif", "rgb8"), ("apng", "rgb24")])
def test_an_animation_is_a_video(tmp_path: Path, codec: str, pix_fmt: str) -> None:
    path = encode(tmp_path / f"animation.{codec}", greys(4), codec, pix_fmt)
    path = path.rename(tmp_path / "animation.png")
    with open_source(path) as source:
        assert not source.is_picture
        frames = list(source)
    np.testing.assert_allclose([frame.timestamp_s for frame in frames], [0, 0.1, 0.2, 0.3])


# Videos


def test_a_video(tmp_path: Path) -> None:
    path = encode(tmp_path / "film.mp4", greys(12))
    with open_source(path) as source:
        assert (source.is_picture, source.is_live) == (False, False)
        assert (source.frame_rate, source.frame_count, source.size) == (10, 12, (64, 48))
        assert (source.name, source.stem) == (str(path), "film")
        frames = list(source)
    assert [frame.index for frame in frames] == [*range(12)]
    assert greys_of(frames) == [*range(12)]
    np.testing.assert_allclose([frame.timestamp_s for frame in frames], np.arange(12) / 10)


def test_it_can_be_left_half_way(tmp_path: Path) -> None:
    with open_source(encode(tmp_path / "film.mp4", greys(12))) as source:
        assert next(iter(source)).index == 0
        assert next(iter(source)).index == 1
    assert list(source) == []


@pytest.mark.parametrize(
    ("matrix", "upright"),
    [
        ((1, 0, 0, 1), lambda image: image),
        ((0, 1, -1, 0), lambda image: np.rot90(image, -1)),  # a phone held upright
        ((-1, 0, 0, -1), lambda image: np.rot90(image, 2)),
        ((0, -1, 1, 0), np.rot90),
        ((-1, 0, 0, 1), lambda image: image[:, ::-1]),
        ((1, 0, 0, -1), lambda image: image[::-1]),
        ((0, 1, 1, 0), lambda image: image.swapaxes(0, 1)),
        ((0, -1, -1, 0), lambda image: np.rot90(image, 2).swapaxes(0, 1)),
    ],
)
def test_the_phone_was_turned(
    tmp_path: Path, matrix: tuple[int, int, int, int], upright: Any
) -> None:
    path = encode(tmp_path / "film.mp4", [picture()] * 3)
    data = bytearray(path.read_bytes())
    a, b, c, d = (number << 16 for number in matrix)
    struct.pack_into(">9i", data, data.index(b"tkhd") + 44, a, b, 0, c, d, 0, 0, 0, 1 << 30)
    path.write_bytes(data)
    expected = upright(picture())
    with open_source(path) as source:
        assert source.size == expected.shape[1::-1]
        frames = list(source)
    assert len(frames) == 3
    for frame in frames:
        assert frame.image.flags.c_contiguous
        assert np.abs(frame.image.astype(int) - expected).mean() < 5


def test_pictures_are_let_go_of_at_once(tmp_path: Path) -> None:
    path = encode(tmp_path / "film.mp4", [picture()] * 100)
    gc.collect()
    gc.disable()  # not only when garbage is collected
    try:
        with open_source(path) as source:
            for _ in source:
                held = sum(isinstance(item, av.VideoFrame) for item in gc.get_objects())
                assert held < 50  # FFmpeg gives as many at once as it has threads
    finally:
        gc.enable()


@pytest.mark.parametrize("start_s", [0, 7])
def test_uneven_times_are_kept(tmp_path: Path, start_s: float) -> None:
    times_s = [0, 0.033, 0.1, 0.2, 0.25, 0.9]
    path = tmp_path / "film.mp4"
    encode(path, greys(6), times_s=[start_s + time_s for time_s in times_s])
    frames = read(path)
    np.testing.assert_allclose([frame.timestamp_s for frame in frames], times_s, atol=1e-4)
    assert greys_of(frames) == [*range(6)]


def test_a_repeated_time_is_made_later(tmp_path: Path) -> None:
    # Matroska counts in milliseconds.
    path = encode(tmp_path / "film.mkv", greys(5), times_s=[0, 0.1, 0.1001, 0.5, 0.6], bf="0")
    frames = read(path)
    np.testing.assert_allclose([f.timestamp_s for f in frames], [0, 0.1, 0.2, 0.5, 0.6], atol=1e-6)
    assert greys_of(frames) == [*range(5)]


def test_a_missing_time_is_counted_on(tmp_path: Path) -> None:
    frames = read(encode(tmp_path / "film.h264", greys(5)))  # H.264 alone has no times
    np.testing.assert_allclose([f.timestamp_s for f in frames], np.arange(5) / 10)


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".ts", ".avi"])
def test_frames_stored_out_of_order(tmp_path: Path, suffix: str) -> None:
    frames = read(encode(tmp_path / f"film{suffix}", greys(12), bf="3", **{"b-adapt": "0"}))
    times_s = np.array([frame.timestamp_s for frame in frames])
    assert greys_of(frames) == [*range(12)]
    assert (np.diff(times_s) > 0).all()
    if suffix != ".avi":  # it has no times for H.264 of this kind, and FFmpeg misjudges the first
        np.testing.assert_allclose(times_s, np.arange(12) / 10, atol=1e-3)


@pytest.mark.parametrize("size", [(241, 321), (1, 1), (50, 33)])
def test_odd_sizes(tmp_path: Path, size: tuple[int, int]) -> None:
    image = np.random.default_rng(0).integers(0, 256, (*size, 3), np.uint8)
    for frame in read(encode(tmp_path / "film.mkv", [image] * 2, "ffv1", "bgr0")):
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
def test_colours(tmp_path: Path, codec: str, pix_fmt: str, full_range: bool, matrix: str) -> None:
    path = tmp_path / "film.mkv"
    encode(path, [picture()] * 2, codec, pix_fmt, full_range=full_range, matrix=matrix)
    for frame in read(path):
        middles = frame.image[[8, 8, 40, 40], [10, 53, 10, 53]].astype(int)
        np.testing.assert_allclose(middles, [RED, GREEN, BLUE, GREY], atol=4)


def test_sound_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
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


def test_the_largest_of_several_videos(tmp_path: Path) -> None:
    path = tmp_path / "film.avi"
    with av.open(str(path), "w") as container:
        streams = [container.add_stream("mjpeg", rate=10) for _ in range(3)]
        for stream, side in zip(streams, (32, 64, 48), strict=True):
            stream.width, stream.height, stream.pix_fmt = side, side, "yuvj420p"
        for stream in streams:
            frame = av.VideoFrame(stream.width, stream.height, "yuvj420p")
            container.mux(stream.encode(frame))
    with open_source(path) as source:
        assert source.size == (64, 64)


# What cannot be read


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
    cover = b"\0image/jpeg\0\3\0" + cv2.imencode(".jpg", picture())[1].tobytes()
    tag = b"APIC" + struct.pack(">IH", len(cover), 0) + cover
    size = bytes(len(tag) >> shift & 0x7F for shift in (21, 14, 7, 0))
    path.write_bytes(b"ID3\3\0\0" + size + tag + path.read_bytes())


def half_a_png(path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)
    data = cv2.imencode(".png", noise)[1].tobytes()
    path.write_bytes(data[: len(data) // 2])


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("text.txt", lambda path: path.write_text("Neither picture nor video.\n" * 100)),
        ("text.mp4", lambda path: path.write_text("Neither picture nor video.\n" * 100)),
        ("zeros.mp4", lambda path: path.write_bytes(bytes(100_000))),
        ("half.png", half_a_png),
        ("no-index.mp4", no_index),
        ("unknown-codec.mp4", unknown_codec),
        ("no-frames.mp4", no_frames),
        ("no-frames.mkv", no_frames),
        ("song.mp3", song_with_cover),
    ],
)
def test_no_picture_and_no_video(tmp_path: Path, name: str, make: Any) -> None:
    path = tmp_path / name
    make(path)
    with pytest.raises(MediaError) as caught:
        open_source(path)
    message = str(caught.value)
    assert message.startswith(f"{path} ")
    assert message.endswith("give a whole picture or video, such as JPEG, PNG or MP4.")


def test_no_frame_at_all() -> None:
    with pytest.raises(MediaError, match="film has no frame in it: give another input"):
        media.Source("film", "film", (frame for frame in ()))


def test_no_file(tmp_path: Path) -> None:
    (tmp_path / "empty.mp4").touch()
    with pytest.raises(MediaError, match=r"empty\.mp4 is empty: give a picture or a video\."):
        open_source(tmp_path / "empty.mp4")
    with pytest.raises(MediaError, match=r"none\.mp4 cannot be read \(No such file .*\): check"):
        open_source(str(tmp_path / "none.mp4"))
    with pytest.raises(MediaError, match=r"cannot be read \(.*\): check the path\."):
        open_source(tmp_path)


def test_a_video_cut_off(tmp_path: Path) -> None:
    images = [*np.random.default_rng(0).integers(0, 256, (20, 48, 64, 3), np.uint8)]
    path = tmp_path / "film.mp4"
    encode(path, images, container_options={"movflags": "faststart"}, g="1")
    whole = read(path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 6 // 10])
    frames = read_until_damage(path)
    assert 10 <= len(frames) <= 12
    for frame, expected in zip(frames, whole, strict=False):
        assert (frame.index, frame.timestamp_s) == (expected.index, expected.timestamp_s)
        np.testing.assert_array_equal(frame.image, expected.image)


def test_a_damaged_frame_is_left_out(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = encode(tmp_path / "film.mkv", greys(8), "libvpx-vp9", g="1")
    with av.open(str(path)) as container:
        start = [packet.pos for packet in container.demux(video=0)][4] or 0
    data = bytearray(path.read_bytes())
    data[start + 8 : start + 28] = b"\xff" * 20
    path.write_bytes(data)
    frames = read_until_damage(path)
    assert greys_of(frames) == [0, 1, 2, 3, 5, 6, 7]
    assert [frame.index for frame in frames] == [*range(7)]
    assert frames[4].timestamp_s == pytest.approx(0.5)
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    with pytest.raises(MediaError, match=r"pipe\.mp4 is no file: give a picture or a video\."):
        open_source(tmp_path / "pipe.mp4")


# Cameras and streams


@pytest.mark.skipif(sys.platform != "linux", reason="the reasons are those of Linux")
@pytest.mark.parametrize("source", [63, "63"])
def test_no_camera(source: int | str) -> None:
    with pytest.raises(MediaError, match=r"camera 63 cannot be opened \(No such .*\): check that"):
        open_source(source)


@pytest.fixture
def camera(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """FFmpeg's test card plays the camera; the list tells what it was asked for."""
    real_open, asked = av.open, []

    def fake_open(address: str, **how: Any) -> Any:
        asked.append({"address": address, **how})
        return real_open("testsrc=size=64x48:rate=25", format="lavfi")

    monkeypatch.setattr(av, "open", fake_open)
    return asked


@pytest.mark.parametrize(
    ("platform", "address", "driver"),
    [("linux", "/dev/video2", "v4l2"), ("darwin", "2", "avfoundation")],
)
def test_a_camera(
    camera: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
    address: str,
    driver: str,
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    with open_source("2") as source:
        assert (source.name, source.stem) == ("camera 2", "camera2")
        assert (source.is_live, source.frame_count, source.frame_rate) == (True, None, 25)
        frames = [frame for frame, _ in zip(source, range(5), strict=False)]
    assert (camera[0]["address"], camera[0]["format"]) == (address, driver)
    np.testing.assert_allclose([f.timestamp_s for f in frames], np.arange(5) / 25, atol=1e-6)


def test_a_camera_that_is_not_ready_is_asked_again() -> None:
    class Container:
        asked = 0

        def demux(self, stream: str) -> Iterator[str]:
            self.asked += 1
            if self.asked < 3:
                raise av.BlockingIOError(11, "Resource temporarily unavailable")
            yield stream

    assert [*media._packets(Container(), "packet")] == ["packet"]  # type: ignore[arg-type]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None: ...

    handler = functools.partial(Quiet, directory=tmp_path)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{httpd.server_port}"
        httpd.shutdown()


def test_a_video_at_an_address(tmp_path: Path, server: str) -> None:
    encode(tmp_path / "film.mp4", greys(5))
    with open_source(f"http://me:secret@{server}/film.mp4?key=secret") as source:
        assert source.name == f"http://{server}/film.mp4"
        assert source.stem == f"{server}/film.mp4".translate(str.maketrans(".:/", "___"))
        assert not source.is_live
        assert greys_of([*source]) == [0, 1, 2, 3, 4]


def test_an_entry_of_a_folder_is_a_path(tmp_path: Path) -> None:
    encode(tmp_path / "film.mp4", greys(2))
    (entry,) = os.scandir(tmp_path)
    with open_source(entry) as source:
        assert (source.name, source.stem) == (entry.path, "film")


def test_nobody_at_the_address() -> None:
    with pytest.raises(MediaError, match=r"^http://127.0.0.1:9/a cannot be .* check the address"):
        open_source("http://me:secret@127.0.0.1:9/a?key=secret")
    assert media.name("http://me:secret@127.0.0.1:9/a?key=secret") == "http://127.0.0.1:9/a"
    assert [media.name(source) for source in (1, "1", Path("a@b"))] == ["camera 1"] * 2 + ["a@b"]
    with pytest.raises(MediaError, match="Protocol not found"):
        open_source("nonsense://127.0.0.1")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (0, "camera0"),
        ("1", "camera1"),
        ("folder/a.b.mp4", "a.b"),
        (Path("7"), "7"),
        ("rtsp://me:secret@cam.local:554/live/1?key=secret", "cam_local_554_live_1"),
        ("udp://@:1234", "1234"),
    ],
)
def test_stem(source: str | Path | int, expected: str) -> None:
    assert stem(source) == expected


# Folders


def test_a_folder_becomes_what_is_in_it(tmp_path: Path) -> None:
    for name in ("b10.jpg", "b2.JPG", "a.mp4", "notes.txt", ".hidden.jpg", "B1.png", "4²3.mov"):
        (tmp_path / name).touch()
    (tmp_path / "folder.mp4").mkdir()
    expanded = expand(["one.mp4", tmp_path, "0", "rtsp://camera"])
    names = ["4²3.mov", "a.mp4", "B1.png", "b2.JPG", "b10.jpg"]
    assert expanded == ["one.mp4", *(tmp_path / name for name in names), "0", "rtsp://camera"]


def test_a_folder_with_nothing_in_it(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    with pytest.raises(MediaError, match="has no picture and no video in it: give another folder"):
        expand([tmp_path])


# The sample


def test_the_sample() -> None:
    with open_source(SAMPLE) as source:
        assert (source.frame_rate, source.frame_count, source.size) == (30, 120, (640, 480))
        frames = list(source)
    np.testing.assert_allclose([frame.timestamp_s for frame in frames], np.arange(120) / 30)


def test_it_is_let_go_of_when_the_program_stops() -> None:
    code = (
        "import sys; from vitruvian.media import open_source; "
        "frame = next(iter(open_source(sys.argv[1]))); print(frame.image.shape)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, SAMPLE], capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("(480, 640, 3)\n", "")


def test_threads_change_no_pixel() -> None:
    with open_source(SAMPLE, threads=1) as alone, open_source(SAMPLE, threads=3) as together:
        for one, other in zip(islice(alone, 20), together, strict=False):
            assert np.array_equal(one.image, other.image)
