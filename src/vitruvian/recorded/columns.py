"""The results of an input as a table with a row for each landmark, as CSV and Parquet have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.result import VALUE_COLUMNS
from vitruvian.skeleton import LANDMARK_NAMES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.recorded.arrays import Recorded

COLUMNS = (
    *("frame", "time_s", "person", "landmark", "name", *VALUE_COLUMNS),
    *("score", "filled", "width", "height", "image"),
)
FLOAT32_COLUMNS = (*VALUE_COLUMNS, "score")


def columns(recorded: Recorded) -> dict[str, NDArray[Any]]:
    """Return the columns `COLUMNS` with a row for each person and landmark, frame by frame.

    A frame without people has no rows.

    Returns:
        frame (the number), time_s (seconds), person (the id), landmark and name, x, y, z
        (normalized coordinates), visibility, presence, world_x, world_y, world_z (metres), score,
        filled, width and height (of the frame, in pixels), and image (the name of the photograph,
        empty for a frame of a video).
    """
    landmarks = len(LANDMARK_NAMES)
    positions = recorded.frame_positions.repeat(landmarks)
    people = len(recorded.ids)
    width, height = recorded.image_sizes_px[positions].T
    names = np.array([recorded.image_name(number) for number in range(len(recorded))] or [""])
    values = np.concatenate(
        (
            recorded.pose_landmarks,
            recorded.visibility[..., np.newaxis],
            recorded.presence[..., np.newaxis],
            recorded.pose_world_landmarks,
        ),
        axis=-1,
    ).reshape(people * landmarks, len(VALUE_COLUMNS))
    table = (
        recorded.frames[positions],
        recorded.timestamps_s[positions],
        recorded.ids.repeat(landmarks),
        np.tile(np.arange(landmarks), people),
        np.tile(np.array(LANDMARK_NAMES), people),
        *np.ascontiguousarray(values.T),
        recorded.scores.repeat(landmarks),
        recorded.is_filled.repeat(landmarks),
        width,
        height,
        names[positions],
    )
    return dict(zip(COLUMNS, table, strict=True))
