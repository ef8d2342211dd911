"""Still images and animations that Pillow reads."""

from __future__ import annotations

import struct
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
import cv2
import numpy as np
import PIL.Image
import pytest
import tifffile

from tests.support.images import animation, photograph, png, png_chunk, saved
from tests.support.videos import (
    greys,
    greys_of,
    noise,
    read,
)
from vitruvian.errors import MediaError
from vitruvian.media.opening import open_source
from vitruvian.media.options import InputOptions

if TYPE_CHECKING:
    from pathlib import Path


def opencv_rgb(path: Path) -> np.ndarray:
    image = cv2.imread(str(path))
    assert image is not None
    return image[:, :, ::-1]


JPEGS = {
    f"quality {quality}, {sampling}, progressive {progressive}": {
        "quality": quality,
        "subsampling": sampling,
        "progressive": progressive,
    }
    for quality in (5, 50, 95)
    for sampling in ("4:4:4", "4:2:2", "4:2:0")
    for progressive in (False, True)
}


@pytest.mark.parametrize("image", [photograph(), noise(61, 83)], ids=["photograph", "noise"])
@pytest.mark.parametrize("options", JPEGS.values(), ids=JPEGS)
def test_a_jpeg_has_the_bytes_of_opencv(
    tmp_path: Path, image: np.ndarray, options: dict[str, Any]
) -> None:
    path = tmp_path / "still.jpg"
    path.write_bytes(saved(image, "JPEG", **options))
    (frame,) = read(path)
    np.testing.assert_array_equal(frame.image, opencv_rgb(path))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
@pytest.mark.parametrize("image", [photograph(), noise(61, 83)], ids=["photograph", "noise"])
def test_a_png_has_the_bytes_of_opencv(tmp_path: Path, image: np.ndarray, mode: str) -> None:
    stored = PIL.Image.fromarray(image).convert(mode)
    if mode[-1] == "A":
        stored.putalpha(PIL.Image.fromarray(image[:, :, 0]))
    path = tmp_path / "still.png"
    path.write_bytes(saved(stored, "PNG"))
    (frame,) = read(path)
    np.testing.assert_array_equal(frame.image, opencv_rgb(path))


@pytest.mark.parametrize("bits", [1, 2, 4, 8])
@pytest.mark.parametrize("color_type", [0, 3])
def test_a_png_of_few_colours_has_the_bytes_of_opencv(
    tmp_path: Path, color_type: int, bits: int
) -> None:
    rows = b"".join(b"\0" + row.tobytes() for row in noise(20, 8 * bits)[:, :, 0][:, : 5 * bits])
    palette = png_chunk(b"PLTE", noise(1, 2**bits).tobytes()) if color_type == 3 else b""
    transparent = png_chunk(b"tRNS", bytes(2) if color_type == 0 else bytes(range(2**bits)))
    path = tmp_path / "still.png"
    for extra in (palette, palette + transparent):
        path.write_bytes(png(40, 20, color_type, rows, bits=bits, extra=extra))
        (frame,) = read(path)
        np.testing.assert_array_equal(frame.image, opencv_rgb(path))


def test_an_interlaced_png_has_the_bytes_of_opencv(tmp_path: Path) -> None:
    encoder = av.CodecContext.create("png", "w")
    encoder.width, encoder.height, encoder.pix_fmt = 83, 61, "rgb24"
    encoder.time_base, encoder.options = Fraction(1), {"flags": "+ildct"}
    (packet,) = encoder.encode(av.VideoFrame.from_ndarray(noise(61, 83), "rgb24"))
    path = tmp_path / "still.png"
    path.write_bytes(bytes(packet))
    assert path.read_bytes()[28] == 1  # the last byte of the header says that it is interlaced
    (frame,) = read(path)
    np.testing.assert_array_equal(frame.image, opencv_rgb(path))
    np.testing.assert_array_equal(frame.image, noise(61, 83))


STILLS = {
    "JPEG": "JPEG",
    "MPO": "MPO",
    "PNG": "PNG",
    "WebP": "WEBP",
    "AVIF": "AVIF",
    "TIFF": "TIFF",
    "BMP": "BMP",
    "PPM": "PPM",
    "JPEG 2000": "JPEG2000",
    "GIF": "GIF",
}


