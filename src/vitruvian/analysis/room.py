"""The motion of all people of a recording in one room, at a constant rate.

The axes are those of `room_axes`: x right in the image, y up from the floor, z to the camera.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.analysis.options import OfflineSmoothing
from vitruvian.analysis.path import from_hips, paths_of
from vitruvian.analysis.people import people_of
from vitruvian.analysis.room_axes import in_room
from vitruvian.analysis.time_grid import TimeGrid, time_grid
from vitruvian.skeleton import PoseLandmark as Mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vitruvian.analysis.path import Paths, PersonPath
    from vitruvian.analysis.people import Person
    from vitruvian.recorded.blocks import Blocks
    from vitruvian.recorded.header import Header
    from vitruvian.types import Float64

_INTERVALS_OF_GAP = 1.5
# After a longer time without frames, people may be anywhere.
_LONGEST_WITHOUT_FRAMES_S = 1.0


@dataclass(frozen=True)
class RoomMotion:
    """The motion of one person in the room, at a constant rate: T rows of the recording's grid.

    The person is there in the first and in the last row. In rows between, where the person was lost
    or could not be placed, everything is NaN.

    Attributes:
        id: of the person.
        first_row: the row of the grid that is the first one here.
        positions_m: (T, 33, 3) float64 the landmarks.
        hips_m: (T, 3) float64 the hips' midpoint.
        visibility: (T, 33) float64 in [0, 1].
    """

    id: int
    first_row: int
    positions_m: Float64
    hips_m: Float64
    visibility: Float64


@dataclass(frozen=True)
class Room:
    """All people of a recording in one room.

    Attributes:
        blocks: the recording.
        paths: of its people.
        grid: the times of the rows.
    """

    blocks: Blocks
    paths: Paths
    grid: TimeGrid

    @property
    def header(self) -> Header:
        """The header of the recording."""
        return self.blocks.header

    @property
    def rate_hz(self) -> float:
        """The number of rows in a second: the median rate of the frames."""
        return self.grid.rate_hz

    @property
    def start_s(self) -> float:
        """The time of the first row."""
        return self.grid.start_s

    @property
    def rows(self) -> int:
        """The number of rows from the first to the last frame."""
        return self.grid.rows

    @property
    def is_resampled(self) -> bool:
        """Whether rows were interpolated, because the frames do not have a constant rate."""
        return not (self.grid.is_of_frames and self.grid.has_frames_at_all_rows)

    @property
    def ids(self) -> tuple[int, ...]:
        """The ids of the people who could be placed, ascending."""
        return tuple(path.id for path in self.paths.people if path.is_placed.any())

    def times_s(self, motion: RoomMotion) -> Float64:
        """Return the times of the rows of one person, (T,)."""
        return self.start_s + (motion.first_row + np.arange(len(motion.hips_m))) / self.rate_hz

    def motions(self) -> Iterator[RoomMotion]:
        """Return the motions of all people who could be placed, by ascending id."""
        # Nothing here holds a person or a motion while the next one is computed.
        return filter(None, map(self._motion, people_of(self.blocks), self.paths.people))

    def _motion(self, person: Person, path: PersonPath) -> RoomMotion | None:
        placed = np.flatnonzero(path.is_placed)
        if not len(placed):
            return None

        def values_at(part: slice) -> Float64:
            rows = placed[part]
            from_hips_m = path.scale * from_hips(person.world_landmarks[rows])
            points_m = in_room(path.hips_m[rows, np.newaxis] + from_hips_m, self.paths.floor_m)
            return np.column_stack((points_m.reshape(-1, 99), person.visibility[rows]))

        first_row, rows = self.grid.resampled(
            person.times_s[placed], values_at, 99 + 33, _longest_gap_s(self)
        )
        positions_m = rows[:, :99].reshape(-1, 33, 3)
        hips_m = positions_m[:, (Mark.LEFT_HIP, Mark.RIGHT_HIP)].mean(axis=1)
        return RoomMotion(person.id, first_row, positions_m, hips_m, visibility=rows[:, 99:])


def _longest_gap_s(room: Room) -> float:
    """Return the longest time between two rows of a person that are interpolated.

    Where the recording has no frames, because a camera left some out, nobody was lost. A gap that
    offline smoothing was allowed to fill has been filled if the motion could be known.
    """
    smoothing = OfflineSmoothing.of(room.header)
    filled_s = 0.0 if smoothing is None else smoothing.max_gap_s
    without_frames_s = min(room.grid.longest_interval_s, _LONGEST_WITHOUT_FRAMES_S)
    # Of times in whole milliseconds, an interval may be longer by one.
    return max(_INTERVALS_OF_GAP / room.rate_hz, filled_s, without_frames_s + 1e-3)


def room_of(blocks: Blocks) -> Room:
    """Return the room of a recording. Height and field of view are read from its header.

    Raises:
        RecordingError: the recording has independent images, its header a value that is not
            permitted, or its times no rate.
    """
    paths = paths_of(blocks)
    times_s = np.concatenate([[], *(block.timestamps_s for block in blocks)])
    return Room(blocks, paths, time_grid(times_s))
