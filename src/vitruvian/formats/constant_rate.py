"""The people of a recording in the room, for formats whose rows stand at a constant rate."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from vitruvian.analysis.room import room_of

if TYPE_CHECKING:
    from vitruvian.analysis.room import Room
    from vitruvian.recorded.blocks import Blocks

_logger = logging.getLogger(__name__)


def room_at_constant_rate(blocks: Blocks, name: str) -> Room:
    """Return the room of a recording, and log a warning if its frames had to be resampled.

    Args:
        blocks: the recording.
        name: of the format, for the warning.

    Raises:
        RecordingError: as `room_of`.
    """
    room = room_of(blocks)
    if room.is_resampled:
        _logger.warning(
            "%s does not have a constant frame rate, which the format %s needs: its frames are "
            "resampled at %.6g Hz.",
            room.header.source,
            name,
            room.rate_hz,
        )
    return room
