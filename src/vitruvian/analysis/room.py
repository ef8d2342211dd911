"""The motion of all people of a recording in one room, at a constant rate.

Room axes: x right in the image, y up, z to the camera; in metres. The origin is on the floor, below
the camera: the lowest foot of the recording is at y = 0, and the camera at x = 0 and z = 0. So a
person who is 3 m in front of the camera has z = -3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.analysis.options import OfflineSmoothing
from vitruvian.analysis.path import PersonPath, floor_m, from_hips, in_room, paths_of
from vitruvian.analysis.people import people_of
from vitruvian.analysis.time_grid import TimeGrid, time_grid

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vitruvian.analysis.people import Person
    from vitruvian.recorded.blocks import Blocks
    from vitruvian.recorded.header import Header
    from vitruvian.types import Float64

_INTERVALS_OF_GAP = 1.5


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
        grid: the times of the rows.
        paths: of the people who could be placed, by ascending id.
        floor_m: how far the floor is below the camera.
    """

    blocks: Blocks
    grid: TimeGrid
    paths: Mapping[int, PersonPath]
    floor_m: float

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
        return not self.grid.is_of_frames

    @property
    def ids(self) -> tuple[int, ...]:
        """The ids of the people who could be placed, ascending."""
        return tuple(self.paths)

    def motions(self) -> Iterator[RoomMotion]:
        """Yield the motion of each person, by ascending id."""
        for person in people_of(self.blocks):
            if person.id in self.paths:
                yield self._motion(person, self.paths[person.id])

    def _motion(self, person: Person, path: PersonPath) -> RoomMotion:
        in_camera_m = path.hips_m[:, np.newaxis] + path.scale * from_hips(person.world_landmarks)
        hips_m = in_room(path.hips_m, self.floor_m)
        positions_m = in_room(in_camera_m, self.floor_m).reshape(-1, 99)
        values = np.column_stack((positions_m, hips_m, person.visibility)).astype(np.float64)
        placed = np.flatnonzero(~np.isnan(hips_m[:, 0]))
        values[np.isnan(hips_m[:, 0])] = np.nan
        span = slice(placed[0], placed[-1] + 1)
        first_row, rows = self.grid.resampled(
            person.times_s[span], values[span], _longest_gap_s(self)
        )
        return RoomMotion(
            person.id, first_row, rows[:, :99].reshape(-1, 33, 3), rows[:, 99:102], rows[:, 102:]
        )


def _longest_gap_s(room: Room) -> float:
    """Return the longest time between two rows of a person that are interpolated.

    A gap that offline smoothing was allowed to fill has been filled if the motion could be known.
    """
    smoothing = OfflineSmoothing.of(room.header)
    filled_s = 0.0 if smoothing is None else smoothing.max_gap_s
    return max(_INTERVALS_OF_GAP / room.rate_hz, filled_s)


def room_of(blocks: Blocks) -> Room:
    """Return the room of a recording. Height and field of view are read from its header.

    Raises:
        RecordingError: the recording has independent images, its header a value that is not
            permitted, or its times no rate.
    """
    placed = {path.id: path for path in paths_of(blocks) if not np.isnan(path.hips_m).all()}
    times_s = np.concatenate([[], *(block.timestamps_s for block in blocks)])
    return Room(blocks, time_grid(times_s), placed, floor_m(placed.values()))
