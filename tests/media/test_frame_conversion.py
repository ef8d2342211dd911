"""HDR, pixels that are not square, and side data of frames."""

from __future__ import annotations

import io
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from tests.support.hdr import SIGNALS, hdr_video, patches
from tests.support.videos import encode, four_colors, mjpeg_video, read
from vitruvian.errors import MediaError
from vitruvian.media.opening import open_source

if TYPE_CHECKING:
    from pathlib import Path

WHITE = 203.0  # cd/m², ITU-R BT.2408
GREYS = np.array([[level] * 3 for level in (0, 0.5, 2, 5, 20, 50, 100, 150, 200)], float)
# BT.709 light of skin, clothes and grass. FFmpeg shrinks colours that are more saturated, so that
# even those beyond BT.709 differ from each other.
COLOURS = np.array([[150, 120, 90], [60, 40, 30], [80, 85, 120], [60, 90, 50]], float)
HIGHLIGHTS = np.array([[level] * 3 for level in (150, 203, 300, 600, 1000)], float)


@pytest.mark.parametrize("transfer", SIGNALS)
def test_hdr_has_the_colours_that_the_formulas_give(tmp_path: Path, transfer: str) -> None:
    light = np.concatenate([GREYS, COLOURS, HIGHLIGHTS])
    first, second = read(hdr_video(tmp_path / "clip.mkv", light, transfer))
    np.testing.assert_array_equal(first.image, second.image)
    shown = patches(first.image)
    # BT.1886: a display shows the signal to the power of 2.4.
    expected = 255 * (np.minimum(light, WHITE) / WHITE) ** (1 / 2.4)
    greys, colours, highlights = np.split(shown, [len(GREYS), len(GREYS) + len(COLOURS)])
    # A level of 10 bits is a quarter of a level of 8 bits, and two roundings follow.
    np.testing.assert_allclose(greys, expected[: len(GREYS)], atol=2)
    # FFmpeg interpolates between the colours of a table.
    np.testing.assert_allclose(colours, expected[len(GREYS) : -len(HIGHLIGHTS)], atol=8)
    assert (np.diff(highlights, axis=0) >= 0).all()
    assert (highlights[1:] >= 252).all()  # what is brighter than white is white


def test_hdr_that_ffmpeg_cannot_convert_is_an_error(tmp_path: Path) -> None:
    path = hdr_video(tmp_path / "clip.mkv", GREYS, "smpte2084")
    # Matroska's MatrixCoefficients: from 9 (BT.2020) to 14 (ICtCp).
    path.write_bytes(path.read_bytes().replace(b"\x55\xb1\x81\x09", b"\x55\xb1\x81\x0e"))
    with pytest.raises(MediaError, match=r"clip\.mkv was interrupted \(Operation not supported\)"):
        open_source(path)


@pytest.mark.parametrize(
    ("size", "ratio", "square"),
    [
        ((48, 72), Fraction(4, 3), (64, 72)),  # HDV
        ((72, 48), Fraction(64, 45), (102, 48)),
        ((64, 48), Fraction(8, 9), (64, 54)),  # NTSC DV: no column is lost
        ((64, 48), Fraction(1, 2), (64, 96)),
        ((64, 48), Fraction(4095, 4096), (64, 48)),
        ((64, 48), Fraction(1000, 1), (64, 48)),  # from a damaged header
        ((64, 48), Fraction(1, 1000), (64, 48)),
    ],
)
def test_pixels_are_made_square(
    tmp_path: Path, size: tuple[int, int], ratio: Fraction, square: tuple[int, int]
) -> None:
    path = encode(tmp_path / "clip.mkv", [four_colors(*size[::-1])] * 3, sample_aspect_ratio=ratio)
    with open_source(path) as source:
        assert source.size == square
        frames = list(source)
    assert len(frames) == 3
    expected = four_colors(*square[::-1])
    for frame in frames:
        assert frame.image.shape == expected.shape
        assert frame.image.flags.c_contiguous
        assert np.abs(frame.image.astype(int) - expected).mean() < 6


def test_a_rotation_follows_after_pixels_are_square(tmp_path: Path) -> None:
    path = encode(
        tmp_path / "clip.mp4",
        [four_colors(48, 32)] * 2,
        sample_aspect_ratio=Fraction(2),
        rotation=90,
    )
    for frame in read(path):
        assert frame.image.shape == (64, 48, 3)
        assert np.abs(frame.image.astype(int) - np.rot90(four_colors())).mean() < 6


@pytest.mark.parametrize("suffix", [".avi", ".mov"])
@pytest.mark.parametrize(
    ("orientation", "upright"),
    [(None, lambda i: i), (1, lambda i: i), (6, lambda i: np.rot90(i, -1)), (2, np.fliplr)],
)
def test_frames_with_exif_are_read_upright(
    tmp_path: Path, suffix: str, orientation: int | None, upright: Any
) -> None:
    path = tmp_path / f"camera{suffix}"
    exif = Image.Exif()
    exif[0x010F] = "Canon"  # its maker
    if orientation is not None:
        exif[0x0112] = orientation
    jpeg = io.BytesIO()
    Image.fromarray(four_colors()).save(jpeg, "JPEG", quality=95, exif=exif)
    mjpeg_video(path, [jpeg.getvalue()] * 5)
    frames = read(path)
    assert len(frames) == 5
    expected = upright(four_colors())
    for frame in frames:
        assert frame.image.shape == expected.shape
        assert np.abs(frame.image.astype(int) - expected).mean() < 6