@pytest.mark.parametrize("kind", STILLS.values(), ids=STILLS)
def test_a_still_image_is_one_frame(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "still.video.mp4"
    path.write_bytes(saved(photograph(), kind))
    with open_source(path) as source:
        assert (source.is_image, source.is_live) == (True, False)
        assert (source.frame_rate, source.frame_count, source.size) == (None, 1, (160, 192))
        assert (source.name, source.stem, source.path) == (str(path), "still.video", path)
        (frame,) = source
    assert (frame.index, frame.timestamp_s) == (0, 0.0)
    assert frame.image.dtype == np.uint8
    assert frame.image.flags.c_contiguous
    assert np.abs(frame.image.astype(int) - photograph()).mean() < 8


@pytest.mark.parametrize("compression", ["raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"])
def test_a_compressed_tiff_is_read(tmp_path: Path, compression: str) -> None:
    path = tmp_path / "still.tif"
    path.write_bytes(saved(noise(), "TIFF", compression=compression))
    np.testing.assert_array_equal(read(path)[0].image, noise())


@pytest.mark.parametrize("mode", ["CMYK", "YCbCr", "LAB", "L", "P"])
def test_other_colour_spaces_become_rgb(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "still.tif"
    image = PIL.Image.fromarray(photograph())
    if mode == "LAB":
        lab = cv2.cvtColor(photograph(), cv2.COLOR_RGB2LAB)
        image = PIL.Image.fromarray((lab.astype(int) - [0, 128, 128]).astype(np.uint8), "LAB")
    else:
        image = image.convert(mode)
    path.write_bytes(saved(image, "TIFF"))
    (frame,) = read(path)
    expected = image.convert("RGB") if mode in {"L", "P"} else photograph()
    assert np.abs(frame.image.astype(int) - np.asarray(expected)).mean() < 6


def test_a_cmyk_jpeg_looks_right(tmp_path: Path) -> None:
    path = tmp_path / "still.jpg"
    path.write_bytes(saved(PIL.Image.fromarray(photograph()).convert("CMYK"), "JPEG", quality=95))
    assert b"Adobe" in path.read_bytes()  # whose JPEG files store inverted colours
    (frame,) = read(path)
    assert np.abs(frame.image.astype(int) - photograph()).mean() < 6


def test_the_first_image_of_an_mpo_is_read(tmp_path: Path) -> None:
    path = tmp_path / "still.mpo"
    path.write_bytes(animation([photograph(), 255 - photograph()], "MPO", quality=95))
    (frame,) = read(path)
    assert np.abs(frame.image.astype(int) - photograph()).mean() < 8


def test_a_very_wide_image_is_read(tmp_path: Path) -> None:
    path = tmp_path / "wide.png"
    path.write_bytes(png(20_000, 20, 2, bytes((1 + 3 * 20_000) * 20)))
    assert read(path)[0].image.shape == (20, 20_000, 3)


# Animations and pages

LOSSLESS = {
    "PNG": {},
    "WEBP": {"lossless": True},
    "AVIF": {"quality": 100, "subsampling": "4:4:4"},
}


@pytest.mark.parametrize("kind", LOSSLESS)
def test_an_animation_has_all_frames_at_their_times(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "animation.gif"
    durations_ms = [100, 50, 200, 30, 70]
    path.write_bytes(animation(greys(5), kind, duration=durations_ms, **LOSSLESS[kind]))
    with open_source(path) as source:
        assert not source.is_image
        assert source.frame_count == 5
        assert source.path is None  # there is no sound
        frames = list(source)
    assert greys_of(frames) == [0, 1, 2, 3, 4]
    assert [frame.index for frame in frames] == [0, 1, 2, 3, 4]
    times_s = [frame.timestamp_s for frame in frames]
    np.testing.assert_allclose(times_s, [0, 0.1, 0.15, 0.35, 0.38], atol=1e-3)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_frames_without_a_duration_last_a_tenth_of_a_second(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "animation.webp"
    path.write_bytes(animation(greys(4), kind, duration=[0, 0, 50, 0], **LOSSLESS[kind]))
    times_s = [frame.timestamp_s for frame in read(path)]
    np.testing.assert_allclose(times_s, [0, 0.1, 0.2, 0.25], atol=1e-3)


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "AVIF"])
def test_an_animation_of_one_frame_is_a_still_image(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "animation.gif"
    path.write_bytes(animation([photograph()], kind))
    with open_source(path) as source:
        assert source.is_image


def test_the_still_image_of_an_animated_png_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "animation.png"
    path.write_bytes(animation([noise(), *greys(3)], "PNG", default_image=True, duration=100))
    frames = read(path)
    assert greys_of(frames) == [0, 1, 2]
    assert [frame.timestamp_s for frame in frames] == pytest.approx([0, 0.1, 0.2])


def test_the_pages_of_a_tiff_are_frames(tmp_path: Path) -> None:
    path = tmp_path / "pages.tif"
    path.write_bytes(animation([noise(), 255 - noise(), noise()], "TIFF"))
    with open_source(path, options=InputOptions(frame_rate=4)) as source:
        assert not source.is_image
        assert source.frame_rate == 4
        first, second, third = source
    np.testing.assert_array_equal(first.image, noise())
    np.testing.assert_array_equal(second.image, 255 - noise())
    np.testing.assert_array_equal(third.image, noise())
    assert (second.timestamp_s, third.timestamp_s) == (0.25, 0.5)


def test_smaller_copies_and_masks_in_a_tiff_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "pages.tif"
    with tifffile.TiffWriter(path) as writer:
        writer.write(noise()[::4, ::4], subfiletype=1, photometric="rgb")
        writer.write(noise(), photometric="rgb")
        writer.write(noise()[:, :, 0] > 128, subfiletype=4, photometric="minisblack")
    with open_source(path) as source:
        assert source.is_image
        (frame,) = source
    np.testing.assert_array_equal(frame.image, noise())


def test_a_tiff_whose_pages_form_a_circle_ends(tmp_path: Path) -> None:
    path = tmp_path / "pages.tif"
    data = bytearray(animation([noise(), noise()], "TIFF"))
    first = struct.unpack_from("<I", data, 4)[0]
    data[-4:] = struct.pack("<I", first)  # where the second page says that there is no other
    path.write_bytes(data)
    assert len(read(path)) == 2


# Damage and limits


def whole_files() -> dict[str, bytes]:
    files = {name: saved(photograph(), kind) for name, kind in STILLS.items() if name != "MPO"}
    files["TIFF with LZW"] = saved(photograph(), "TIFF", compression="tiff_lzw")
    return files


@pytest.mark.parametrize("name", whole_files())
@pytest.mark.parametrize("part", [0.1, 0.5, 0.95])
def test_a_still_image_that_is_cut_off_is_refused(tmp_path: Path, name: str, part: float) -> None:
    path = tmp_path / "still.jpg"
    data = whole_files()[name]
    path.write_bytes(data[: int(len(data) * part)])
    with pytest.raises(MediaError, match=rf"^{path} .*: give .*\.$"):
        read(path)


@pytest.mark.parametrize("kind", ["GIF", "PNG", "TIFF"])
def test_a_damaged_animation_is_read_up_to_the_damage(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "animation.gif"
    images = [noise(), 255 - noise(), noise()[::-1], noise()[:, ::-1]]
    data = animation(images, kind)
    path.write_bytes(data[: len(data) * 6 // 10])
    frames = []
    with open_source(path) as source, pytest.raises(MediaError, match=r"is damaged: .*were read"):
        frames.extend(frame.image for frame in source)
    assert len(frames) == 2


def huge_headers() -> dict[str, bytes]:
    size = 30_000
    tiff = bytearray(saved(noise(), "TIFF"))
    for tag, value in ((256, 64), (257, 48)):
        entry = struct.pack("<HHI", tag, 4, 1)
        assert entry + struct.pack("<I", value) in tiff
        tiff = tiff.replace(entry + struct.pack("<I", value), entry + struct.pack("<I", size))
    pair = struct.pack(">HH", size, size)
    jpeg = saved(noise(), "JPEG").replace(struct.pack(">HH", 48, 64), pair)
    pair = struct.pack(">II", size, size)
    jp2 = saved(noise(), "JPEG2000").replace(struct.pack(">II", 48, 64), pair)
    avif = saved(noise(), "AVIF").replace(
        struct.pack(">II", 64, 48), struct.pack(">II", 16_000, 16_000)
    )
    bmp = saved(noise(), "BMP").replace(struct.pack("<II", 64, 48), struct.pack("<II", size, size))
    webp = bytearray(animation(greys(2), "WEBP"))
    webp[24:30] = (13_000).to_bytes(3, "little") * 2
    return {
        "PNG": png(size, size, 2, b""),
        "PPM": b"P6\n30000 30000\n255\n",
        "TIFF": bytes(tiff),
        "JPEG": jpeg,
        "JPEG 2000": jp2,
        "AVIF": avif,
        "BMP": bmp,
        "WebP": bytes(webp),
        "GIF": b"GIF89a" + struct.pack("<HH", size, size) + bytes(3),
    }


@pytest.mark.parametrize("data", huge_headers().values(), ids=huge_headers())
def test_too_many_pixels_are_refused_before_they_are_decoded(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(data)
    with pytest.raises(MediaError, match=r"bomb.* has \S+ pixels, more than the limit of "):
        read(path)
