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
_LEAST_VISIBILITY = 0.5
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
    sizes_px = person.image_sizes_px.astype(np.float64)
    points = person.landmarks[..., :2].astype(np.float64)
    world_m = from_hips(person.world_landmarks)
    # What is beside the image is a guess of the model.
    is_inside = ((points >= 0) & (points <= 1)).all(axis=-1)
    found = None
    if options.height_m is not None:
        is_seen = is_inside & (person.visibility >= _LEAST_VISIBILITY)
        found = scale_from_height(world_m, is_seen, options.height_m)
    world_m *= 1.0 if found is None else found
    fov_deg = ASSUMED_FOV_DEG if options.fov_deg is None else options.fov_deg
    fit = hips_in_camera.fit(
        (points - 0.5) * sizes_px[:, np.newaxis],
        world_m,
        np.where(is_inside, person.visibility, 0.0),
        hips_in_camera.focal_lengths_px(sizes_px[:, 0], fov_deg),
    )
    hips_m = fit.at_distances(_smooth_distances_m(person.times_s, fit))
    return PersonPath(
        person.id,
        person.frames,
        person.times_s,
        person.is_filled,
        hips_m,
        fit.std_m,
        hips_m[:, 1] + world_m[:, _FEET, 1].max(axis=1),
        1.0 if found is None else found,
        found is not None,
    )


def _smooth_distances_m(times_s: Float64, fit: hips_in_camera.Fit) -> Float64:
    """Return the distances without noise, (R,). What is NaN stays NaN.

    A row counts less where its landmarks contradict each other more.
    """
    distances_m = fit.positions_m[:, 2].copy()
    placed = np.flatnonzero(~np.isnan(distances_m))
    is_end = np.diff(times_s[placed]) > _LONGEST_STEP_S
    for rows in np.split(placed, np.flatnonzero(is_end) + 1):
        if len(rows) < WINDOW_FRAMES:  # too few to tell noise from motion
            distances_m[rows] = distances_m[rows].sum() / max(len(rows), 1)
            continue
        values_m, std_m = distances_m[rows, np.newaxis], fit.std_m[rows, 2:]
        typical_m = np.median(std_m)
        weights = np.minimum(typical_m / np.maximum(std_m, typical_m), 1.0) ** 2
        weights[outliers(values_m[..., np.newaxis])] = 0.0
        distances_m[rows] = penalized_least_squares.smoothed(
            times_s[rows], values_m[..., np.newaxis], weights, _CUTOFF_HZ
        )[:, 0, 0]
    return distances_m
