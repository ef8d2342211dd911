"""Jitter and lag of the people in annotated videos."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.evaluation.pck import normalizers_px

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vitruvian.evaluation.annotations import Annotations
    from vitruvian.evaluation.matches import Matches
    from vitruvian.types import Float64

_MAX_LAG_S = 0.5
_MIN_FRAMES = 5  # fewer say nothing about motion
_MS = 1000.0


@dataclass(frozen=True, eq=False)
class Track:
    """One annotated person in the F frames of a video, NaN where not annotated or not found.

    Attributes:
        times_s: (F,) ascending.
        true_px: (F, 17, 2) labelled keypoints.
        found_px: (F, 17, 2) the keypoints that were found for them.
        torsos_px: (F,) diameters of the torso.
    """

    times_s: Float64
    true_px: Float64
    found_px: Float64
    torsos_px: Float64


def tracks_of(annotations: Annotations, matches: Matches, images: NDArray[np.intp]) -> list[Track]:
    """Return the people of videos among some images, (N,) of their numbers.

    Images with `timestamp_s` are frames. People without `track_id` are one person if each frame
    has only one of them.
    """
    frames: dict[str, list[int]] = {}
    for number in images.tolist():
        if annotations.images[number].timestamp_s is not None:
            frames.setdefault(annotations.images[number].video or "", []).append(number)
    torsos_px = normalizers_px(matches.truth, "torso")
    people: dict[tuple[str, int | None], dict[int, int]] = {}
    crossed = set()
    frame_numbers = {number for numbers in frames.values() for number in numbers}
    for person, number in enumerate(matches.images.tolist()):
        if number in frame_numbers:
            key = annotations.images[number].video or "", matches.truth[person].track_id
            if number in people.setdefault(key, {}):
                crossed.add(key)
            people[key][number] = person
    return [
        _track(annotations, matches, torsos_px, frames[video], person_of)
        for (video, track_id), person_of in people.items()
        if (video, track_id) not in crossed
    ]


def _track(
    annotations: Annotations,
    matches: Matches,
    torsos_px: Float64,
    numbers: Sequence[int],
    person_of: dict[int, int],
) -> Track:
    times = {number: annotations.images[number].timestamp_s or 0.0 for number in numbers}
    ordered = sorted(numbers, key=times.__getitem__)
    true_px, found_px = np.full((2, len(ordered), 17, 2), np.nan)
    lengths_px = np.full(len(ordered), np.nan)
    for frame, number in enumerate(ordered):
        person = person_of.get(number)
        if person is not None:
            true_px[frame] = matches.truth[person].keypoints_px
            lengths_px[frame] = torsos_px[person]
            found = matches.found[person]
            if found is not None:
                found_px[frame] = found.keypoints
    return Track(np.array([times[number] for number in ordered]), true_px, found_px, lengths_px)


def jitter(tracks: Sequence[Track]) -> float:
    """Return the mean acceleration of the error, in torsos per s²; NaN without three frames.

    It is that of a keypoint's error over three frames in a row, so a constant error, or one that
    grows evenly, has none.
    """
    parts = [np.zeros(0)]
    for track in tracks:
        steps_s = np.diff(track.times_s)[:, np.newaxis, np.newaxis]
        if len(steps_s) < 2 or (steps_s <= 0).any():
            continue
        speeds = np.diff(track.found_px - track.true_px, axis=0) / steps_s
        accelerations = 2 * np.diff(speeds, axis=0) / (steps_s[1:] + steps_s[:-1])
        sizes = np.linalg.norm(accelerations, axis=2) / track.torsos_px[1:-1, np.newaxis]
        parts.append(sizes[~np.isnan(sizes)])
    sizes = np.concatenate(parts)
    return float(sizes.mean()) if sizes.size else np.nan


def lag_ms(tracks: Sequence[Track]) -> float:
    """Return by how much the people found follow the annotated ones, in milliseconds.

    It is the shift at which the velocities of both correlate best, between frames by a parabola
    through the best shift and its neighbours; and the mean over the people. NaN without motion.
    """
    lags_ms = [_lag_s(track) * _MS for track in tracks]
    known = [lag for lag in lags_ms if not np.isnan(lag)]
    return float(np.mean(known)) if known else np.nan


def _lag_s(track: Track) -> float:
    if len(track.times_s) < _MIN_FRAMES:
        return np.nan
    step_s = float(np.median(np.diff(track.times_s)))
    if step_s <= 0:
        return np.nan
    true_px, found_px = np.diff(track.true_px, axis=0), np.diff(track.found_px, axis=0)
    furthest = min(round(_MAX_LAG_S / step_s), len(true_px) // 2)
    shifts = range(-furthest, furthest + 1)
    correlations = np.array([_correlation(true_px, found_px, shift) for shift in shifts])
    if np.isnan(correlations).any():
        return np.nan
    best = int(correlations.argmax())
    if not 0 < best < len(shifts) - 1:
        return float(shifts[best]) * step_s
    before, at, after = correlations[best - 1 : best + 2]
    bend = before - 2 * at + after
    between = 0.5 * (before - after) / bend if bend < 0 else 0.0
    return float(shifts[best] + between) * step_s


def _correlation(true_px: Float64, found_px: Float64, shift: int) -> float:
    """Return the correlation of velocities, (F, 17, 2), of which the found ones come later."""
    frames = len(true_px)
    true = true_px[max(0, -shift) : frames - max(0, shift)]
    found = found_px[max(0, shift) : frames - max(0, -shift)]
    known = ~np.isnan(true + found)
    true, found = true[known], found[known]
    size = np.sqrt(np.square(true).sum() * np.square(found).sum())
    return float((true * found).sum() / size) if size > 0 else np.nan
