"""Some of the angles of each person over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.analysis.angle_table import angle_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from vitruvian.recorded.blocks import Blocks
    from vitruvian.types import Float32, Float64


@dataclass(frozen=True)
class AngleSeries:
    """The angles of one person in the R frames that have a row of this person.

    Attributes:
        person: the id.
        times_s: (R,) the times of the frames.
        angles_deg: by the name of its column, (R,) each angle; NaN where it is not known.
    """

    person: int
    times_s: Float64
    angles_deg: dict[str, Float32]


def series_of(
    blocks: Blocks, columns: Sequence[str], *, min_visibility: float
) -> Iterator[AngleSeries]:
    """Yield the angles of each person, by ascending id.

    Only the angles that are asked for are held in memory, those of all people together.

    Args:
        blocks: the recording.
        columns: names of `ANGLE_COLUMNS`.
        min_visibility: as in `angle_tables`.
    """
    parts: dict[str, list[NDArray[Any]]] = {name: [] for name in ("person", "time_s", *columns)}
    for table in angle_tables(blocks, min_visibility=min_visibility):
        for name, of_column in parts.items():
            values = table[name]
            of_column.append(values.astype(np.float32) if name in columns else values)
    whole = {name: np.concatenate(of_column) for name, of_column in parts.items()}
    by_person = np.argsort(whole["person"], kind="stable")  # keeps the order of the frames
    people, firsts = np.unique(whole["person"][by_person], return_index=True)
    for person, rows in zip(people.tolist(), np.split(by_person, firsts)[1:], strict=True):
        angles_deg = {name: whole[name][rows] for name in columns}
        yield AngleSeries(person, whole["time_s"][rows], angles_deg)
