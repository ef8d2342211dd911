"""The paths of people's hips relative to the camera, in metres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.analysis import hips_in_camera, penalized_least_squares
from vitruvian.analysis.body_scale import scale_from_height
from vitruvian.analysis.options import RoomOptions
from vitruvian.analysis.outliers import WINDOW_FRAMES, outliers
from vitruvian.analysis.people import people_of
from vitruvian.analysis.room_axes import floor_below_camera_m
from vitruvian.errors import RecordingError
from vitruvian.skeleton import PoseLandmark as Mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from vitruvian.analysis.people import Person
    from vitruvian.recorded.blocks import Blocks
    from vitruvian.types import Float32, Float64

# Between the horizontal fields of view of webcams (50 to 60) and of telephones (60 to 70).
ASSUMED_FOV_DEG = 55.0
# The distance is by far the noisiest of the three, and bodies come nearer more slowly than this.
_CUTOFF_HZ = 1.0
# After as much time as a period of that, nothing is known of the distance before.
_LONGEST_STEP_S = 1.0
_LEAST_STD_M = 1e-6  # of landmarks that agree exactly
_LEAST_VISIBILITY = 0.5
_ROWS_OF_PART = 4096
_HIPS = (Mark.LEFT_HIP, Mark.RIGHT_HIP)
_FEET = (Mark.LEFT_HEEL, Mark.RIGHT_HEEL, Mark.LEFT_FOOT_INDEX, Mark.RIGHT_FOOT_INDEX)


@dataclass(frozen=True)
class PersonPath:
    """The path of one person, in the R frames that have a row of this person.

    Its space is the camera's: x right in the image, y down, z away, from the camera. Rows in which
    too few landmarks are seen to place the person are NaN.

    Attributes:
        id: of the person.
        frames: (R,) int64 the numbers of the frames.
        times_s: (R,) float64 their times.
        is_filled: (R,) bool: the row was not measured.
        hips_m: (R, 3) the midpoint of the hips.
        std_m: (R, 3) its standard deviation, as far as the landmarks contradict each other.
        lowest_feet_m: (R,) the y of the lowest of heels and toes.
        scale: by which the world landmarks are multiplied to have the height that was given.
        is_scaled: whether the scale could be found; otherwise it is 1.
    """

    id: int
    frames: NDArray[np.int64]
    times_s: Float64
    is_filled: NDArray[np.bool_]
    hips_m: Float64
    std_m: Float64
    lowest_feet_m: Float64
    scale: float
    is_scaled: bool

    @property
    def is_placed(self) -> NDArray[np.bool_]:
        """Whether the person could be placed in a row, (R,)."""
        placed: NDArray[np.bool_] = ~np.isnan(self.hips_m[:, 0])
        return placed


@dataclass(frozen=True)
class Paths:
    """The paths of all people of a recording.

    Attributes:
        options: what was known of people and camera.
        people: the paths, by ascending id.
        floor_m: how far the floor is below the camera.
    """

    options: RoomOptions
    people: tuple[PersonPath, ...]
    floor_m: float


def paths_of(blocks: Blocks) -> Paths:
    """Return the paths of all people. Height and field of view are read from the header.

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
    people = tuple(_path(person, options) for person in people_of(blocks))
    feet_m = np.concatenate([[], *(path.lowest_feet_m for path in people)])
    return Paths(options, people, floor_below_camera_m(feet_m))


def from_hips(world_landmarks: Float32) -> Float64:
    """Return world landmarks from the hips' midpoint, which the model only nearly puts at 0."""
    world_m = world_landmarks.astype(np.float64)
    from_hips_m: Float64 = world_m - world_m[:, _HIPS].mean(axis=1, keepdims=True)
    return from_hips_m


def _path(person: Person, options: RoomOptions) -> PersonPath:
    found = None
    if options.height_m is not None:
        is_seen = _is_inside(person.landmarks) & (person.visibility >= _LEAST_VISIBILITY)
        found = scale_from_height(person.world_landmarks, is_seen, options.height_m)
    scale = 1.0 if found is None else found
    fov_deg = ASSUMED_FOV_DEG if options.fov_deg is None else options.fov_deg
    fit = hips_in_camera.joined(_fits(person, scale, fov_deg))
    hips_m = fit.at_distances(_smooth_distances_m(person.times_s, fit))
    down_m = person.world_landmarks[..., 1].astype(np.float64)
    below_hips_m = down_m[:, _FEET].max(axis=1) - down_m[:, _HIPS].mean(axis=1)
    return PersonPath(
        person.id,
        person.frames,
        person.times_s,
        person.is_filled,
        hips_m,
        fit.std_m,
        hips_m[:, 1] + scale * below_hips_m,
        scale,
        is_scaled=found is not None,
    )


def _fits(person: Person, scale: float, fov_deg: float) -> Iterator[hips_in_camera.Fit]:
    """Yield where the hips are in parts of the rows, whose arithmetic takes little memory."""
    for first in range(0, len(person.frames), _ROWS_OF_PART):
        rows = slice(first, first + _ROWS_OF_PART)
        sizes_px = person.image_sizes_px[rows].astype(np.float64)
        points = person.landmarks[rows, :, :2].astype(np.float64)
        weights = np.where(_is_inside(points), person.visibility[rows], 0.0)
        yield hips_in_camera.fit(
            (points - 0.5) * sizes_px[:, np.newaxis],
            scale * from_hips(person.world_landmarks[rows]),
            weights,
            hips_in_camera.focal_lengths_px(sizes_px[:, 0], fov_deg),
        )


def _is_inside(points: Float32 | Float64) -> NDArray[np.bool_]:
    """Return which landmarks are in the image, (R, 33). The model guesses where others are."""
    x, y = points[..., 0], points[..., 1]
    is_inside: NDArray[np.bool_] = (x >= 0) & (x <= 1) & (y >= 0) & (y <= 1)
    return is_inside


def _smooth_distances_m(times_s: Float64, fit: hips_in_camera.Fit) -> Float64:
    """Return the distances without noise, (R,). What is NaN stays NaN.

    A row counts less where its landmarks contradict each other more.
    """
    distances_m = fit.positions_m[:, 2].copy()
    placed = np.flatnonzero(~np.isnan(distances_m))
    is_end = np.diff(times_s[placed]) > _LONGEST_STEP_S
    for rows in np.split(placed, np.flatnonzero(is_end) + 1):
        if len(rows) >= WINDOW_FRAMES:
            course = times_s[rows], distances_m[rows], fit.std_m[rows, 2]
            distances_m[rows] = _smooth_course_m(*course)
        elif len(rows):  # too few to tell noise from motion
            distances_m[rows] = distances_m[rows].mean()
    return distances_m


def _smooth_course_m(times_s: Float64, distances_m: Float64, std_m: Float64) -> Float64:
    """Return smooth distances, (R,), of at least 7 rows."""
    values_m = distances_m[:, np.newaxis, np.newaxis]
    typical_m = max(float(np.median(std_m)), _LEAST_STD_M)
    weights = (typical_m / np.maximum(std_m, typical_m))[:, np.newaxis] ** 2
    is_outlier = outliers(values_m)
    if np.count_nonzero(~is_outlier) >= penalized_least_squares.ORDER:
        weights[is_outlier] = 0.0
    course_m = penalized_least_squares.smoothed(times_s, values_m, weights, _CUTOFF_HZ)
    return course_m[:, 0, 0]
