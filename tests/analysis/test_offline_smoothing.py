from __future__ import annotations

import logging
import math
from dataclasses import replace

import numpy as np
import pytest

from tests.support.motion import HEADER, Walker, true_px, walk
from tests.support.recordings import recording
from tests.tolerances import LAST_DIGIT
from vitruvian.analysis import windows
from vitruvian.analysis.offline_smoothing import smoothed
from vitruvian.errors import OptionError, RecordingError
from vitruvian.recorded.arrays import Recorded
from vitruvian.recorded.blocks import Blocks
from vitruvian.recording import Recording

ARRAYS_OF_PEOPLE = ("pose_landmarks", "pose_world_landmarks", "visibility", "presence", "scores")


def smooth(given: Recorded, *, max_gap_s: float = 0.5, block: int = 8) -> Recorded:
    """Return a smoothed recording, from small blocks."""
    blocks = Blocks(
        given.header, lambda: (given[n : n + block] for n in range(0, len(given), block))
    )
    made = smoothed(blocks, cutoff_hz=6.0, max_gap_s=max_gap_s)
    return Recorded.joined(made.header, made)


def errors_px(made: Recorded, walker: Walker) -> np.ndarray:
    """Return the distances of the landmarks of a person from the truth, (rows, 33)."""
    rows = made.ids == walker.id
    sizes_px = made.image_sizes_px[made.frame_positions[rows]][:, np.newaxis]
    found_px = made.pose_landmarks[rows, :, :2] * sizes_px
    frames = made.frames[made.frame_positions[rows]]
    expected_px = np.array([true_px(walker, frame)[:, :2] for frame in frames.tolist()])
    return np.linalg.norm(found_px - expected_px, axis=-1)


def frames_of(made: Recorded, id_: int) -> list[int]:
    """Return in which frames a person is."""
    positions: list[int] = made.frame_positions[made.ids == id_].tolist()
    return positions


def test_noise_becomes_less_and_motion_stays() -> None:
    walker = Walker(1, range(200), speed_px=(2, 0.3))
    noisy = walk(walker, count=200, noise_px=4)
    made = smooth(noisy)
    assert errors_px(made, walker).mean() < 0.75 * errors_px(noisy, walker).mean()
    still = walk(walker, count=200)
    np.testing.assert_allclose(smooth(still).pose_landmarks, still.pose_landmarks, atol=1e-6)


def test_everything_except_landmarks_stays() -> None:
    noisy = walk(Walker(1, range(60)), Walker(4, range(20, 50), (400, 240)), noise_px=4)
    made = smooth(noisy)
    for name in ("frames", "timestamps_s", "image_sizes_px", "people_counts", "ids"):
        np.testing.assert_array_equal(getattr(made, name), getattr(noisy, name))
    for name in ("visibility", "presence", "scores"):
        np.testing.assert_array_equal(getattr(made, name), getattr(noisy, name))
    assert not made.is_filled.any()


def test_the_result_is_the_same_in_blocks_and_windows_of_any_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    walkers = Walker(1, {*range(300)} - {70, 71, 150}), Walker(2, range(33, 220), (300, 200))
    noisy = walk(*walkers, count=300, noise_px=4)
    whole = smooth(noisy, block=300)
    assert (smooth(noisy, block=7).pose_landmarks == whole.pose_landmarks).all()
    for frames in (10, 64):
        monkeypatch.setattr(windows, "_WINDOW_FRAMES", frames)
        made = smooth(noisy)
        np.testing.assert_array_equal(made.ids, whole.ids)
        np.testing.assert_array_equal(made.is_filled, whole.is_filled)
        for name in ARRAYS_OF_PEOPLE:
            np.testing.assert_allclose(
                getattr(made, name), getattr(whole, name), atol=10 * LAST_DIGIT
            )


def test_a_gap_is_filled_and_marked_and_its_ids_are_joined() -> None:
    first, second = Walker(1, range(20)), Walker(2, range(30, 60))
    made = smooth(walk(first, second, Walker(3, range(60), (400, 240)), noise_px=1))
    assert frames_of(made, 1) == [*range(60)]
    assert frames_of(made, 2) == []
    assert made.frame_positions[made.is_filled].tolist() == [*range(20, 30)]
    assert errors_px(made, first).max() < 12
    assert made.people_counts.tolist() == [2] * 60
    assert np.allclose(made.pose_world_landmarks, made.pose_landmarks * (3.2, 2.4, 3.2), atol=1e-5)


def test_what_is_uncertain_beside_a_gap_is_uncertain_in_it() -> None:
    noisy = walk(Walker(1, {*range(60)} - {30, 31, 32}))
    made = smooth(noisy)
    before, *inside, after = made.visibility[29:34]
    assert (np.array(inside) >= np.minimum(before, after) - LAST_DIGIT).all()
    assert (np.array(inside) <= np.maximum(before, after) + LAST_DIGIT).all()
    np.testing.assert_allclose(inside[1], (before + after) / 2, atol=LAST_DIGIT)


def test_a_gap_that_is_too_long_is_not_filled() -> None:
    noisy = walk(Walker(1, {*range(60)} - {*range(20, 30)}), noise_px=3)
    assert frames_of(smooth(noisy, max_gap_s=0.3), 1) == frames_of(noisy, 1)
    assert frames_of(smooth(noisy, max_gap_s=0.4), 1) == [*range(60)]
    assert not smooth(walk(Walker(1, {*range(60)} - {30})), max_gap_s=0).is_filled.any()


