"""Animations, and files of several pages."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile

from tests.support.images import animation, photograph
from tests.support.videos import (
    greys,
    greys_of,
    noise,
    read,
)
from vitruvian.inputs.options import InputOptions
from vitruvian.media.opening import open_source

if TYPE_CHECKING:
    from pathlib import Path


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
