"""The people of a recording in the room, for formats whose rows follow at a constant rate."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.analysis.room import room_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vitruvian.analysis.room import Room, RoomMotion
    from vitruvian.recorded.blocks import Blocks

_logger = logging.getLogger(__name__)


def room_at_constant_rate(blocks: Blocks, name: str) -> Room:
    """Return the room of a recording, and log a warning if its frames were resampled.

    Args:
        blocks: the recording.
        name: of the format, for the warning.

    Raises:
        RecordingError: as `room_of`.
    """
    room = room_of(blocks)
    if room.is_resampled:
        _logger.warning(
            "The frames of %s do not follow at a constant rate, which %s needs: positions are "
            "interpolated at %.6g frames a second.",
            room.header.source,
            name,
            room.rate_hz,
        )
    return room


def placed_motions(room: Room) -> Iterator[RoomMotion]:
    """Yield the motion of each person from the first to the last row in which it is known."""
    for motion in room.motions():
        rows = np.flatnonzero(~np.isnan(motion.hips_m).any(axis=1))
        if len(rows):
            part = slice(int(rows[0]), int(rows[-1]) + 1)
            yield replace(
                motion,
                first_row=motion.first_row + part.start,
                positions_m=motion.positions_m[part],
                hips_m=motion.hips_m[part],
                visibility=motion.visibility[part],
            )


def file_name(name: str, identity: int, suffix: str) -> str:
    """Return the name of the file of one person."""
    return f"{name}_person{identity}{suffix}"


def is_file_name(name: str, suffix: str) -> bool:
    """Return whether `file_name` may have returned a name."""
    return re.search(rf"_person[0-9]+{re.escape(suffix)}$", name) is not None
