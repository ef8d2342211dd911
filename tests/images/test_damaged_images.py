"""Images that are cut off, or whose headers declare too many pixels."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pillow_heif
import pytest

from tests.support.images import STILLS, animation, photograph, png, saved
from tests.support.videos import (
    greys,
    noise,
    read,
)
from vitruvian.errors import MediaError
from vitruvian.media.opening import open_source

if TYPE_CHECKING:
    from pathlib import Path


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


def progressive_jpeg(scans: int) -> bytes:
    """Return a JPEG whose scans after the first one are empty."""
    data = saved(photograph(), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    length = 2 + int.from_bytes(data[last + 2 : last + 4], "big")
    known = data.count(b"\xff\xda")
    return data[:-2] + data[last : last + length] * (scans - known) + data[-2:]


def test_a_jpeg_of_a_hundred_scans_is_read_and_one_of_more_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "still.jpg"
    path.write_bytes(progressive_jpeg(100))
    assert read(path)[0].image.shape == photograph().shape
    path.write_bytes(progressive_jpeg(101))
    with pytest.raises(MediaError, match=r"still\.jpg is a JPEG of 101 scans, more than the limit"):
        read(path)


@pytest.mark.parametrize("kind", ["AVIF", "HEIF"])
def test_a_long_file_that_is_read_as_a_whole_is_refused(tmp_path: Path, kind: str) -> None:
    pillow_heif.register_heif_opener()  # also lets Pillow write it
    path = tmp_path / "still.avif"
    path.write_bytes(saved(photograph(), kind) + bytes(64 * 2**20))
    with pytest.raises(MediaError, match=r"has more than 64 MB, the limit for (AVIF|HEIC): save"):
        read(path)


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
