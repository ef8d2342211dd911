from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.postures import HEADER, posture, recording_of, turned, with_knees_at
from tests.support.sample import SAMPLE
from vitruvian.analysis.repetitions import Repetition, repetitions
from vitruvian.errors import OptionError, RecordingError
from vitruvian.recorded.blocks import Blocks
from vitruvian.recording import Recording
from vitruvian.skeleton import PoseLandmark

if TYPE_CHECKING:
    from vitruvian.types import Float64

KNEE = "left_knee_flexion_3d_deg"


def knees(second: float, frames: int = 121) -> list[Float64]:
    """Return postures whose knees bend to 90° and back, once in so many seconds."""
    bends = 45 - 45 * np.cos(2 * np.pi * np.arange(frames) / 30 / second)
    return [with_knees_at(bend) for bend in bends.tolist()]


def counted(given: Recording, angle: str | None = None) -> list[Repetition]:
    return [*repetitions(Blocks.of(given), angle, min_visibility=0.5)]


def test_each_person_has_repetitions_of_their_own() -> None:
    people = zip(knees(1.0), knees(2.0), strict=True)
    found = counted(recording_of([{4: slow, 7: fast} for fast, slow in people]), KNEE)
    assert [(each.person, each.number) for each in found] == [
        *((4, number) for number in (1, 2)),
        *((7, number) for number in (1, 2, 3, 4)),
    ]
    assert all(each.angle == KNEE and each.is_whole for each in found)


def test_a_repetition_knows_its_times_and_its_extremes() -> None:
    _, second, *_ = counted(recording_of([{1: points} for points in knees(1.0)]), KNEE)
    assert second.start_s == pytest.approx(1.1, abs=0.05)
    assert second.end_s == pytest.approx(1.9, abs=0.05)
    assert second.least_deg < 9.1
    assert second.greatest_deg == pytest.approx(90, abs=1e-3)
    assert second.longest_gap_s == pytest.approx(1 / 30)


def test_the_angle_of_the_largest_range_is_chosen_for_each_person() -> None:
    raised = [
        posture(left_elbow=(0.2 + 0.3 * np.sin(angle), -0.5 + 0.3 * np.cos(angle), 0))
        for angle in np.pi / 2 - np.pi / 2 * np.cos(np.arange(121) / 5)
    ]
    people = zip(knees(1.0), raised, strict=True)
    found = counted(recording_of([{1: knee, 2: arm} for knee, arm in people]))
    assert {each.angle for each in found if each.person == 1} <= {
        KNEE,
        KNEE.replace("left", "right"),
    }
    assert {each.angle for each in found if each.person == 2} == {"left_shoulder_elevation_3d_deg"}


def test_an_angle_that_is_seldom_known_is_not_chosen() -> None:
    given = recording_of([{1: points} for points in knees(1.0)])
    points_m, visibility = given.pose_world_landmarks.copy(), given.visibility.copy()
    wrist, elbow = PoseLandmark.LEFT_WRIST, PoseLandmark.LEFT_ELBOW
    points_m[::2, wrist] = points_m[::2, elbow] + (0, -0.25, 0)  # folded in each second frame
    visibility[10:, wrist] = 0.1
    given = replace(given, pose_world_landmarks=points_m, visibility=visibility)
    assert len(counted(given)) == 4
    assert "knee" in counted(given)[0].angle


def test_gaps_and_hidden_landmarks_are_passed_over() -> None:
    people = [{1: points} for points in knees(1.0)]
    for frame in (*range(5), *range(40, 50), *range(117, 121)):  # both ends, and a turning point
        people[frame] = {}
    given = recording_of(people)
    visibility = given.visibility.copy()
    visibility[20:24, PoseLandmark.LEFT_KNEE] = 0
    found = counted(replace(given, visibility=visibility), KNEE)
    assert [each.is_whole for each in found] == [True] * 4
    assert found[1].longest_gap_s == pytest.approx(11 / 30)


def test_a_repetition_in_which_a_person_comes_or_goes_is_cut() -> None:
    people = [{1: points} for points in knees(1.0)]
    found = counted(recording_of([*[{}] * 10, *people[14:112], {}]), KNEE)
    assert [each.is_whole for each in found] == [False, True, True, False]
    assert found[0].start_s == pytest.approx(10 / 30)
    assert found[-1].end_s == pytest.approx(107 / 30)


