"""The paths of a recording as a table with a row for each person and frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.analysis.room_axes import in_room

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.analysis.path import Paths, PersonPath
    from vitruvian.types import Float64

Table = dict[str, "NDArray[Any]"]
# How far positions are off, as parts of themselves, because proportions differ from those that the
# model expects, because the height is not known, and because the field of view is not known. The
# last concerns only the distance. `benchmarks/path.py` shows all three on the sample.
PROPORTIONS_STD = 0.03
HEIGHT_STD = 0.06
FOV_STD = 0.15

COLUMNS = {
    "frame": np.int64,
    "time_s": np.float64,
    "person": np.int64,
    **dict.fromkeys(("x_m", "y_m", "z_m", "x_std_m", "y_std_m", "z_std_m"), np.float64),
    "filled": np.bool_,
}


def path_table(paths: Paths) -> Table:
    """Return where each person's hips are, frame by frame, in the axes of the room.

    Returns:
        frame (the number), time_s (seconds), person (the id), x_m, y_m and z_m (the midpoint of the
        hips: right of the camera, above the floor, and to the camera, so that what is in front of
        it is negative), x_std_m, y_std_m and z_std_m (their standard deviations), and filled. The
        numbers of a person who could not be placed in a frame are NaN.
    """
    people = [_of_person(path, paths) for path in paths.people]
    table = {
        name: np.concatenate([np.zeros(0, kind), *(each[name] for each in people)])
        for name, kind in COLUMNS.items()
    }
    order = np.lexsort((table["person"], table["frame"]))
    return {name: column[order] for name, column in table.items()}


def _of_person(path: PersonPath, paths: Paths) -> Table:
    positions_m = in_room(path.hips_m, paths.floor_m)
    return {
        "frame": path.frames,
        "time_s": path.times_s,
        "person": np.full(len(path.frames), path.id),
        **dict(zip(("x_m", "y_m", "z_m"), positions_m.T, strict=True)),
        **dict(zip(("x_std_m", "y_std_m", "z_std_m"), _std_m(path, paths).T, strict=True)),
        "filled": path.is_filled,
    }


def _std_m(path: PersonPath, paths: Paths) -> Float64:
    """Return the standard deviations of a person's positions in the room, (R, 3)."""
    parts_of_all = np.hypot(PROPORTIONS_STD, 0.0 if path.is_scaled else HEIGHT_STD)
    parts_of_distance = 0.0 if paths.options.fov_deg is not None else FOV_STD
    parts = np.hypot(parts_of_all, (0.0, 0.0, parts_of_distance))
    std_m: Float64 = np.hypot(path.std_m, parts * in_room(path.hips_m, paths.floor_m))
    return std_m
