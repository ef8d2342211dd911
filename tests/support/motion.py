"""Recordings of people who walk across the image, with known gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tests.support.results import result
from vitruvian.recorded.header import Header
from vitruvian.recording import Recording

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from vitruvian.types import Float64

HEADER = Header("walk.mp4", options={"smooth_landmarks": False})
SIZE_PX = (640, 480)
RATE_HZ = 30
_BODY_PX = np.stack((np.linspace(-40, 40, 33), np.tile([-100, 0, 100], 11), np.zeros(33)), axis=-1)


class Walker(NamedTuple):
    """A person in some frames.

    Attributes:
        id: of the person.
        frames: in which the person is seen.
        start_px: where the middle of the body is in frame 0, (2,).
        speed_px: by which it moves from frame to frame, (2,).
    """

    id: int
    frames: Collection[int]
    start_px: tuple[float, float] = (100, 240)
    speed_px: tuple[float, float] = (3, 0)


def true_px(walker: Walker, frame: int) -> Float64:
    """Return where a person's landmarks are, (33, 3)."""
    x, y = np.add(walker.start_px, np.multiply(walker.speed_px, frame))
    moved_px: Float64 = _BODY_PX + np.array([x, y, 0])
    return moved_px


def walk(
    *walkers: Walker,
    count: int = 60,
    noise_px: float = 0.0,
    times_s: Sequence[float] | None = None,
    sizes_px: Sequence[tuple[int, int]] | None = None,
    header: Header = HEADER,
) -> Recording:
    """Return the recording of some people in `count` frames."""
    random = np.random.default_rng(1)
    results = []
    for frame in range(count):
        size_px = sizes_px[frame] if sizes_px else SIZE_PX
        seen = sorted((each for each in walkers if frame in each.frames), key=lambda each: each.id)
        points_px = np.array([true_px(each, frame) for each in seen]).reshape(-1, 33, 3)
        points_px += random.normal(0, noise_px, points_px.shape)
        results.append(
            result(
                len(seen),
                pose_landmarks=(points_px / (*size_px, size_px[0])).astype(np.float32),
                pose_world_landmarks=(points_px / 200).astype(np.float32),
                visibility=random.uniform(0.3, 1, (len(seen), 33)).astype(np.float32),
                ids=np.array([each.id for each in seen], np.int64),
                image_size=size_px,
                index=frame,
                timestamp_s=times_s[frame] if times_s is not None else frame / RATE_HZ,
            )
        )
    return Recording.of_results(header, results)
