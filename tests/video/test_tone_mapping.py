"""HDR as SDR."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest

from tests.support.hdr import SIGNALS, hdr_video, patches
from tests.support.videos import read
from vitruvian.errors import MediaError
from vitruvian.media.opening import open_source
from vitruvian.video import tone_mapping

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.inputs.source import Frame

WHITE = 203.0  # cd/m², ITU-R BT.2408
GREYS = np.array([[level] * 3 for level in (0, 0.5, 2, 5, 20, 50, 100, 150, 200)], float)
# BT.709 light of skin, clothes and grass. FFmpeg shrinks colours that are more saturated, so that
# even those beyond BT.709 differ from each other.
COLOURS = np.array([[150, 120, 90], [60, 40, 30], [80, 85, 120], [60, 90, 50]], float)
HIGHLIGHTS = np.array([[level] * 3 for level in (150, 203, 300, 600, 1000)], float)


class Video(NamedTuple):
    light: np.ndarray
    path: Path
    frames: list[Frame]


@pytest.fixture(scope="module", params=SIGNALS)
def video(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Video:
    """A video with patches of light, and its frames, for which FFmpeg computes large tables."""
    light = np.concatenate([GREYS, COLOURS, HIGHLIGHTS])
    path = hdr_video(tmp_path_factory.mktemp("hdr") / "clip.mkv", light, request.param)
    return Video(light, path, read(path))


def test_hdr_has_the_colours_that_the_formulas_give(video: Video) -> None:
    light, (first, second) = video.light, video.frames
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


@pytest.mark.parametrize("video", ["smpte2084"], indirect=True)
def test_giant_frames_of_hdr_are_the_same_as_others(
    video: Video, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tone_mapping, "_GIANT_PIXELS", 0)
    monkeypatch.setattr(tone_mapping, "_BAND_HEIGHT", 6)  # two bands of 6 rows, one of 4
    for frame, expected in zip(read(video.path), video.frames, strict=True):
        np.testing.assert_array_equal(frame.image, expected.image)


def test_hdr_that_ffmpeg_cannot_convert_is_an_error(tmp_path: Path) -> None:
    path = hdr_video(tmp_path / "clip.mkv", GREYS, "smpte2084")
    # Matroska's MatrixCoefficients: from 9 (BT.2020) to 14 (ICtCp).
    path.write_bytes(path.read_bytes().replace(b"\x55\xb1\x81\x09", b"\x55\xb1\x81\x0e"))
    with pytest.raises(MediaError, match=r"cannot be shown \(.*\): convert it to 8-bit SDR"):
        open_source(path)
