"""Counts the repetitions of a movement in an angle over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.analysis.angle_series import series_of
from vitruvian.analysis.angle_table import check_angle
from vitruvian.analysis.angles import ANGLES_3D
from vitruvian.analysis.angles_2d import period_deg_of
from vitruvian.analysis.cycles import cycles, range_of
from vitruvian.errors import RecordingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from vitruvian.analysis.angle_series import AngleSeries
    from vitruvian.recorded.blocks import Blocks
    from vitruvian.types import Float64

# An angle that is seldom known is not chosen, whatever its range is.
_LEAST_KNOWN = 0.5


@dataclass(frozen=True)
class Repetition:
    """One repetition of a person.

    Attributes:
        person: the id.
        angle: the name of the column in which it was counted.
        number: from 1, of each person.
        start_s: the time at which the person leaves the rest before,
        end_s: and reaches the rest after it.
        least_deg: the least angle between both times,
        greatest_deg: and the greatest. Both may be beyond 180, if the angle passes 180.
        longest_gap_s: the longest time between two frames in which the angle is known.
        is_whole: whether the person is there before and after it; otherwise it is cut.
    """

    person: int
    angle: str
    number: int
    start_s: float
    end_s: float
    least_deg: float
    greatest_deg: float
    longest_gap_s: float
    is_whole: bool


def repetitions(
    blocks: Blocks, angle: str | None = None, *, min_visibility: float
) -> Iterator[Repetition]:
    """Yield the repetitions of each person, by ascending id and time.

    `cycles` says what is counted. Frames in which the angle is not known are passed over.

    Args:
        blocks: the recording of a video.
        angle: a column of the table of angles; None for that of the 3D angles whose range is the
            largest, chosen for each person.
        min_visibility: as in `angle_tables`.

    Raises:
        OptionError: there is no such angle.
        RecordingError: the recording has independent images.
    """
    if angle is not None:
        check_angle(angle)
    if blocks.header.is_of_independent_images:
        raise RecordingError(
            f"{blocks.header.source} is a recording of independent images, in which nothing is "
            "repeated: give that of a video."
        )
    columns = ANGLES_3D if angle is None else (angle,)
    for series in series_of(blocks, columns, min_visibility=min_visibility):
        yield from _of_person(series)


def repetition_columns(found: Iterable[Repetition]) -> dict[str, NDArray[Any]]:
    """Return the columns of a table with a row for each repetition.

    They are person (the id), angle (the column in which it was counted), number (from 1), start_s
    and end_s, duration_s, least_deg and greatest_deg, longest_gap_s and whole, as in `Repetition`.
    """
    rows = [*found]
    columns: dict[str, tuple[list[Any], type]] = {
        "person": ([row.person for row in rows], np.int64),
        "angle": ([row.angle for row in rows], np.str_),
        "number": ([row.number for row in rows], np.int64),
        "start_s": ([row.start_s for row in rows], np.float64),
        "end_s": ([row.end_s for row in rows], np.float64),
        "duration_s": ([row.end_s - row.start_s for row in rows], np.float64),
        "least_deg": ([row.least_deg for row in rows], np.float64),
        "greatest_deg": ([row.greatest_deg for row in rows], np.float64),
        "longest_gap_s": ([row.longest_gap_s for row in rows], np.float64),
        "whole": ([row.is_whole for row in rows], np.bool_),
    }
    return {name: np.array(values, dtype) for name, (values, dtype) in columns.items()}


def _of_person(series: AngleSeries) -> Iterator[Repetition]:
    known = {name: ~np.isnan(angle) for name, angle in series.angles_deg.items()}
    least_known = _LEAST_KNOWN * max(is_known.sum() for is_known in known.values())
    angles_deg = {
        name: _around_mean_deg(angle[known[name]].astype(np.float64), period_deg_of(name))
        for name, angle in series.angles_deg.items()
        if known[name].any() and known[name].sum() >= least_known
    }
    if not angles_deg:
        return
    name = max(angles_deg, key=lambda each: range_of(angles_deg[each]))
    angle_deg, times_s = angles_deg[name], series.times_s[known[name]]
    for number, cycle in enumerate(cycles(angle_deg), start=1):
        rows = slice(cycle.first, cycle.last + 1)
        yield Repetition(
            person=series.person,
            angle=name,
            number=number,
            start_s=float(times_s[cycle.first]),
            end_s=float(times_s[cycle.last]),
            least_deg=float(angle_deg[rows].min()),
            greatest_deg=float(angle_deg[rows].max()),
            longest_gap_s=float(np.diff(times_s[rows]).max(initial=0)),
            is_whole=cycle.is_whole,
        )


def _around_mean_deg(angle_deg: Float64, period_deg: float) -> Float64:
    """Return the same angles within half a period of their mean direction.

    So an angle that moves from 170 to 190 does not jump to -170 on its way.
    """
    phase = np.exp(2j * np.pi / period_deg * angle_deg)
    mean_deg = np.angle(phase.mean()) * period_deg / (2 * np.pi)
    half_deg = period_deg / 2
    around_deg: Float64 = mean_deg + (angle_deg - mean_deg + half_deg) % period_deg - half_deg
    return around_deg
