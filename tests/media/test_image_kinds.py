"""Which kind of image a file contains."""

from __future__ import annotations

import struct
import sys
from typing import TYPE_CHECKING

import numpy as np
import PIL.Image
import pillow_heif
import pytest

from tests.support.images import exif, photograph, saved
from tests.support.videos import encode, greys, read
from vitruvian.errors import MissingLibraryError
from vitruvian.media.image_kinds import image_kind
from vitruvian.media.opening import open_source

if TYPE_CHECKING:
    from pathlib import Path


def brands(major: bytes, *others: bytes) -> bytes:
    box = b"ftyp" + major + bytes(4) + b"".join(others)
    return struct.pack(">I", len(box) + 4) + box + b"heicavif"  # behind it, these mean nothing


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (brands(b"heic", b"mif1", b"heic"), "HEIC"),
        (brands(b"heix", b"mif1"), "HEIC"),
        (brands(b"mif1", b"heic"), "HEIC"),
        (brands(b"mif1"), "HEIC"),
        (brands(b"mif1", b"avif"), "AVIF"),
        (brands(b"avif", b"mif1"), "AVIF"),
        (brands(b"avis", b"msf1"), "AVIF"),
        (brands(b"msf1", b"avis"), "AVIF"),
        (brands(b"msf1", b"hevc"), None),  # sequences of images with HEVC are videos
        (brands(b"hevc", b"heic"), None),
        (brands(b"isom", b"avc1", b"mp41"), None),
        (brands(b"qt  "), None),
        (b"RIFF\0\0\0\0WAVEfmt ", None),
        (b"RIFF\0\0\0\0AVI LIST", None),
        (b"BMW is a company", None),
        (b"P1 is a name", "PNM"),
        (b"Plain text", None),
        (b"%!PS-Adobe-3.0 EPSF-3.0", None),  # Pillow would start Ghostscript
        (b"8BPS", None),
        (b"GIF8", None),
        (b"", None),
    ],
)
def test_the_first_bytes_say_what_it_is(head: bytes, kind: str | None) -> None:
    assert image_kind(head) == kind


def heic(**options: object) -> bytes:
    pillow_heif.register_heif_opener()  # also lets Pillow write it
    return saved(photograph(), "HEIF", **options)


def test_a_heic_of_tiles_with_a_thumbnail_is_read_as_a_whole(tmp_path: Path) -> None:
    image = pillow_heif.from_pillow(PIL.Image.fromarray(photograph(512, 256)))
    image.info["thumbnails"] = [128]
    path = tmp_path / "still.heic"
    image.save(path, quality=95, tile_size=128)
    with open_source(path) as source:
        assert source.is_image
        (frame,) = source
    assert frame.image.shape == (512, 256, 3)
    assert np.abs(frame.image.astype(int) - photograph(512, 256)).mean() < 3


def test_a_heic_with_exif_is_a_still_image(tmp_path: Path) -> None:
    path = tmp_path / "still.mp4"
    data = exif(1)
    data[0x010F] = "Phone"
    path.write_bytes(heic(exif=data))
    with open_source(path) as source:
        assert source.is_image
        assert source.size == (160, 192)


def test_without_pillow_heif_one_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "still.heic"
    path.write_bytes(heic())
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    with pytest.raises(MissingLibraryError) as caught:
        open_source(path)
    assert str(caught.value) == (
        f'{path} is a HEIC image: pip install "vitruvian[heif]" to read it.'
    )


def test_the_content_decides_what_a_file_is(tmp_path: Path) -> None:
    still, video = tmp_path / "ein Bild, 日本.mp4", tmp_path / "50%: clip.jpg"
    still.write_bytes(saved(photograph(), "PNG"))
    encode(tmp_path / "clip.mp4", greys(3)).rename(video)
    with open_source(still) as source:
        assert source.is_image
    assert len(read(video)) == 3
