"""Which ids are one person, who was lost for a moment and got another id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.analysis.windows import windows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vitruvian.recorded.arrays import Recorded
    from vitruvian.recorded.blocks import Blocks
    from vitruvian.types import Float64

# A velocity is that of a line through so many frames, because neighbours differ by their noise.
_FRAMES_OF_VELOCITY = 5
# Two people whose landmarks are nearer than a quarter of the body's extent would overlap. A person
# who is found again is at 0.17 even where the model confuses left and right.
_MAX_PART_OF_BODY = 0.25


@dataclass(slots=True)
class _Span:
    """The first and the last frame of an id."""

    first_frame: int
    first_s: float
    last_frame: int
    last_s: float


def person_of_id(blocks: Blocks, max_gap_s: float) -> dict[int, int]:
    """Return the first id of each person who has several, for all further ids.

    An id continues another one if it begins after the other's end, at most `max_gap_s` later, and
    both motions lead to the same place: carried on to the middle of the gap at constant velocity,
    their landmarks are nearer to each other than a quarter of the body's extent, on average. Of
    several, the nearest continues.

    Args:
        blocks: the recording.
        max_gap_s: the longest time from the end of one id to the beginning of the next.
    """
    spans = _spans(blocks)
    earlier_ids = _earlier_ids(spans, max_gap_s)
    if not earlier_ids:
        return {}
    distances = sorted(_distances(blocks, spans, earlier_ids, max_gap_s))
    continued: set[int] = set()
    previous: dict[int, int] = {}
    for distance, earlier, later in distances:
        if distance < _MAX_PART_OF_BODY and earlier not in continued and later not in previous:
            continued.add(earlier)
            previous[later] = earlier
    persons: dict[int, int] = {}
    for later in sorted(previous, key=lambda id_: spans[id_].first_frame):
        persons[later] = persons.get(previous[later], previous[later])
    return persons


def _spans(blocks: Iterable[Recorded]) -> dict[int, _Span]:
    spans: dict[int, _Span] = {}
    for block in blocks:
        positions = block.frame_positions
        ids, firsts = np.unique(block.ids, return_index=True)
        lasts = len(block.ids) - 1 - np.unique(block.ids[::-1], return_index=True)[1]
        for id_, first, last in zip(ids.tolist(), positions[firsts], positions[lasts], strict=True):
            frame, time_s = int(block.frames[last]), float(block.timestamps_s[last])
            if id_ in spans:
                spans[id_].last_frame, spans[id_].last_s = frame, time_s
            else:
                begin = int(block.frames[first]), float(block.timestamps_s[first])
                spans[id_] = _Span(*begin, frame, time_s)
    return spans


def _earlier_ids(spans: dict[int, _Span], max_gap_s: float) -> dict[int, list[int]]:
    """Return for each id those that end shortly before it begins, if there are some."""
    ids = np.array([*spans])
    last_s = np.array([span.last_s for span in spans.values()])
    last_frames = np.array([span.last_frame for span in spans.values()])
    order = np.argsort(last_s, kind="stable")
    ids, last_s, last_frames = ids[order], last_s[order], last_frames[order]
    earlier: dict[int, list[int]] = {}
    for id_, span in spans.items():
        begin = np.searchsorted(last_s, span.first_s - max_gap_s)
        end = np.searchsorted(last_s, span.first_s, side="right")
        found = ids[begin:end][last_frames[begin:end] < span.first_frame].tolist()
        if found:
            earlier[id_] = found
    return earlier


def _distances(
    blocks: Blocks, spans: dict[int, _Span], earlier_ids: dict[int, list[int]], max_gap_s: float
) -> Iterator[tuple[float, int, int]]:
    """Yield how far apart an earlier and a later id are, as part of the body's extent."""
    beginning: dict[int, list[int]] = {}
    for id_ in earlier_ids:
        beginning.setdefault(spans[id_].first_frame, []).append(id_)
    for window, core in windows(blocks, max_gap_s, _FRAMES_OF_VELOCITY):
        for frame in window.frames[core].tolist():
            for later in beginning.get(frame, ()):
                for earlier in earlier_ids[later]:
                    middle_s = (spans[earlier].last_s + spans[later].first_s) / 2
                    yield _distance(window, earlier, later, middle_s), earlier, later


def _distance(window: Recorded, earlier: int, later: int, middle_s: float) -> float:
    rows_before = np.flatnonzero(window.ids == earlier)[-_FRAMES_OF_VELOCITY:]
    rows_after = np.flatnonzero(window.ids == later)[:_FRAMES_OF_VELOCITY]
    sizes_px = window.image_sizes_px[window.frame_positions]
    if (sizes_px[rows_before[-1]] != sizes_px[rows_after[0]]).any():
        return np.inf  # the camera was turned, or the scene cut: nothing leads there
    before_px, extent_before_px = _carried_on(window, rows_before, middle_s)
    after_px, extent_after_px = _carried_on(window, rows_after, middle_s)
    distance_px = np.linalg.norm(before_px - after_px, axis=-1).mean()
    return float(distance_px / max((extent_before_px + extent_after_px) / 2, 1.0))


def _carried_on(window: Recorded, rows: np.ndarray, time_s: float) -> tuple[Float64, float]:
    """Return the landmarks of one person at another time, (33, 2), and their extent, in pixels."""
    positions = window.frame_positions[rows]
    sizes_px = window.image_sizes_px[positions][:, np.newaxis]
    points_px = window.pose_landmarks[rows, :, :2] * sizes_px.astype(np.float64)
    times_s = window.timestamps_s[positions]
    centred_s = times_s - times_s.mean()
    spread = (centred_s**2).sum()
    mean_px = points_px.mean(axis=0)
    velocity = np.tensordot(centred_s, points_px, 1) / spread if spread > 0 else 0.0
    extent_px = float(np.ptp(points_px, axis=1).max(axis=-1).mean())
    return mean_px + velocity * (time_s - times_s.mean()), extent_px
