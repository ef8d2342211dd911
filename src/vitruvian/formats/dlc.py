"""DeepLabCut's table of several individuals, as its programs and movement read it.

Four rows name the columns: scorer, individuals, bodyparts, coords. Each further row is a frame: its
number, then x, y in pixels and the likelihood of each landmark of each person. Cells are empty
where a person is not in the frame. Format: DeepLabCut, docs/standardDeepLabCut_UserGuide.md.
"""

from __future__ import annotations

import csv
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.errors import OutputError
from vitruvian.shortest import shortest
from vitruvian.skeleton import LANDMARK_NAMES

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.recorded.blocks import Blocks

_SCORER = "vitruvian"
_COORDINATES = ("x", "y", "likelihood")
_CELLS = len(LANDMARK_NAMES) * len(_COORDINATES)  # of a person
_MAX_PEOPLE = 1000  # a row would have more than 99,000 cells


def write(blocks: Blocks, path: Path) -> None:
    """Write a recording. World landmarks, z, presence, scores and times are lost.

    Raises:
        OutputError: There are more ids than a table can have.
    """
    ids = sorted({identity for block in blocks for identity in block.ids.tolist()})
    if len(ids) > _MAX_PEOPLE:
        raise OutputError(
            f"A table of DeepLabCut has columns for each of {len(ids):,} ids: choose another "
            f"format, or a part of the video with at most {_MAX_PEOPLE:,}."
        )
    columns = [*product((f"person{identity}" for identity in ids), LANDMARK_NAMES, _COORDINATES)]
    first_cell = {identity: number * _CELLS for number, identity in enumerate(ids)}
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["scorer", *[_SCORER] * len(columns)])
        names = zip(*columns, strict=True) if columns else [()] * 3
        for title, cells in zip(("individuals", "bodyparts", "coords"), names, strict=True):
            table.writerow([title, *cells])
        for block in blocks:
            for result in block:
                row = [""] * len(columns)
                points_px = result.landmarks_px[..., :2]
                values = shortest(
                    np.concatenate((points_px, result.visibility[..., np.newaxis]), axis=-1)
                )
                for identity, person in zip(result.ids.tolist(), values, strict=True):
                    begin = first_cell[identity]
                    row[begin : begin + _CELLS] = map(str, person.ravel().tolist())
                table.writerow([result.index, *row])
