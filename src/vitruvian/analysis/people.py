"""The people of a recording one after the other, each with all of its rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.recorded.arrays import Recorded
from vitruvian.recorded.kinds import ARRAYS_OF_FRAMES, ARRAYS_OF_PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from vitruvian.recorded.blocks import Blocks
    from vitruvian.types import Float32, Float64

# Rows of 1 kB that are gathered while the recording is read once. A person who has more of them
# is gathered alone.
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
        rows = Recorded.joined(blocks.header, (_with_ids(block, ids) for block in blocks))
        for id_ in ids:
            yield _person(rows, id_)


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


def _with_ids(block: Recorded, ids: list[int]) -> Recorded:
    """Return the frames that have one of some people, with these people only."""
    is_one = np.isin(block.ids, ids)
    counts = np.bincount(block.frame_positions[is_one], minlength=len(block))
    frames = {name: getattr(block, name)[counts > 0] for name in ARRAYS_OF_FRAMES}
    people = {name: getattr(block, name)[is_one] for name in ARRAYS_OF_PEOPLE}
    frames["people_counts"] = counts[counts > 0].astype(np.int32)
    return replace(block, **frames, **people)


def _person(recorded: Recorded, id_: int) -> Person:
    rows = np.flatnonzero(recorded.ids == id_)
    positions = recorded.frame_positions[rows]
    return Person(
        id_,
        recorded.frames[positions],
        recorded.timestamps_s[positions],
        recorded.image_sizes_px[positions],
        recorded.is_filled[rows],
        recorded.pose_landmarks[rows],
        recorded.pose_world_landmarks[rows],
        recorded.visibility[rows],
    )
