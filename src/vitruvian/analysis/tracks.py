"""The people of a recording one by one, each in all frames from the first to the last one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from vitruvian.recorded.arrays import Recorded
    from vitruvian.types import Float64


@dataclass(frozen=True, slots=True)
class Track:
    """One person in L frames that follow each other, in not all of whom there need be a row.

    Attributes:
        id: of the person.
        frames: the positions of the frames in the recording.
        points: (L, 66, 3) the landmarks in pixels, then the world landmarks in metres.
        likelihoods: (L, 67) visibility, then presence, then the score.
        is_there: (L,) whether there is a row.
        is_measured: (L,) whether there is one that was not filled.
    """

    id: int
    frames: slice
    points: Float64
    likelihoods: Float64
    is_there: NDArray[np.bool_]
    is_measured: NDArray[np.bool_]


def tracks_of(recorded: Recorded, person_of_id: Mapping[int, int]) -> Iterator[Track]:
    """Yield the track of each person.

    Args:
        recorded: the recording.
        person_of_id: the id of the person for ids that another one replaces.
    """
    positions = recorded.frame_positions
    ids = np.array([person_of_id.get(id_, id_) for id_ in recorded.ids.tolist()], np.int64)
    scales = _px_from_normalized(recorded)[positions]
    likelihoods = np.column_stack((recorded.visibility, recorded.presence, recorded.scores))
    for id_ in np.unique(ids).tolist():
        rows = np.flatnonzero(ids == id_)
        frames = slice(int(positions[rows[0]]), int(positions[rows[-1]]) + 1)
        at, length = positions[rows] - frames.start, frames.stop - frames.start
        points_px = recorded.pose_landmarks[rows] * scales[rows]
        track = Track(
            id_,
            frames,
            points=np.zeros((length, 66, 3)),
            likelihoods=np.zeros((length, 67)),
            is_there=np.zeros(length, np.bool_),
            is_measured=np.zeros(length, np.bool_),
        )
        track.points[at] = np.concatenate((points_px, recorded.pose_world_landmarks[rows]), axis=1)
        track.likelihoods[at] = likelihoods[rows]
        track.is_there[at] = True
        track.is_measured[at] = ~recorded.is_filled[rows]
        yield track


def with_tracks(recorded: Recorded, tracks: Sequence[Track]) -> Recorded:
    """Return a recording with the same frames and the people of these tracks."""
    if not tracks:
        return recorded
    positions = np.concatenate([np.flatnonzero(t.is_there) + t.frames.start for t in tracks])
    ids = np.concatenate([np.full(np.count_nonzero(t.is_there), t.id, np.int64) for t in tracks])
    order = np.lexsort((ids, positions))

    def joined(values: Sequence[NDArray[Any]]) -> NDArray[Any]:
        of_rows = [each[track.is_there] for each, track in zip(values, tracks, strict=True)]
        return np.concatenate(of_rows)[order]

    points = joined([track.points for track in tracks])
    likelihoods = joined([track.likelihoods for track in tracks]).astype(np.float32)
    scales = _px_from_normalized(recorded)[positions[order]]
    return replace(
        recorded,
        people_counts=np.bincount(positions, minlength=len(recorded)).astype(np.int32),
        ids=ids[order],
        scores=likelihoods[:, 66],
        is_filled=~joined([track.is_measured for track in tracks]),
        pose_landmarks=(points[:, :33] / scales).astype(np.float32),
        pose_world_landmarks=points[:, 33:].astype(np.float32),
        visibility=likelihoods[:, :33],
        presence=likelihoods[:, 33:66],
    )


def _px_from_normalized(recorded: Recorded) -> Float64:
    """Return by what the landmarks of each frame are multiplied, (F, 1, 3)."""
    width, height = recorded.image_sizes_px.T.astype(np.float64)
    return np.stack((width, height, width), axis=-1)[:, np.newaxis]
