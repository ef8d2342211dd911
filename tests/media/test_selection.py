from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.videos import encode, greys
from vitruvian.inputs.options import InputOptions
from vitruvian.media.opening import open_source

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def video(tmp_path: Path) -> Path:
    path = tmp_path / "video.mp4"
    encode(path, greys(10))
    return path


def test_only_every_third_frame_is_read_with_its_number_and_time(video: Path) -> None:
    with open_source(video) as source:
        times_s = [frame.timestamp_s for frame in source]
    with open_source(video, options=InputOptions(every=3)) as source:
        assert source.frame_count == 4
        frames = [*source]
    assert [frame.index for frame in frames] == [0, 3, 6, 9]
    assert [frame.timestamp_s for frame in frames] == times_s[::3]
    assert [round(frame.image.mean() / 20) for frame in frames] == [0, 3, 6, 9]


@pytest.mark.parametrize(
    ("width", "size"), [(32, (24, 32)), (20, (15, 20)), (64, (48, 64)), (100, (48, 64))]
)
def test_wider_frames_are_scaled_down_and_narrower_ones_are_not_changed(
    video: Path, width: int, size: tuple[int, int]
) -> None:
    with open_source(video, options=InputOptions(resize=width)) as source:
        assert source.size == size[::-1]
        image = next(iter(source)).image
    assert image.shape == (*size, 3)
    assert image.dtype == np.uint8
    assert image.flags.c_contiguous


def test_the_words_for_none_leave_a_source_as_it_is(video: Path) -> None:
    options = InputOptions(every="all", resize="original")
    with open_source(video, options=options) as source:
        assert len([*source]) == 10


def test_a_source_is_closed_with_the_one_that_it_selects_from(video: Path) -> None:
    source = open_source(video, options=InputOptions(every=2))
    source.close()
    video.unlink()  # which Windows refuses while the file is open
