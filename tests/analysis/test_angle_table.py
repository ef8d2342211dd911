from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.postures import HEADER, posture, recording_of, turned, with_knees_at
from tests.support.recordings import recording
from vitruvian.analysis.angle_series import series_of
from vitruvian.analysis.angle_table import ANGLE_COLUMNS, Table, angle_tables, check_angle
from vitruvian.analysis.segments import SEGMENTS
from vitruvian.errors import OptionError
from vitruvian.recorded.blocks import Blocks

if TYPE_CHECKING:
    from vitruvian.recorded.arrays import Recorded


def table_of(given: Recorded, block: int = 4) -> Table:
    """Return the table of a recording in small blocks."""
    blocks = Blocks(
        given.header, lambda: (given[n : n + block] for n in range(0, len(given), block))
    )
    tables = [*angle_tables(blocks, min_visibility=0.5)]
    return {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}


def test_a_row_is_a_person_in_a_frame() -> None:
    people = [{1: posture(), 3: with_knees_at(30)}, {}, {3: with_knees_at(60)}]
    table = table_of(recording_of(people))
    assert table["frame"].tolist() == [0, 0, 2]
    assert table["time_s"].tolist() == pytest.approx([0, 0, 2 / 30])
    assert table["person"].tolist() == [1, 3, 3]
    assert table["left_knee_flexion_3d_deg"] == pytest.approx([0, 30, 60], abs=1e-4)


def test_there_are_columns_of_angles_planes_and_lengths() -> None:
    names = [*table_of(recording_of([{1: posture()}]))]
    assert names[:4] == ["frame", "time_s", "person", "facing"]
    assert {*ANGLE_COLUMNS} < {*names}
    in_image = [name for name in names if name.endswith("_2d_deg")]
    assert {name.replace("_2d_deg", "_in_plane") for name in in_image} < {*names}
    assert {f"{name}_length_m" for name in SEGMENTS} < {*names}
    assert len(names) == 4 + len(ANGLE_COLUMNS) + len(in_image) + len(SEGMENTS)


def test_lengths_are_those_of_the_world_landmarks() -> None:
    table = table_of(recording_of([{1: turned(posture(), 70)}]))
    expected = {"left_thigh": 0.4, "right_arm": 0.3, "trunk": 0.5, "pelvis": 0.2, "head": 0.2}
    found = {name: table[f"{name}_length_m"][0] for name in expected}
    assert found == pytest.approx(expected, abs=1e-6)


def test_the_table_is_the_same_in_blocks_of_any_size() -> None:
    people = [
        {1: turned(posture(), yaw), 2: turned(with_knees_at(yaw / 3), -yaw)}
        for yaw in range(0, 360, 7)
    ]
    whole, parts = (table_of(recording_of(people), block) for block in (1000, 3))
    for name, values in whole.items():
        np.testing.assert_array_equal(values, parts[name])


def test_the_direction_of_a_person_lasts_until_another_one_is_clear() -> None:
    yaws = [0, 50, 59, 61, 50, 31, 29]
    people = [{1: turned(posture(), yaw), 2: turned(posture(), 50)} for yaw in yaws]
    table = table_of(recording_of(people))
    assert table["facing"][table["person"] == 1].tolist() == [
        *["front"] * 3,
        *["right"] * 3,
        "front",
    ]
    assert {*table["facing"][table["person"] == 2]} == {"right"}


def test_independent_images_do_not_know_each_other() -> None:
    header = replace(HEADER, images=("a.jpg", "b.jpg"))
    people = [{1: posture()}, {1: turned(posture(), 50)}]
    assert table_of(recording_of(people, header))["facing"].tolist() == ["front", "right"]


def test_a_frame_of_another_size_has_the_same_angles() -> None:
    """Normalized coordinates are no angles: an image is not square."""
    table = table_of(recording_of([{1: turned(posture(), 90)}]))
    assert table["trunk_2d_deg"][0] == pytest.approx(90, abs=1e-3)
    bent = turned(with_knees_at(45), 90)
    assert table_of(recording_of([{1: bent}]))["left_shank_2d_deg"][0] == pytest.approx(
        -135, abs=1e-3
    )


@pytest.mark.parametrize("counts", [[], [0], [0, 0, 0]])
def test_a_recording_of_nobody_has_all_columns_and_no_rows(counts: list[int]) -> None:
    table = table_of(recording(counts))
    assert {len(values) for values in table.values()} == {0}
    assert table["left_knee_flexion_3d_deg"].dtype == np.float64
    assert [*series_of(Blocks.of(recording(counts)), ANGLE_COLUMNS, min_visibility=0.5)] == []


@pytest.mark.parametrize("scale", [0.0, 1e-30, 1e12])
def test_strange_numbers_give_angles_in_their_intervals_or_nan(scale: float) -> None:
    given = recording([1, 2, 0, 3])
    points = (given.pose_world_landmarks * scale).astype(np.float32)
    table = table_of(replace(given, pose_world_landmarks=points, pose_landmarks=points))
    for name in ANGLE_COLUMNS:
        known = table[name][~np.isnan(table[name])]
        assert ((known > -180) & (known <= 180)).all()


def test_the_series_of_a_person_has_all_frames_in_their_order() -> None:
    people = [
        {1: with_knees_at(n)} if n % 3 else {1: with_knees_at(n), 2: posture()} for n in range(20)
    ]
    first, second = series_of(
        Blocks.of(recording_of(people)), ["left_knee_flexion_3d_deg"], min_visibility=0.5
    )
    assert (first.person, second.person) == (1, 2)
    assert first.angles_deg["left_knee_flexion_3d_deg"] == pytest.approx(range(20), abs=1e-3)
    assert all(a < b for a, b in pairwise(first.times_s.tolist()))
    assert second.times_s == pytest.approx(np.arange(0, 20, 3) / 30)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("knee", "give one of left_knee_flexion_3d_deg, right_knee_flexion_3d_deg"),
        ("Left Knee", "give one of left_knee_flexion_3d_deg, left_knee_flexion_2d_deg."),
        ("left_knee_flexoin_3d", "left_knee_flexion_3d_deg"),
        ("squat", "trunk_lean_3d_deg"),
        ("left_thigh_length_m", "left_thigh_2d_deg"),
        ("", "left_hip_flexion_3d_deg"),
        (3, "left_hip_flexion_3d_deg"),
    ],
)
def test_an_unknown_angle_is_refused_with_the_names_that_are_near(name: object, near: str) -> None:
    with pytest.raises(OptionError, match=r"^angle is .*: give one of") as caught:
        check_angle(name)
    assert near in str(caught.value)
    assert "\n" not in str(caught.value)
