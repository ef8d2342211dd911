from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.projected import FOV_DEG, SIZE_PX, Walk, line, projected
from tests.support.skeletons import person_m
from vitruvian.analysis.path import Paths, paths_of
from vitruvian.errors import RecordingError
from vitruvian.recorded.blocks import Blocks
from vitruvian.recorded.header import Header

if TYPE_CHECKING:
    from vitruvian.recorded.arrays import Recorded
    from vitruvian.recording import Recording

ACROSS = line((-2, 0.2, 7), (2, 0.2, 4), 120)
BACK = line((2, 0.1, 6), (-2, 0.1, 6), 120)
SAME = (3.0, 0.1, 5.0)


def paths(recording: Recording, height_m: float | None = None, fov_deg: float = FOV_DEG) -> Paths:
    return paths_of(Blocks.of(recording.in_room(height_m=height_m, fov_deg=fov_deg)))


def errors(found_m: np.ndarray, true_m: np.ndarray) -> np.ndarray:
    """Return the distances from the truth, as parts of those to the camera."""
    parts: np.ndarray = np.linalg.norm(found_m - true_m, axis=-1) / np.linalg.norm(true_m, axis=-1)
    return parts


def test_a_person_who_walks_across_and_nearer_is_placed_within_a_percent() -> None:
    (path,) = paths(projected(Walk(1, ACROSS), noise_px=1)).people
    assert errors(path.hips_m, ACROSS).max() < 0.01
    assert path.frames.tolist() == [*range(120)]


def test_two_people_who_swap_places_keep_their_own_paths() -> None:
    first, second = paths(projected(Walk(1, ACROSS), Walk(2, BACK), noise_px=1)).people
    assert errors(first.hips_m, ACROSS).max() < 0.01
    assert errors(second.hips_m, BACK).max() < 0.01


def test_ids_that_swap_jump_and_harm_no_frame_that_is_a_second_away() -> None:
    swapped = np.arange(120)[:, np.newaxis] >= 80
    jumping = np.where(swapped, BACK, ACROSS)
    (path, _) = paths(
        projected(Walk(1, jumping), Walk(2, np.where(swapped, ACROSS, BACK)), noise_px=1)
    ).people
    assert errors(path.hips_m, jumping)[[*range(50), *range(110, 120)]].max() < 0.02
    assert np.abs(np.diff(path.hips_m[:, 0])).argmax() == 79


def test_another_field_of_view_changes_the_distance_and_hardly_the_rest() -> None:
    recording = projected(Walk(1, ACROSS))
    (path,) = paths(recording, fov_deg=50).people
    ratio = np.tan(np.radians(FOV_DEG / 2)) / np.tan(np.radians(50 / 2))
    np.testing.assert_allclose(path.hips_m[:, 2], ratio * ACROSS[:, 2], rtol=0.02)
    np.testing.assert_allclose(path.hips_m[:, :2], ACROSS[:, :2], atol=0.01)


def test_a_taller_person_is_further_away() -> None:
    tall = projected(Walk(1, ACROSS, height=1.2), Walk(2, BACK, height=0.8))
    of_model = paths(projected(Walk(1, ACROSS)), height_m=1.7).people[0].scale
    first, second = paths(tall, height_m=1.7 * 1.2).people
    assert (first.is_scaled, second.is_scaled) == (True, True)
    np.testing.assert_allclose(first.hips_m / of_model, ACROSS, rtol=0.01, atol=0.01)
    np.testing.assert_allclose(second.hips_m * 0.8 / 1.2 / of_model, BACK, rtol=0.01, atol=0.01)


def test_a_person_who_is_never_whole_keeps_the_size_of_the_model() -> None:
    close = line((0, 0.5, 1.2), (0.2, 0.5, 1.1), 30)
    recording = projected(Walk(1, close))
    assert (recording.pose_landmarks[:, 31, 1] > 1).all()
    (path,) = paths(recording, height_m=2.0).people
    assert not path.is_scaled
    assert errors(path.hips_m, close).max() < 0.01


def test_what_is_beside_the_image_is_left_out() -> None:
    close = line((0, 0.5, 1.2), (0.2, 0.5, 1.1), 30)
    recording = projected(Walk(1, close))
    points = recording.pose_landmarks.copy()
    points[points[..., 1] > 1] += 0.3
    (path,) = paths(replace(recording, pose_landmarks=points)).people
    assert errors(path.hips_m, close).max() < 0.01


def test_gaps_at_both_ends_and_between_stay_free() -> None:
    seen = ACROSS.copy()
    seen[[*range(10), *range(50, 95), *range(110, 120)]] = np.nan
    (path,) = paths(projected(Walk(3, seen), noise_px=1)).people
    assert path.frames.tolist() == [*range(10, 50), *range(95, 110)]
    assert errors(path.hips_m, ACROSS[path.frames]).max() < 0.01


