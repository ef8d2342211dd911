"""Where an angle leaves its rest, turns, and comes back."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from vitruvian.types import Float64

# The ends of the range are percentiles, because single frames may be wrong.
_PERCENTILES = (5, 95)
# With one threshold, an angle that trembles around it would count many times.
_LOW, _HIGH = 0.3, 0.7
# The noise of an elbow at rest reaches ten degrees. A smaller movement cannot be told from it.
_LEAST_RANGE = 20.0
# At rest, a value is within this part of the range from the least value of that rest.
_AT_REST = 0.1
# In a steady movement without pauses, each side has half of the time.
_MOSTLY = 0.6


class Cycle(NamedTuple):
    """The values from one rest to the next, both of which it contains.

    Attributes:
        first: the number of the first value: the last one of the rest before.
        last: the number of the last value: the first one of the rest after.
        is_whole: whether there is a rest before and after; otherwise it is cut.
    """

    first: int
    last: int
    is_whole: bool


def range_of(values: Float64) -> float:
    """Return the difference between the 5th and the 95th percentile; 0 without values."""
    if not len(values):
        return 0.0
    least, greatest = np.percentile(values, _PERCENTILES)
    return float(greatest - least)


def cycles(values: Float64) -> Iterator[Cycle]:
    """Yield the cycles of an angle in their order; none if its range is less than 20.

    A cycle leaves the rest, passes 70 % of the range, and is back below 30 %. The rest is on the
    low side. It is on the high one only if the values begin and end there, and are there for 60 %
    of the time: someone who sits and straightens the knee rests with it bent.

    Args:
        values: (R,) without NaN.
    """
    if range_of(values) < _LEAST_RANGE:
        return
    is_high = _is_high(values)
    if is_high[0] and is_high[-1] and is_high.mean() > _MOSTLY:
        values = -values
        is_high = _is_high(values)
    margin = _AT_REST * range_of(values)
    changes = np.flatnonzero(np.diff(is_high)) + 1
    bounds = [0, *changes.tolist(), len(values)]
    for number, (begin, end) in enumerate(pairwise(bounds)):
        if not is_high[begin]:
            continue
        first, last = begin, end - 1
        if begin > 0:
            before = bounds[number - 1]
            first = before + int(_at_rest(values[before:begin], margin)[-1])
        if end < len(values):
            last = end + int(_at_rest(values[end : bounds[number + 2]], margin)[0])
        yield Cycle(first, last, begin > 0 and end < len(values))


def _is_high(values: Float64) -> NDArray[np.bool_]:
    """Return which values are on the high side: since they passed 70 %, until they pass 30 %.

    Values before the first of both limits are on that side, too.
    """
    least, greatest = np.percentile(values, _PERCENTILES)
    is_above = values >= least + _HIGH * (greatest - least)
    is_decided = is_above | (values <= least + _LOW * (greatest - least))
    decided = np.flatnonzero(is_decided)
    latest = np.searchsorted(decided, np.arange(len(values)), side="right") - 1
    high: NDArray[np.bool_] = is_above[decided[np.maximum(latest, 0)]]
    return high


def _at_rest(values: Float64, margin: float) -> NDArray[np.int64]:
    return np.flatnonzero(values <= values.min() + margin)
