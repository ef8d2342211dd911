from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.projected import FOV_DEG, Walk, line, projected
from vitruvian.errors import RecordingError
from vitruvian.recorded.header import Header

if TYPE_CHECKING:
    from vitruvian.recording import Recording

FIRST = line((-1, 0.2, 5), (1, 0.2, 5), 40)
SECOND = line((1, 0.2, 8), (1, 0.2, 8), 40)


def two_people() -> Recording:
    first, second = FIRST.copy(), SECOND.copy()
    first[:5] = second[30:] = np.nan
    return projected(Walk(4, first), Walk(2, second), noise_px=1)


def test_there_is_a_row_for_each_person_and_frame_in_order() -> None:
    table = two_people().path()
    assert [*table] == [
        *("frame", "time_s", "person", "x_m", "y_m", "z_m", "x_std_m", "y_std_m", "z_std_m"),
        "filled",
    ]
    assert len(table["frame"]) == 35 + 30
    pairs = [*zip(table["frame"].tolist(), table["person"].tolist(), strict=True)]
    assert pairs == sorted(pairs)
    assert {id_ for frame, id_ in pairs if frame < 5} == {2}
    np.testing.assert_allclose(table["time_s"], table["frame"] / 30)


def test_axes_are_right_up_from_the_floor_and_to_the_camera() -> None:
    table = two_people().in_room(fov_deg=FOV_DEG).path()
    first = table["person"] == 4
    np.testing.assert_allclose(table["x_m"][first], FIRST[5:, 0], atol=0.02)
    np.testing.assert_allclose(table["z_m"][first], -5, atol=0.05)
    np.testing.assert_allclose(table["z_m"][~first], -8, atol=0.08)
    np.testing.assert_allclose(table["y_m"], 0.9, atol=0.03)  # the model's feet are at 0.9 m


def test_deviations_say_what_was_assumed() -> None:
    recording = two_people()
    of_nothing, of_height, of_fov, of_both = (
        recording.in_room(height_m=height_m, fov_deg=fov_deg).path()
        for height_m, fov_deg in ((None, None), (1.7, None), (None, FOV_DEG), (1.7, FOV_DEG))
    )
    for table, parts in ((of_nothing, 0.16), (of_height, 0.153), (of_fov, 0.067), (of_both, 0.03)):
        np.testing.assert_allclose(table["z_std_m"], -parts * table["z_m"], rtol=0.1)
    for name in ("x_std_m", "y_std_m"):
        assert (of_height[name] < of_nothing[name]).all()
        np.testing.assert_allclose(of_nothing[name], of_fov[name], rtol=0.1)


def test_rows_that_were_filled_are_marked() -> None:
    seen = FIRST.copy()
    seen[12:18] = np.nan
    table = projected(Walk(1, seen), header=Header("a.mp4", options={})).smoothed().path()
    assert np.flatnonzero(table["filled"]).tolist() == [*range(12, 18)]
    assert not np.isnan(table["x_m"]).any()


def test_nobody_has_columns_without_rows() -> None:
    table = projected(Walk(1, np.full((3, 3), np.nan))).path()
    assert {len(column) for column in table.values()} == {0}
    assert table["person"].dtype == np.int64
    assert table["filled"].dtype == np.bool_


def test_what_is_known_stays_known() -> None:
    recording = two_people().in_room(height_m=1.8).in_room(fov_deg=70)
    assert recording.header.options == {"height_m": 1.8, "fov_deg": 70.0}


@pytest.mark.parametrize("height_m", [0, 30, float("nan"), True, "1.8"])
def test_a_height_that_nobody_has_is_refused(height_m: float) -> None:
    with pytest.raises(ValueError, match=r"height_m is .*: give a number from 0\.5 to 2\.5"):
        two_people().in_room(height_m=height_m)


def test_photographs_have_no_path() -> None:
    header = Header("a.jpg", options={"static_image_mode": True})
    with pytest.raises(RecordingError, match="nobody moves"):
        projected(Walk(1, FIRST), header=header).path()
