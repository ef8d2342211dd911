from __future__ import annotations

import pytest

from vitruvian.media.suffixes import is_image_name, is_media_name

IMAGES = (
    "apng avif bmp gif heic heif hif jfif jp2 j2k jpe jpeg JPG mpo pbm pgm png pnm ppm tif tiff "
    "webp"
)
VIDEOS = (
    "264 265 3g2 3gp asf avi dv f4v flv h264 h265 hevc ivf m2t m2ts m2v m4v mjpeg mjpg mkv MOV mp4 "
    "mpe mpeg mpg mts mxf nut ogv qt rm rmvb ts vob webm wmv wtv y4m"
)


@pytest.mark.parametrize("suffix", IMAGES.split())
def test_images_have_these_suffixes(suffix: str) -> None:
    assert is_image_name(f"a.{suffix}")
    assert is_media_name(f"two\nlines.b.{suffix}")


@pytest.mark.parametrize("suffix", VIDEOS.split())
def test_videos_have_these_suffixes(suffix: str) -> None:
    assert is_media_name(f"a.{suffix}")
    assert not is_image_name(f"a.{suffix}")


@pytest.mark.parametrize("name", ["a.txt", "a.mp3", "a.csv", "mp4", ".mp4", "a.mp4.part", "a.m3u8"])
def test_other_names_are_neither(name: str) -> None:
    assert not is_media_name(name)
