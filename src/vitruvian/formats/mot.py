"""Joint angles of OpenSim, a file a person: `<name>_person1.mot`.

Format: OpenSim's documentation, "Motion (.mot) Files". The columns are coordinates of the model of
Pose2Sim (Model_Pose2Sim_simple.osim), in degrees.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.analysis.angles import angles_3d
from vitruvian.formats.constant_rate import room_at_constant_rate
from vitruvian.formats.person_files import person_path
from vitruvian.printable import printable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from vitruvian.analysis.room import RoomMotion
    from vitruvian.recorded.blocks import Blocks
    from vitruvian.types import Float64

_logger = logging.getLogger(__name__)

# Our angle for each coordinate of a side, and its sign. The model's other coordinates have no
# angle: the pelvis, the spine and the head, and those of the shoulder, which are three rotations.
_COORDINATES = {
    "hip_flexion": ("hip_flexion", 1),
    "hip_adduction": ("hip_abduction", -1),
    "knee_angle": ("knee_flexion", 1),
    "ankle_angle": ("ankle_dorsiflexion", 1),
    "elbow_flex": ("elbow_flexion", 1),
    "wrist_flex": ("wrist_flexion", 1),
}
_SIDES = {"r": "right", "l": "left"}


def write(blocks: Blocks, folder: Path, name: str) -> None:
    """Write a recording: a file for each person, from the first to the last frame of the person.

    Angles are rounded to a millionth of a degree. The format has no gaps: where a cell is NaN or
    empty, OpenSim's Storage returns wrong numbers, without an error. So rows without any angle are
    left out, and so are angles that are never visible. Other missing angles are interpolated
    linearly, or repeat the first or the last visible one; a warning says how many.

    Args:
        blocks: the recording.
        folder: an empty folder.
        name: how the names of the files begin.

    Raises:
        RecordingError: as `room_of`.
    """
    room = room_at_constant_rate(blocks, "mot")
    most_missing = 0.0
    for motion in room.motions():
        coordinates_deg = _coordinates_deg(motion)
        if coordinates_deg:
            times_s, filled_deg, missing = _without_gaps(room.times_s(motion), coordinates_deg)
            _write(person_path(folder, name, motion.id, ".mot"), times_s, filled_deg)
            most_missing = max(most_missing, missing)
    if most_missing:
        _logger.warning(
            "%s: the format mot has no gaps, so angles that are not visible are interpolated: up "
            "to %.1f %% of those of a person.",
            room.header.source,
            100 * most_missing,
        )


def _coordinates_deg(motion: RoomMotion) -> dict[str, Float64]:
    """Return the model's coordinates by name, each (T,), without those that are never known."""
    in_image_axes_m = motion.positions_m * (1, -1, -1)
    found = angles_3d(in_image_axes_m, motion.visibility)
    coordinates_deg = {
        f"{coordinate}_{letter}": sign * found[f"{side}_{angle}_3d_deg"]
        for letter, side in _SIDES.items()
        for coordinate, (angle, sign) in _COORDINATES.items()
    }
    return {
        coordinate: values
        for coordinate, values in coordinates_deg.items()
        if not np.isnan(values).all()
    }


def _without_gaps(
    times_s: Float64, coordinates_deg: Mapping[str, Float64]
) -> tuple[Float64, dict[str, Float64], float]:
    """Return the times that have an angle, a number for each of them, and the fraction missing."""
    is_known = ~np.isnan([*coordinates_deg.values()])
    is_row = is_known.any(axis=0)
    filled_deg = {
        coordinate: np.interp(times_s[is_row], times_s[known], values[known])
        for (coordinate, values), known in zip(coordinates_deg.items(), is_known, strict=True)
    }
    return times_s[is_row], filled_deg, float(1 - is_known[:, is_row].mean())


def _write(path: Path, times_s: Float64, coordinates_deg: Mapping[str, Float64]) -> None:
    table = np.column_stack((times_s, *coordinates_deg.values()))
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"{printable(path.stem)}\nversion=1\nnRows={len(table)}\n")
        file.write(f"nColumns={table.shape[1]}\ninDegrees=yes\nendheader\n")
        file.write("\t".join(("time", *coordinates_deg)) + "\n")
        np.savetxt(file, table, fmt="%.6f", delimiter="\t")
