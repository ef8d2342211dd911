"""Results as CSV: one row per landmark."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

import numpy as np

from vitruvian.skeleton import LANDMARK_NAMES

if TYPE_CHECKING:
    from vitruvian.result import PoseResult

CSV_HEADER = "frame,time_s,person,landmark,name,x,y,z,visibility,presence,world_x,world_y,world_z"


class CsvWriter:
    """Writes one row per landmark. A frame without people has no rows.

    `frame` counts from 0 and `person` is the id. x, y and z are normalized coordinates
    (`PoseResult.pose_landmarks`); world_x, world_y and world_z are in metres. Each number is the
    shortest that reads back as the same float32.

    Args:
        file: A text file that is open for writing. The header is written at once.
    """

    def __init__(self, file: TextIO) -> None:
        file.write(f"{CSV_HEADER}\n")
        self._file = file

    def write(self, result: PoseResult) -> None:
        """Append the people of one frame."""
        numbers = np.concatenate(
            (
                result.pose_landmarks,
                result.visibility[..., np.newaxis],
                result.presence[..., np.newaxis],
                result.pose_world_landmarks,
            ),
            axis=-1,
        )
        time_s = round(result.timestamp_s, 6)
        # No field needs quotes, and joining strings is faster than the module `csv`.
        for person, landmarks in zip(result.ids, numbers, strict=True):
            self._file.writelines(
                f"{result.index},{time_s},{person},{landmark},{name},{','.join(map(str, values))}\n"
                for landmark, (name, values) in enumerate(
                    zip(LANDMARK_NAMES, landmarks, strict=True)
                )
            )
