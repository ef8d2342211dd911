from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.projected import FOV_DEG, Walk, line, projected
from tests.support.skeletons import person_m
from tests.tolerances import SOLVED
from vitruvian.analysis.room import Room, room_of
from vitruvian.errors import RecordingError
from vitruvian.recorded.blocks import Blocks
from vitruvian.recorded.header import Header

if TYPE_CHECKING:
    from vitruvian.recording import Recording

WAY = line((-1, 0.2, 5), (1, 0.2, 4), 60)
OTHER_WAY = line((1, 0.2, 6), (1, 0.2, 6), 60)
HIPS = (23, 24)


def room(recording: Recording) -> Room:
    return room_of(Blocks.of(recording.in_room(fov_deg=FOV_DEG)))


def test_motions_are_the_people_in_room_axes() -> None:
    first = WAY.copy()
    first[[*range(7), *range(30, 40), *range(55, 60)]] = np.nan
    made = room(projected(Walk(5, first), Walk(2, OTHER_WAY)))
    assert (made.ids, made.rate_hz, made.start_s, made.rows) == ((2, 5), 30.0, 0.0, 60)
    assert not made.is_resampled
    second, first_motion = made.motions()
    assert (second.id, second.first_row, len(second.positions_m)) == (2, 0, 60)
    assert (first_motion.id, first_motion.first_row, len(first_motion.hips_m)) == (5, 7, 48)
    lost = np.isnan(first_motion.hips_m).any(axis=1)
    assert np.flatnonzero(lost).tolist() == [*range(30 - 7, 40 - 7)]
    assert np.isnan(first_motion.positions_m[lost]).all()
    assert np.isnan(first_motion.visibility[lost]).all()
    expected_m = WAY[7:55][~lost] * (1, 0, -1) + (0, 0.9, 0)
    np.testing.assert_allclose(first_motion.hips_m[~lost], expected_m, atol=0.02)
    body_m = person_m() * (1, -1, -1) + second.hips_m[:, np.newaxis]
    np.testing.assert_allclose(second.positions_m, body_m, atol=1e-6)
    np.testing.assert_allclose(second.positions_m[:, :, 1].min(axis=1), 0, atol=0.01)


def test_the_height_scales_bodies_and_ways() -> None:
    recording = projected(Walk(1, WAY))
    as_expected, tall = room(recording), room(recording.in_room(height_m=2.4))
    (small_motion,), (tall_motion,) = as_expected.motions(), tall.motions()
    scale = tall.paths.people[0].scale
    assert scale > 1.3
    np.testing.assert_allclose(
        tall_motion.positions_m, scale * small_motion.positions_m, atol=SOLVED
    )


@pytest.mark.parametrize("max_gap_s", [None, 0.5])
def test_frames_of_no_constant_rate_are_resampled_and_gaps_stay(max_gap_s: float | None) -> None:
    times_s = np.cumsum(np.random.default_rng(4).uniform(0.6, 1.4, 60)) / 30
    way = WAY[0] + (times_s - times_s[0])[:, np.newaxis] * (0.5, 0, 0)
    seen = way.copy()
    seen[20:28] = np.nan
    smoothing = {"cutoff_hz": 6.0, "max_gap_s": max_gap_s}
    header = Header("a.mp4", options={"offline_smoothing": smoothing} if max_gap_s else {})
    made = room(projected(Walk(1, seen), times_s=times_s.tolist(), header=header))
    assert made.is_resampled
    (motion,) = made.motions()
    is_lost = np.isnan(motion.hips_m[:, 0])
    assert is_lost.any() == (max_gap_s is None)
    assert not is_lost[[0, -1]].any()
    row_times_s = made.start_s + np.arange(len(motion.hips_m)) / made.rate_hz
    expected_m = way[0, 0] + 0.5 * (row_times_s - times_s[0])
    np.testing.assert_allclose(motion.hips_m[~is_lost, 0], expected_m[~is_lost], atol=0.02)


def test_rows_in_which_a_person_cannot_be_placed_are_cut_off_at_the_ends() -> None:
    recording = projected(Walk(1, WAY), Walk(2, OTHER_WAY))
    visibility = recording.visibility.copy()
    visibility[recording.ids == 2] = 0
    of_first = np.flatnonzero(recording.ids == 1)
    visibility[of_first[[0, 1, 30, 59]]] = 0
    made = room(replace(recording, visibility=visibility))
    assert made.ids == (1,)
    (motion,) = made.motions()
    assert (motion.first_row, len(motion.hips_m)) == (2, 57)
    assert np.flatnonzero(np.isnan(motion.hips_m[:, 0])).tolist() == [28]


@pytest.mark.parametrize("seed", range(12))
def test_every_motion_lies_on_the_grid_from_its_first_to_its_last_row(seed: int) -> None:
    random = np.random.default_rng(seed)
    seen = WAY.copy()
    seen[random.random(60) < 0.6] = np.nan
    times_s = np.sort(random.choice([1e-9, 0.01, 1.0, 1e3]) * random.random(60))
    made = room(projected(Walk(1, seen), Walk(2, OTHER_WAY), times_s=times_s.tolist()))
    assert made.ids == (1, 2)
    for motion in made.motions():
        assert 0 <= motion.first_row <= motion.first_row + len(motion.hips_m) <= made.rows
        assert not np.isnan(motion.hips_m[[0, -1]]).any()
        assert motion.positions_m.shape == (len(motion.hips_m), 33, 3)
        assert motion.visibility.shape == (len(motion.hips_m), 33)


def test_nobody_and_one_frame_are_a_room() -> None:
    empty = room(projected(Walk(1, np.full((4, 3), np.nan))))
    assert (empty.ids, empty.rows, [*empty.motions()]) == ((), 4, [])
    one = room(projected(Walk(1, WAY[:1])))
    (motion,) = one.motions()
    assert (one.rows, motion.positions_m.shape) == (1, (1, 33, 3))


def test_hips_are_the_midpoint_of_the_hips() -> None:
    body_m = person_m() + np.array((0.01, 0.02, -0.03))
    (motion,) = room(projected(Walk(1, WAY, world_m=body_m))).motions()
    np.testing.assert_array_equal(motion.hips_m, motion.positions_m[:, HIPS].mean(axis=1))


def test_a_broken_smoothing_in_the_header_is_an_error() -> None:
    header = Header("a.mp4", options={"offline_smoothing": {"max_gap_s": 1e9}})
    with pytest.raises(RecordingError, match=r"a\.mp4 is broken: max_gap_s is"):
        [*room(projected(Walk(1, WAY), header=header)).motions()]
