"""Which landmarks and connections are drawn: those that are visible and present."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any, TypeAlias

from vitruvian.errors import OptionError
from vitruvian.printable import shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

Connection: TypeAlias = tuple[int, int]

# A landmark is not drawn if its visibility or presence is set and is below this value.
_VISIBILITY_THRESHOLD = 0.5
_PRESENCE_THRESHOLD = 0.5


def visible_landmarks(landmark_list: Any) -> Iterator[tuple[int, Any]]:
    """Yield the index and the message of each landmark that is visible and present.

    A landmark whose visibility or presence is not set counts as visible or present.

    Args:
        landmark_list: a LandmarkList or NormalizedLandmarkList.
    """
    for index, landmark in enumerate(landmark_list.landmark):
        is_occluded = (
            landmark.HasField("visibility") and landmark.visibility < _VISIBILITY_THRESHOLD
        )
        is_outside = landmark.HasField("presence") and landmark.presence < _PRESENCE_THRESHOLD
        if not (is_occluded or is_outside):
            yield index, landmark


def drawable_connections(
    drawn: Collection[int], connections: Iterable[Connection] | None, landmark_list: Any
) -> Iterator[Connection]:
    """Yield the connections both of whose landmarks are drawn.

    Args:
        drawn: the indices of the landmarks that are drawn.
        connections: pairs of landmark indices.
        landmark_list: a LandmarkList or NormalizedLandmarkList.

    Raises:
        OptionError: the connections are not pairs of indices, or an index is not of the list.
    """
    count = len(landmark_list.landmark)
    for connection, start, end in _with_indices(connections):
        if not (0 <= start < count and 0 <= end < count):
            raise OptionError(
                "Landmark index is out of range. Invalid connection from landmark "
                f"#{start} to landmark #{end}."
            )
        if start in drawn and end in drawn:
            yield connection


def _with_indices(
    connections: Iterable[Connection] | None,
) -> list[tuple[Connection, int, int]]:
    found = []
    try:
        for connection in () if connections is None else connections:
            start, end = map(operator.index, connection)
            found.append((connection, start, end))
    except (TypeError, ValueError) as error:
        raise OptionError(
            f"connections is {shown(connections)}: give pairs of landmark indices, or None."
        ) from error
    return found