def test_an_outlier_does_not_move_its_neighbours() -> None:
    walker = Walker(1, range(60))
    noisy = walk(walker, noise_px=1)
    landmarks = noisy.pose_landmarks.copy()
    landmarks[30, 15] += 0.4
    made = smooth(replace(noisy, pose_landmarks=landmarks))
    assert errors_px(made, walker)[27:34, 15].max() < 3


def test_a_track_that_is_too_short_stays_as_it_is() -> None:
    noisy = walk(Walker(1, range(10, 16)), Walker(2, [30, 33], (400, 240)), noise_px=5)
    made = smooth(noisy)
    for name in ("ids", "is_filled", *ARRAYS_OF_PEOPLE):
        np.testing.assert_array_equal(getattr(made, name), getattr(noisy, name))


def test_frames_of_another_size_begin_another_course() -> None:
    """A phone is turned: the same numbers are other pixels, and nobody jumps."""
    walker = Walker(1, range(60))
    sizes_px = [(640, 480)] * 30 + [(480, 640)] * 30
    made = smooth(walk(walker, sizes_px=sizes_px))
    assert errors_px(made, walker).max() < 0.01


@pytest.mark.parametrize("rate_hz", [1, 12, 240])
def test_frames_at_other_and_at_varying_rates_are_smoothed_at_their_times(rate_hz: int) -> None:
    random = np.random.default_rng(4)
    times_s = np.cumsum(random.uniform(0.6, 1.4, 60)) / rate_hz
    phase = times_s * 30
    walker = Walker(1, range(60), speed_px=(0, 0))
    still = walk(walker, times_s=times_s.tolist())
    landmarks = still.pose_landmarks + (0.001 * phase[:, np.newaxis, np.newaxis]).astype(np.float32)
    moving = replace(still, pose_landmarks=landmarks)
    made = smooth(moving)
    np.testing.assert_allclose(made.pose_landmarks, moving.pose_landmarks, atol=2e-6)
    assert not made.is_filled.any()


def test_rows_that_were_filled_are_computed_again() -> None:
    walker = Walker(1, range(60))
    noisy = walk(walker)
    landmarks, is_filled = noisy.pose_landmarks.copy(), noisy.is_filled.copy()
    landmarks[30:33], is_filled[30:33] = 0.9, True
    made = smooth(replace(noisy, pose_landmarks=landmarks, is_filled=is_filled))
    assert errors_px(made, walker).max() < 0.01
    np.testing.assert_array_equal(made.is_filled, is_filled)


def test_a_recording_of_images_is_refused() -> None:
    for header in (
        replace(HEADER, images=tuple(f"{n}.jpg" for n in range(60))),
        replace(HEADER, options={"static_image_mode": True}),
    ):
        with pytest.raises(RecordingError, match="independent images"):
            smooth(walk(Walker(1, range(60)), header=header))


@pytest.mark.parametrize(
    ("options", "how"),
    [({"smooth_landmarks": True}, "live"), ({"offline_smoothing": {"cutoff_hz": 6}}, "offline")],
)
def test_what_was_smoothed_already_is_smoothed_with_a_warning(
    options: dict[str, object], how: str, caplog: pytest.LogCaptureFixture
) -> None:
    given = walk(Walker(1, range(60)), header=replace(HEADER, options=options))
    with caplog.at_level(logging.WARNING):
        made = smooth(given)
    assert f"walk.mp4 was smoothed {how} already" in caplog.text
    assert len(made.ids) == 60


def test_the_header_says_how_a_recording_was_smoothed(caplog: pytest.LogCaptureFixture) -> None:
    made = smooth(walk(Walker(1, range(60))), max_gap_s=0.2)
    assert made.header.options["offline_smoothing"] == {"cutoff_hz": 6.0, "max_gap_s": 0.2}
    assert made.header.options["smooth_landmarks"] is False
    assert not caplog.records


@pytest.mark.parametrize("count", [0, 1, 5])
def test_a_recording_of_nobody_stays(count: int) -> None:
    made = smooth(walk(count=count))
    assert (len(made), len(made.ids)) == (count, 0)


@pytest.mark.parametrize("scale", [0.0, 1e-30, 1e6, 1e12])
def test_a_recording_of_strange_numbers_gives_finite_ones(scale: float) -> None:
    random = np.random.default_rng(5)
    given = recording([1, 2, 0, 3, 2] * 12)
    landmarks = (random.normal(0, 1, given.pose_landmarks.shape) * scale).astype(np.float32)
    times_s = np.sort(random.choice([0.0, 1e-9, 0.1, 5, 1e9], len(given)))
    visibility = np.zeros_like(given.visibility)
    made = smooth(
        replace(given, pose_landmarks=landmarks, timestamps_s=times_s, visibility=visibility)
    )
    assert isinstance(made, Recorded)  # which has checked that all numbers are finite


def test_a_recording_is_smoothed_in_python_as_in_a_file() -> None:
    noisy = walk(Walker(1, range(60)), noise_px=3)
    made = noisy.smoothed(max_gap_s=0.25)
    assert isinstance(made, Recording)
    np.testing.assert_array_equal(made.pose_landmarks, smooth(noisy, max_gap_s=0.25).pose_landmarks)


@pytest.mark.parametrize(
    ("options", "message"),
    [({"cutoff_hz": 0.1}, "cutoff_hz is 0.1: give"), ({"max_gap_s": math.nan}, "max_gap_s is nan")],
)
def test_numbers_without_sense_are_refused(options: dict[str, float], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        walk(Walker(1, range(60))).smoothed(**options)
