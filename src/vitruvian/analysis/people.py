"""The people of a recording one after the other, each with all of its rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from vitruvian.recorded.blocks import Blocks
    from vitruvian.types import Float32, Float64

# Rows of 1 kB that are held while the recording is read once. A person who has more of them is
# held alone.
_MOST_ROWS = 1 << 15


@dataclass(frozen=True)
class Person:
    """One person of a recording, in the R frames that have a row of this person.

    Attributes:
        id: of the person.
        frames: (R,) int64 the numbers of the frames.
        times_s: (R,) float64 their times.
        image_sizes_px: (R, 2) int32 their width and height.
        is_filled: (R,) bool: the row was not measured.
        landmarks: (R, 33, 3) float32 in normalized coordinates.
        world_landmarks: (R, 33, 3) float32 in metres from the hips' midpoint, along the image axes.
        visibility: (R, 33) float32 in [0, 1].
    """

    id: int
    frames: NDArray[np.int64]
    times_s: Float64
    image_sizes_px: NDArray[np.int32]
    is_filled: NDArray[np.bool_]
    landmarks: Float32
    world_landmarks: Float32
    visibility: Float32


def people_of(blocks: Blocks) -> Iterator[Person]:
    """Yield each person, by ascending id.

    A recording is read once for every 32 thousand rows, so that it need not fit into memory, and
    many people who are seen briefly do not take long.
    """
    rows_of_id: Counter[int] = Counter()
    for block in blocks:
        rows_of_id.update(block.ids.tolist())
    for ids in _groups(rows_of_id):
        people = {id_: _empty(id_, rows_of_id[id_]) for id_ in ids}
        _fill(people, blocks)
        for id_ in ids:
            yield people.pop(id_)  # what was yielded may be freed


def _groups(rows_of_id: Mapping[int, int]) -> Iterator[list[int]]:
    group: list[int] = []
    rows = 0
    for id_ in sorted(rows_of_id):
        if group and rows + rows_of_id[id_] > _MOST_ROWS:
            yield group
            group, rows = [], 0
        group.append(id_)
        rows += rows_of_id[id_]
    if group:
        yield group


def _empty(id_: int, rows: int) -> Person:
    """Return a person whose rows are not filled yet."""
    return Person(
        id_,
        np.empty(rows, np.int64),
        np.empty(rows, np.float64),
        np.empty((rows, 2), np.int32),
        np.empty(rows, np.bool_),
        np.empty((rows, 33, 3), np.float32),
        np.empty((rows, 33, 3), np.float32),
        np.empty((rows, 33), np.float32),
    )


def _fill(people: Mapping[int, Person], blocks: Blocks) -> None:
    """Copy the rows of some people from a recording into their arrays."""
    filled = dict.fromkeys(people, 0)
    for block in blocks:
        frames_of_rows = block.frame_positions
        for id_ in people.keys() & block.ids.tolist():
            rows = np.flatnonzero(block.ids == id_)
            frames = frames_of_rows[rows]
            person, place = people[id_], slice(filled[id_], filled[id_] + len(rows))
            person.frames[place] = block.frames[frames]
            person.times_s[place] = block.timestamps_s[frames]
            person.image_sizes_px[place] = block.image_sizes_px[frames]
            person.is_filled[place] = block.is_filled[rows]
            person.landmarks[place] = block.pose_landmarks[rows]
            person.world_landmarks[place] = block.pose_world_landmarks[rows]
            person.visibility[place] = block.visibility[rows]
            filled[id_] += len(rows)
