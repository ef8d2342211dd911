"""Result → files. Works on a saved result; knows no model."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

import numpy as np

from vitruvian.skeleton import LANDMARK_NAMES

if TYPE_CHECKING:
    from vitruvian.types import PoseResult

CSV_HEADER = "frame,time_s,person,landmark,name,x,y,z,visibility,presence,world_x,world_y,world_z"


class CsvWriter:
    """Writes a row a landmark; a frame with nobody has no rows.

    `frame` counts from 0, `person` is the id. x, y, z are `PoseResult.pose_landmarks`, the world's
    in metres. Each number is the shortest that reads back as the same float32.
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
        # No field needs quotes, and to join is faster than `csv`.
        for person, landmarks in zip(result.ids, numbers, strict=True):
            self._file.writelines(
                f"{result.index},{time_s},{person},{landmark},{name},{','.join(map(str, values))}\n"
                for landmark, (name, values) in enumerate(
                    zip(LANDMARK_NAMES, landmarks, strict=True)
                )
            )
