"""The rows of Rerun's files."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.recordings import recording
from vitruvian.errors import RecordingError
from vitruvian.formats.rrd_frames import Frames, with_ends
from vitruvian.recorded.blocks import Blocks


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], {}),
        ([0], {0: True, 1: False}),
        ([0, 1, 2, 3, 4], {0: True, 1: True, 2: True, 3: True, 4: True}),
        ([1, 2, 4], {1: True, 2: True, 3: False, 4: True}),
        ([0, 3], {0: True, 1: False, 3: True, 4: False}),
    ],
)
def test_after_the_last_row_of_a_stay_nobody_is_there(
    rows: list[int], expected: dict[int, bool]
) -> None:
    found, is_there = with_ends(np.array(rows, np.int64), 5)
    assert dict(zip(found.tolist(), is_there.tolist(), strict=True)) == expected


def test_landmarks_are_in_pixels_of_the_first_image_and_smaller_ones_are_centred() -> None:
    frames = Frames.of(Blocks.of(recording([1])))
    assert frames.size_px.tolist() == [640, 480]
    corners = np.array([[[0, 0], [1, 1]]] * 3, np.float32)
    found = frames.in_video_px(corners, np.array([[640, 480], [320, 240], [100, 480]], np.int32))
    assert found.tolist() == [
        [[0, 0], [640, 480]],
        [[0, 0], [640, 480]],
        [[270, 0], [370, 480]],
    ]


def test_the_nearest_frame_is_found() -> None:
    frames = Frames.of(Blocks.of(recording([0] * 4, timestamps_s=np.array([0, 1, 1, 3.0]))))
    assert frames.nearest(np.array([-5, 0.4, 0.6, 2.1, 9])).tolist() == [0, 0, 1, 3, 3]
    assert frames.nearest(np.zeros(0)).tolist() == []


def test_nobody_in_no_frame_has_no_rows() -> None:
    frames = Frames.of(Blocks.of(recording([])))
    assert frames.numbers.tolist() == frames.times_s.tolist() == []


def test_times_that_do_not_fit_into_64_bits_of_nanoseconds_are_refused() -> None:
    made = recording([0, 0], timestamps_s=np.array([0, 1e10]))
    with pytest.raises(RecordingError, match=r"The times of dance\.mp4 are too large for Rerun"):
        Frames.of(Blocks.of(made))
