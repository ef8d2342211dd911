"""Recordings of people who walk in front of a camera, whose true places are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tests.support.results import result
from tests.support.skeletons import person_m
from vitruvian.recorded.header import Header
from vitruvian.recording import Recording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vitruvian.types import Float64

SIZE_PX = (1280, 720)
FOV_DEG = 60.0
FOCAL_PX = SIZE_PX[0] / 2 / np.tan(np.radians(FOV_DEG / 2))
RATE_HZ = 30


class Walk(NamedTuple):
    """Where a person is in each frame.

    Attributes:
        id: of the person.
        hips_m: (F, 3) x right, y down, z away from the camera; NaN where nobody is found.
        world_m: (33, 3) the body.
        height: how much larger than the body the person is.
    """

    id: int
    hips_m: Float64
    world_m: Float64 = person_m().astype(np.float64)
    height: float = 1.0


def line(start_m: Sequence[float], end_m: Sequence[float], count: int = 90) -> Float64:
    """Return places on a line, (count, 3)."""
    places_m: Float64 = np.linspace(start_m, end_m, count)
    return places_m


def projected(
    *walks: Walk,
    noise_px: float = 0.0,
    times_s: Sequence[float] | None = None,
    header: Header = Header("walk.mp4"),  # noqa: B008 - it is frozen
) -> Recording:
    """Return what a camera of the field of view `FOV_DEG` and an exact model make of some walks."""
    random = np.random.default_rng(2)
    results = []
    for frame in range(len(walks[0].hips_m)):
        seen = [each for each in walks if not np.isnan(each.hips_m[frame]).any()]
        seen.sort(key=lambda each: each.id)
        points = np.full((len(seen), 33, 3), 0.0)
        for number, each in enumerate(seen):
            points_m = each.hips_m[frame] + each.height * each.world_m
            points_px = FOCAL_PX * points_m[:, :2] / points_m[:, 2:] + np.divide(SIZE_PX, 2)
            points[number, :, :2] = (points_px + random.normal(0, noise_px, (33, 2))) / SIZE_PX
        made = result(
            len(seen),
            pose_landmarks=points.astype(np.float32),
            pose_world_landmarks=np.array([each.world_m for each in seen], np.float32).reshape(
                -1, 33, 3
            ),
            ids=np.array([each.id for each in seen], np.int64),
            image_size=SIZE_PX,
            index=frame,
            timestamp_s=frame / RATE_HZ if times_s is None else times_s[frame],
        )
        results.append(made)
    return Recording.of_results(header, results)