def test_people_who_swap_ids_keep_their_counts_if_they_do_the_same() -> None:
    both = [*zip(knees(1.0), knees(1.0), strict=True)]
    swapped = [{1: a, 2: b} if n < 45 else {1: b, 2: a} for n, (a, b) in enumerate(both)]
    assert [each.person for each in counted(recording_of(swapped), KNEE)] == [1] * 4 + [2] * 4


def test_an_angle_that_passes_180_is_counted() -> None:
    """An arm that swings in the image, from 120 over 180 to -120."""
    swing = np.radians(180 - 60 * np.cos(2 * np.pi * np.arange(121) / 30))
    people = [
        {1: turned(posture(left_elbow=(0.2, -0.5 + 0.3 * np.cos(a), -0.3 * np.sin(a))), 90)}
        for a in swing.tolist()
    ]
    given = recording_of(people)
    angle_deg = given.angles()["left_shoulder_flexion_2d_deg"]
    assert angle_deg.min() < -170
    assert angle_deg.max() > 170
    found = counted(given, "left_shoulder_flexion_2d_deg")
    assert [each.is_whole for each in found] == [True] * 4
    assert found[0].greatest_deg - found[0].least_deg == pytest.approx(120, abs=12)


def test_a_line_that_passes_90_is_counted() -> None:
    """Hips that tilt, in the image of someone who lies on the side, from 60 over 90 to -60."""
    tilt = np.radians(90 - 30 * np.cos(2 * np.pi * np.arange(121) / 30))
    ends = [(0.1 * np.cos(a), -0.1 * np.sin(a), 0.0) for a in tilt.tolist()]
    people = [{1: posture(left_hip=end, right_hip=tuple(-c for c in end))} for end in ends]
    given = recording_of(people)
    assert np.ptp(given.angles()["pelvis_2d_deg"]) > 170
    assert [each.is_whole for each in counted(given, "pelvis_2d_deg")] == [True] * 4


def test_the_sample_has_four_jumping_jacks_smoothed_or_not() -> None:
    recorded = Recording.of(SAMPLE, model_complexity="lite", smooth_landmarks=False, search="frame")
    for made in (recorded, recorded.smoothed()):
        found = counted(made)
        assert [each.is_whole for each in found] == [True] * 4
        assert "shoulder_elevation" in found[0].angle
        assert [each.start_s for each in found] == pytest.approx([0.1, 1.1, 2.1, 3.1], abs=0.1)


def test_someone_who_rests_has_none() -> None:
    random = np.random.default_rng(0)
    people = [{1: posture() + random.normal(0, 0.004, (33, 3))} for _ in range(200)]
    assert counted(recording_of(people)) == []


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_frames_have_none(count: int) -> None:
    given = recording_of([{1: points} for points in knees(1.0, frames=count)])
    assert counted(given) == []
    assert counted(given, KNEE) == []
    assert {len(values) for values in given.repetitions().values()} == {0}


def test_someone_who_is_never_visible_has_none() -> None:
    given = recording_of([{1: points} for points in knees(1.0)], visibility=np.zeros(33))
    assert counted(given) == []
    assert counted(given, KNEE) == []
    assert len(given.repetitions(KNEE, min_visibility=0)["person"]) == 4


def test_the_legs_of_someone_whose_legs_are_hidden_are_not_counted() -> None:
    visibility = np.ones(33)
    visibility[PoseLandmark.LEFT_KNEE :] = 0.1
    assert counted(recording_of([{1: p} for p in knees(1.0)], visibility=visibility)) == []


def test_images_and_unknown_angles_are_refused() -> None:
    header = replace(HEADER, options={"static_image_mode": True})
    with pytest.raises(RecordingError, match=r"squats\.mp4 is a recording of independent images"):
        counted(recording_of([{1: posture()}], header))
    with pytest.raises(OptionError, match="give one of left_knee_flexion_3d_deg"):
        counted(recording_of([{1: posture()}]), "knee_flexion")


def test_repetitions_in_python_are_columns() -> None:
    table = recording_of([{1: points} for points in knees(1.0)]).repetitions(KNEE)
    assert [*table] == [
        *("person", "angle", "number", "start_s", "end_s", "duration_s"),
        *("least_deg", "greatest_deg", "longest_gap_s", "whole"),
    ]
    assert table["number"].tolist() == [1, 2, 3, 4]
    assert table["whole"].all()
    assert table["duration_s"] == pytest.approx(table["end_s"] - table["start_s"])
    with pytest.raises(OptionError, match="min_visibility is 2: give a number from 0 to 1"):
        recording_of([]).repetitions(min_visibility=2)