def test_a_distance_that_its_neighbours_contradict_does_not_move_them() -> None:
    recording = projected(Walk(1, ACROSS), noise_px=1)
    world_m = recording.pose_world_landmarks.copy()
    world_m[60] *= 2
    (path,) = paths(replace(recording, pose_world_landmarks=world_m)).people
    assert errors(path.hips_m, ACROSS)[[*range(60), *range(61, 120)]].max() < 0.01


def test_the_floor_is_where_the_lowest_feet_are() -> None:
    jump = np.tile((0.0, 0.3, 4.0), (100, 1))
    jump[40:60, 1] -= 0.5
    feet_m = float(person_m()[:, 1].max())
    assert paths(projected(Walk(1, jump))).floor_m == pytest.approx(0.3 + feet_m, abs=0.01)
    jump[70] += (0, 1, 0)  # an outlier
    assert paths(projected(Walk(1, jump))).floor_m == pytest.approx(0.3 + feet_m, abs=0.01)


def test_times_need_no_constant_rate() -> None:
    times_s = np.cumsum(np.random.default_rng(1).uniform(0.2, 3, 120)) / 30
    way = ACROSS[0] + (times_s - times_s[0])[:, np.newaxis] / 6 * (ACROSS[-1] - ACROSS[0])
    (path,) = paths(projected(Walk(1, way), noise_px=1, times_s=times_s.tolist())).people
    assert errors(path.hips_m, way).max() < 0.01


@pytest.mark.parametrize("count", [1, 2, 6])
def test_a_few_frames_have_one_distance(count: int) -> None:
    (path,) = paths(projected(Walk(1, np.tile(SAME, (count, 1))), noise_px=1)).people
    assert errors(path.hips_m, np.tile(SAME, (count, 1))).max() < 0.02
    assert len({*path.hips_m[:, 2].tolist()}) == 1


def test_nobody_has_no_path() -> None:
    found = paths(projected(Walk(1, np.full((20, 3), np.nan))))
    assert (found.people, found.floor_m) == ((), 0.0)
    assert paths(projected(Walk(1, np.full((20, 3), np.nan)))[:0]).people == ()


def test_a_person_of_whom_nothing_is_visible_cannot_be_placed() -> None:
    recording = projected(Walk(1, ACROSS))
    (path,) = paths(replace(recording, visibility=0 * recording.visibility)).people
    assert not path.is_placed.any()
    assert np.isnan(path.hips_m).all()
    assert np.isnan(path.std_m).all()


def test_a_recording_is_placed_the_same_in_blocks_of_any_size() -> None:
    recording = projected(Walk(1, ACROSS), Walk(2, BACK), noise_px=1)

    def in_parts() -> list[Recorded]:
        return [recording[first : first + 7] for first in range(0, 120, 7)]

    whole = paths_of(Blocks.of(recording))
    parts = paths_of(Blocks(recording.header, lambda: iter(in_parts())))
    for one, other in zip(whole.people, parts.people, strict=True):
        np.testing.assert_array_equal(one.hips_m, other.hips_m)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (Header("a.jpg", images=("a.jpg",)), "independent images"),
        (Header("a.mp4", options={"static_image_mode": True}), "independent images"),
        (Header("a.mp4", options={"height_m": 30}), "a.mp4 is broken: height_m is 30: give"),
        (Header("a.mp4", options={"height_m": 0}), "height_m is 0: give"),
        (Header("a.mp4", options={"height_m": "tall"}), "height_m is 'tall': give"),
        (Header("a.mp4", options={"fov_deg": [55]}), "fov_deg is"),
        (Header("a.mp4", options={"fov_deg": float("nan")}), "fov_deg is nan: give"),
    ],
)
def test_photographs_and_broken_headers_are_an_error(header: Header, message: str) -> None:
    recording = projected(Walk(1, np.tile(SAME, (1, 1))), header=header)
    with pytest.raises(RecordingError, match=message):
        paths_of(Blocks.of(recording))


def test_frames_of_another_size_have_another_focal_length() -> None:
    recording = projected(Walk(1, np.tile(SAME, (40, 1))))
    sizes_px = recording.image_sizes_px.copy()
    sizes_px[20:] = np.divide(SIZE_PX, 2)
    (path,) = paths(replace(recording, image_sizes_px=sizes_px)).people
    assert errors(path.hips_m, np.tile(SAME, (40, 1))).max() < 0.01


@pytest.mark.parametrize("value", [-1e15, 0, 1e-30, 1e15])
@pytest.mark.parametrize("name", ["pose_landmarks", "pose_world_landmarks"])
def test_numbers_that_no_body_has_are_no_error(name: str, value: float) -> None:
    recording = projected(Walk(1, ACROSS), Walk(2, BACK))
    broken = getattr(recording, name).copy()
    broken[::3] = value
    broken[1::5, ::2] = value
    found = paths(replace(recording, **{name: broken}), height_m=1.7)
    assert len(found.people) == 2
    assert np.isfinite(found.floor_m)


def test_times_that_stand_still_are_no_error() -> None:
    (path,) = paths(projected(Walk(1, ACROSS), times_s=[0.0] * 120)).people
    assert np.isfinite(path.hips_m).all()
