"""The way of each person's hips through the room, as the camera sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.analysis import hips_in_camera, penalized_least_squares
from vitruvian.analysis.body_scale import scale_from_height
from vitruvian.analysis.options import RoomOptions
from vitruvian.analysis.outliers import WINDOW_FRAMES, outliers
from vitruvian.analysis.people import people_of
from vitruvian.errors import RecordingError
from vitruvian.skeleton import PoseLandmark as Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from vitruvian.analysis.people import Person
    from vitruvian.recorded.blocks import Blocks
    from vitruvian.types import Float32, Float64

# Between the horizontal fields of view of telephones (60 to 70) and of webcams (50 to 60).
ASSUMED_FOV_DEG = 55.0
# The distance is by far the noisiest of the three, and people walk more slowly than this.
_CUTOFF_HZ = 1.0
# After a time as long as a period of that, nothing is known of the distance before.
_LONGEST_STEP_S = 1.0
_LEAST_VISIBILITY = 0.5
_FLOOR_PERCENTILE = 98.0
_HIPS = (Mark.LEFT_HIP, Mark.RIGHT_HIP)
_FEET = (Mark.LEFT_HEEL, Mark.RIGHT_HEEL, Mark.LEFT_FOOT_INDEX, Mark.RIGHT_FOOT_INDEX)


@dataclass(frozen=True)
class PersonPath:
    """The way of one person, in the R frames that have a row of this person.

    The space is that of the camera, which is the origin: x right in the image, y down, z away.

    Attributes:
        id: of the person.
        frames: (R,) int64 the numbers of the frames.
        times_s: (R,) float64 their times.
        is_filled: (R,) bool: the row was not measured.
        hips_m: (R, 3) the midpoint of the hips; NaN where too few landmarks are seen.
        std_m: (R, 3) the standard deviations that the residuals of the landmarks give.
        lowest_foot_m: (R,) the y of the lowest of heels and toes.
        scale: by which the world landmarks are multiplied.
        is_scaled: whether the scale was found from the height.
    """

    id: int
    frames: NDArray[np.int64]
    times_s: Float64
    is_filled: NDArray[np.bool_]
    hips_m: Float64
    std_m: Float64
    lowest_foot_m: Float64
    scale: float
    is_scaled: bool


def paths_of(blocks: Blocks) -> Iterator[PersonPath]:
    """Yield the path of each person, by ascending id.

    Raises:
        RecordingError: the recording has independent images, or its header a value that is not
            permitted.
    """
    header = blocks.header
    if header.is_of_independent_images:
        raise RecordingError(
            f"{header.source} is a recording of independent images, in which nobody moves through "
            "a room: give that of a video."
        )
    options = RoomOptions.of(header)
    for person in people_of(blocks):
        yield _path(person, options)


def from_hips(world_landmarks: Float32) -> Float64:
    """Return world landmarks whose origin is the midpoint of the hips to the last digit."""
    world_m = world_landmarks.astype(np.float64)
    moved_m: Float64 = world_m - world_m[:, _HIPS].mean(axis=1, keepdims=True)
    return moved_m


def in_room(points_m: Float64, floor_below_camera_m: float) -> Float64:
    """Return points of the camera's space in the room, (..., 3)."""
    points_in_room_m: Float64 = points_m * (1.0, -1.0, -1.0) + (0.0, floor_below_camera_m, 0.0)
    return points_in_room_m


def floor_m(paths: Iterable[PersonPath]) -> float:
    """Return how far the floor is below the camera; 0 if there is nobody.

    It is where the lowest feet are. Of all feet, one in fifty may be lower, so that outliers do not
    lift everybody.
    """
    feet_m = np.concatenate([[], *(path.lowest_foot_m for path in paths)])
    feet_m = feet_m[~np.isnan(feet_m)]
    return float(np.percentile(feet_m, _FLOOR_PERCENTILE)) if len(feet_m) else 0.0


def _path(person: Person, options: RoomOptions) -> PersonPath:
    fov_deg = ASSUMED_FOV_DEG if options.fov_deg is None else options.fov_deg
    sizes_px = person.image_sizes_px[:, np.newaxis].astype(np.float64)
    points = person.landmarks[..., :2].astype(np.float64)
    world_m = from_hips(person.world_landmarks)
    # The model guesses what is beside the image, and puts much of it at the edge.
    is_inside = ((points >= 0) & (points <= 1)).all(axis=-1)
    is_seen = is_inside & (person.visibility >= _LEAST_VISIBILITY)
    found = None
    if options.height_m is not None:
        found = scale_from_height(world_m, is_seen, options.height_m)
    scale = 1.0 if found is None else found
    fit = hips_in_camera.fit(
        (points - 0.5) * sizes_px,
        world_m * scale,
        np.where(is_inside, np.minimum(person.visibility, 1.0), 0.0),
        hips_in_camera.focal_lengths_px(sizes_px[:, 0, 0], fov_deg),
    )
    hips_m = fit.at_distances(_smooth_distances_m(person.times_s, fit))
    lowest_foot_m = hips_m[:, 1] + scale * world_m[:, _FEET, 1].max(axis=1)
    return PersonPath(
        person.id,
        person.frames,
        person.times_s,
        person.is_filled,
        hips_m,
        fit.std_m,
        lowest_foot_m,
        scale,
        found is not None,
    )


def _smooth_distances_m(times_s: Float64, fit: hips_in_camera.Fit) -> Float64:
    """Return the distances without noise, (R,). NaN stays."""
    distances_m = fit.positions_m[:, 2].copy()
    known = np.flatnonzero(~np.isnan(distances_m))
    is_end = np.diff(times_s[known]) > _LONGEST_STEP_S
    for rows in np.split(known, np.flatnonzero(is_end) + 1):
        if len(rows) < WINDOW_FRAMES:  # too few to tell noise from motion
            distances_m[rows] = np.mean(distances_m[rows]) if len(rows) else 0.0
            continue
        values = distances_m[rows, np.newaxis, np.newaxis]
        weights = np.where(outliers(values), 0.0, fit.weights[rows, np.newaxis] / 33)
        distances_m[rows] = penalized_least_squares.smoothed(
            times_s[rows], values, weights, _CUTOFF_HZ
        )[:, 0, 0]
    return distances_m
