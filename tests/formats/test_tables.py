from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars

from vitruvian.formats import tables

if TYPE_CHECKING:
    from pathlib import Path


def test_numbers_are_short_and_what_is_not_known_is_nan(tmp_path: Path) -> None:
    table = {
        "person": np.array([1, 12]),
        "time_s": np.array([0.0, 1 / 3]),
        "knee_3d_deg": np.array([-0.001, np.nan]),
        "knee_in_plane": np.array([0.98765, 1]),
        "thigh_length_m": np.array([0.4, 0.333333333]),
        "facing": np.array(["front", "right"]),
        "whole": np.array([True, False]),
    }
    tables.write([table], tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == (
        b"person,time_s,knee_3d_deg,knee_in_plane,thigh_length_m,facing,whole\n"
        b"1,0.0,0.0,0.988,0.4,front,true\n"
        b"12,0.333333,NaN,1.0,0.3333,right,false\n"
    )
    read = polars.read_csv(tmp_path / "a.csv")
    assert read["knee_3d_deg"].is_nan().to_list() == [False, True]
    assert read["whole"].to_list() == [True, False]


def test_tables_follow_each_other_under_one_line_of_names(tmp_path: Path) -> None:
    parts = [{"person": np.array(people, np.int64)} for people in ([], [1, 2], [3])]
    tables.write(parts, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text() == "person\n1\n2\n3\n"
    tables.write(parts[:1], tmp_path / "b.csv")
    assert (tmp_path / "b.csv").read_text() == "person\n"
