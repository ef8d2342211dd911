"""Pixels that are not square, and frames with EXIF."""

from __future__ import annotations

import io
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from tests.support.videos import encode, four_colors, mjpeg_video, read
from vitruvian.media.opening import open_source

if TYPE_CHECKING:
    from pathlib import Path


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
