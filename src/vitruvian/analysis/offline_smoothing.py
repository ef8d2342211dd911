"""Smoothing that knows the future: for recordings, and never for a live stream."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.analysis import penalized_least_squares
from vitruvian.analysis.joining import person_of_id
from vitruvian.analysis.options import OFFLINE_SMOOTHING, OfflineSmoothing
from vitruvian.analysis.outliers import WINDOW_FRAMES, outliers
from vitruvian.analysis.tracks import Track, tracks_of, with_tracks
from vitruvian.analysis.windows import windows
from vitruvian.recorded.blocks import Blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from vitruvian.recorded.arrays import Recorded
    from vitruvian.recorded.header import Header
    from vitruvian.types import Float64

_logger = logging.getLogger(__name__)

# The weight of a landmark that is not visible. Its position is a guess of the model, which is
# better than none.
_LEAST_WEIGHT = 0.1
# The options in the header of a recording that was smoothed, and how.
_EARLIER = {OFFLINE_SMOOTHING: "offline", "smooth_landmarks": "live"}
# Fewer frames have no course that noise can be told from.
_LEAST_FRAMES = WINDOW_FRAMES
# Videos of one frame a second have no gap between two frames, whatever `max_gap_s` is.
_INTERVALS_OF_GAP = 1.5


def smoothed(blocks: Blocks, *, cutoff_hz: float, max_gap_s: float) -> Blocks:
    """Return a recording with smooth landmarks and filled gaps, block by block.

    Landmarks are smoothed in pixels and world landmarks in metres, each for itself: outliers are
    left out, and the others are weighted with their visibility. Of one person, a course ends where
    a gap is too long, or where the size of the frames changes; courses of less than 7 frames stay
    as they are. Visibility, presence and scores stay, too, and are interpolated in gaps.

    Args:
        blocks: a recording of a video, best one whose landmarks were not smoothed.
        cutoff_hz: motion that is faster than this frequency is removed.
        max_gap_s: the longest time between two frames of a person that is filled. Rows of filled
            gaps have `is_filled`, and the ids on both sides are joined if the motion leads there.

    A warning is logged if the recording was smoothed already. Then it works, but adds to the error.

    Raises:
        RecordingError: the recording has independent images.
    """
    header = _smoothed_header(blocks.header, cutoff_hz, max_gap_s)
    lasting_s, frames = penalized_least_squares.influence(cutoff_hz, _LEAST_WEIGHT)

    def begin() -> Iterator[Recorded]:
        persons = person_of_id(blocks, max_gap_s)
        for window, core in windows(blocks, lasting_s + max_gap_s, frames):
            longest_s = _longest_step_s(window.timestamps_s, max_gap_s)
            tracks = [
                _smoothed_track(track, window, cutoff_hz, longest_s)
                for track in tracks_of(window, persons)
            ]
            yield from Blocks.of(replace(with_tracks(window, tracks), header=header)[core])

    return Blocks(header, begin)


def _smoothed_header(header: Header, cutoff_hz: float, max_gap_s: float) -> Header:
    header.check_has_motion("smoothing")
    earlier = next((word for name, word in _EARLIER.items() if header.options.get(name)), None)
    if earlier:
        _logger.warning(
            "%s was smoothed %s already, and is smoothed once more: for the least error, record "
            "without smoothing (--smoothing none, or smooth_landmarks=False).",
            header.source,
            earlier,
        )
    return OfflineSmoothing(cutoff_hz, max_gap_s).added_to(header)


def _longest_step_s(times_s: Float64, max_gap_s: float) -> float:
    """Return the longest time between two frames of one course."""
    interval_s = float(np.median(np.diff(times_s))) if len(times_s) > 1 else 0.0
    return max(max_gap_s, _INTERVALS_OF_GAP * interval_s) + 1e-9  # times are rounded


def _smoothed_track(track: Track, window: Recorded, cutoff_hz: float, longest_s: float) -> Track:
    times_s = window.timestamps_s[track.frames]
    sizes_px = window.image_sizes_px[track.frames]
    points, likelihoods = track.points.copy(), track.likelihoods.copy()
    is_there = track.is_there.copy()
    for course in _courses(track.is_measured, times_s, sizes_px, longest_s):
        part = times_s[course], track.is_measured[course]
        likelihoods[course] = _interpolated(*part, likelihoods[course])
        points[course] = _smoothed_points(*part, points[course], likelihoods[course], cutoff_hz)
        is_there[course] = True
    return replace(track, points=points, likelihoods=likelihoods, is_there=is_there)


def _courses(
    is_measured: NDArray[np.bool_],
    times_s: Float64,
    sizes_px: NDArray[np.int32],
    longest_s: float,
) -> Iterator[slice]:
    """Yield the frames of each course, from its first to its last measured one."""
    measured = np.flatnonzero(is_measured)
    is_end = np.diff(times_s[measured]) > longest_s
    is_end |= (np.diff(sizes_px[measured], axis=0) != 0).any(axis=1)
    for part in np.split(measured, np.flatnonzero(is_end) + 1):
        if len(part) >= _LEAST_FRAMES:
            yield slice(int(part[0]), int(part[-1]) + 1)


def _interpolated(times_s: Float64, is_measured: NDArray[np.bool_], values: Float64) -> Float64:
    """Return values, (L, N), with those that were not measured on lines between those around."""
    if is_measured.all():
        return values
    measured = np.flatnonzero(is_measured)
    after = np.searchsorted(measured, np.arange(len(times_s)))
    first, last = measured[np.maximum(after - 1, 0)], measured[after]
    durations_s = times_s[last] - times_s[first]
    parts = (times_s - times_s[first]) / np.where(durations_s > 0, durations_s, 1.0)
    on_lines = values[first] + parts[:, np.newaxis] * (values[last] - values[first])
    return np.where(is_measured[:, np.newaxis], values, on_lines)


def _smoothed_points(
    times_s: Float64,
    is_measured: NDArray[np.bool_],
    points: Float64,
    likelihoods: Float64,
    cutoff_hz: float,
) -> Float64:
    """Return the smooth course of one person's points, (L, 66, 3)."""
    missing = ~is_measured[:, np.newaxis]
    is_left_out = missing | outliers(np.where(missing[..., np.newaxis], np.nan, points))
    # Where a broken recording has nothing but outliers, none of them is better than the others.
    is_left_out[:, (~is_left_out).sum(axis=0) < penalized_least_squares.ORDER] = missing
    visibility = np.tile(likelihoods[:, :33], 2)
    weights = np.where(is_left_out, 0.0, np.clip(visibility, _LEAST_WEIGHT, 1.0))
    return penalized_least_squares.smoothed(times_s, points, weights[..., np.newaxis], cutoff_hz)
