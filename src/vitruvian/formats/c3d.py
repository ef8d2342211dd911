"""C3D, the format of motion capture: the positions of all people in one file.

Millimetres: x right in the image, y up, z to the camera. Format: c3d.org, "The C3D File Format
User Guide". The package c3d writes it.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.errors import OutputError
from vitruvian.formats.constant_rate import room_at_constant_rate
from vitruvian.formats.markers import MARKER_NAMES

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from vitruvian.analysis.room import Room
    from vitruvian.recorded.blocks import Blocks

_MM = 1000.0  # in a metre
# Residuals of a point.
_MISSING = -1.0
_COMPUTED = 0.0
# A parameter has a length of one byte, so that more labels go into LABELS2, LABELS3 and so on.
_LABELS_PER_PARAMETER = 255
# All parameters together have at most 255 blocks of 512 bytes, and the package c3d can use half of
# them. A label and its description have up to 33 bytes.
_MOST_PEOPLE = 50
_MOST_FRAMES = 2**31  # the numbers of frames have 32 bits


def write(blocks: Blocks, path: Path) -> None:
    """Write a recording. Visibility is lost, and positions are rounded to float32.

    A point is called `person1:LShoulder`, after the id. It has the residual -1 where the person is
    not there, and otherwise 0, which means that it was computed. Frames are counted from 1 at the
    time 0, also if the recording begins later. All points are in memory while they are written, 660
    bytes for a person and frame.

    Raises:
        OutputError: there are more ids than the labels of a file have room for, or no frames.
        RecordingError: as `room_of`.
    """
    import c3d  # noqa: PLC0415 - importing vitruvian loads nothing but numpy

    room = room_at_constant_rate(blocks, "c3d")
    if len(room.ids) > _MOST_PEOPLE:
        raise OutputError(
            f"A C3D file has room for the labels of {_MOST_PEOPLE} people, and the recording has "
            f"{len(room.ids):,} ids: choose another format, or a part of the video."
        )
    if not room.rows:
        raise OutputError(
            "The recording has no frames, and a C3D file needs one: choose another format."
        )
    writer = c3d.Writer(point_rate=room.rate_hz, point_units="mm")
    _set_labels(writer, [f"person{id_}:{name}" for id_ in room.ids for name in MARKER_NAMES])
    writer.set_screen_axis("+X", "+Y")
    first = round(room.start_s * room.rate_hz) + 1
    writer.set_start_frame(min(max(first, 1), _MOST_FRAMES))
    writer.add_frames(_frames(room))
    with path.open("wb") as file, warnings.catch_warnings():
        # The package warns that there are no analog channels, and no points without a person.
        warnings.filterwarnings("ignore", "No .* data found in file")
        writer.write(file)


def _set_labels(writer: Any, labels: list[str]) -> None:
    for first in range(0, max(len(labels), 1), _LABELS_PER_PARAMETER):
        part = labels[first : first + _LABELS_PER_PARAMETER]
        number = str(first // _LABELS_PER_PARAMETER + 1) if first else ""
        width = max(map(len, part), default=1)
        text = "".join(label.ljust(width) for label in part)
        group = writer.point_group
        group.add_str(f"LABELS{number}", "", text, width, len(part))
        group.add_str(f"DESCRIPTIONS{number}", "", " " * len(part), 1, len(part))


def _frames(room: Room) -> NDArray[np.object_]:
    """Return the points of each frame, with empty analog channels."""
    # Of each point x, y, z, the residual, and the cameras that saw it, as bits.
    points_mm = np.zeros((room.rows, len(room.ids), len(MARKER_NAMES), 5), np.float32)
    points_mm[..., 3] = _MISSING
    number_of_id = {id_: number for number, id_ in enumerate(room.ids)}
    for motion in room.motions():
        is_there = ~np.isnan(motion.hips_m).any(axis=1)
        rows, person = motion.first_row + np.flatnonzero(is_there), number_of_id[motion.id]
        points_mm[rows, person, :, :3] = motion.positions_m[is_there] * _MM
        points_mm[rows, person, :, 3] = _COMPUTED
    frames = np.empty((room.rows, 2), object)
    no_channels = np.zeros((0, 0), np.float32)
    for number, points_of_frame in enumerate(points_mm.reshape(room.rows, -1, 5)):
        frames[number] = points_of_frame, no_channels
    return frames
