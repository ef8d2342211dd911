from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.support.recordings import HEADER, recording
from tests.support.results import result
from vitruvian.errors import RecordingError
from vitruvian.recorded.arrays import Recorded
from vitruvian.recorded.header import Header
from vitruvian.recorded.kinds import ARRAYS


def test_each_frame_gives_the_result_that_was_recorded() -> None:
    results = [result(count, index=2 * count, timestamp_s=count / 10) for count in range(4)]
    made = Recorded.of_results(HEADER, results)
    assert len(made) == 4
    for found, given in zip(made, results, strict=True):
        for name in ("pose_landmarks", "pose_world_landmarks", "visibility", "presence", "scores"):
            np.testing.assert_array_equal(getattr(found, name), getattr(given, name))
        assert found.ids.tolist() == given.ids.tolist()
        assert (found.index, found.timestamp_s) == (given.index, given.timestamp_s)
        assert found.image_size == given.image_size
    assert made[-1].index == 6
    assert made[np.int64(1)].index == 2
    with pytest.raises(IndexError):
        made[4]
    with pytest.raises(TypeError):
        made["first"]  # type: ignore[call-overload]


def test_a_slice_has_the_frames_of_the_slice() -> None:
    made = recording()
    for part in (slice(1, 4), slice(None), slice(-2, None), slice(3, 1), slice(2, 99)):
        found, expected = made[part], [*made][part]
        assert found.frames.tolist() == [each.index for each in expected]
        assert found.ids.tolist() == [number for each in expected for number in each.ids]
        assert type(found) is type(made)
    with pytest.raises(IndexError, match="must follow each other"):
        made[::2]


def test_a_recording_of_no_frames_is_one() -> None:
    made = Recorded.of_results(HEADER, [])
    assert (len(made), len(made.ids), [*made]) == (0, 0, [])


def test_a_recording_names_its_source() -> None:
    assert repr(recording()) == "<Recording of 'dance.mp4': 5 frames, 4 rows of people>"


@pytest.mark.parametrize("name", ARRAYS)
def test_an_array_of_another_length_is_refused(name: str) -> None:
    with pytest.raises(RecordingError):
        replace(recording(), **{name: getattr(recording(), name)[1:]})


def test_rounded_likelihoods_are_accepted() -> None:
    scores = np.full(4, np.nextafter(np.float32(1), np.float32(2)))
    assert replace(recording(), scores=scores).scores.max() > 1


@pytest.mark.parametrize(
    "header",
    [
        HEADER,
        Header("stdin"),
        Header("四.mp4", images=("a", "b")),
        Header(r"a\n.mp4", options={"select": [0.5, 1.0], "end_s": None}),
    ],
)
def test_a_header_reads_back(header: Header) -> None:
    assert Header.from_json(header.to_json()) == header
    assert "\n" not in header.to_json()
