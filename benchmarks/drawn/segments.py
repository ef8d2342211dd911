"""The segments of a body, and of which of them each landmark is part."""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.skeleton import PoseLandmark

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .body import Part, Rig


class Segment(IntEnum):
    """The parts of a body between its large joints."""

    TORSO = 0
    HEAD = 1
    LEFT_UPPER_ARM = 2
    RIGHT_UPPER_ARM = 3
    LEFT_FOREARM = 4
    RIGHT_FOREARM = 5
    LEFT_HAND = 6
    RIGHT_HAND = 7
    LEFT_THIGH = 8
    RIGHT_THIGH = 9
    LEFT_SHANK = 10
    RIGHT_SHANK = 11
    LEFT_FOOT = 12
    RIGHT_FOOT = 13


# The bone with which each segment begins; all bones below it belong to it, up to the next one here.
_FIRST_BONES = {
    "upperarm01": "UPPER_ARM",
    "lowerarm01": "FOREARM",
    "wrist": "HAND",
    "upperleg01": "THIGH",
    "lowerleg01": "SHANK",
    "foot": "FOOT",
}
# The segments that meet at each landmark.
_MEETING = {
    "SHOULDER": ("TORSO", "UPPER_ARM"),
    "ELBOW": ("UPPER_ARM", "FOREARM"),
    "WRIST": ("FOREARM", "HAND"),
    "PINKY": ("HAND",),
    "INDEX": ("HAND",),
    "THUMB": ("HAND",),
    "HIP": ("TORSO", "THIGH"),
    "KNEE": ("THIGH", "SHANK"),
    "ANKLE": ("SHANK", "FOOT"),
    "HEEL": ("SHANK", "FOOT"),
    "FOOT_INDEX": ("FOOT",),
}


@cache
def segments_of_landmarks() -> tuple[tuple[Segment, ...], ...]:
    """Return the segments of which each of the 33 landmarks is part."""
    return tuple(_segments_of(landmark.name) for landmark in PoseLandmark)


def segments_of_bones(rig: Rig) -> NDArray[np.int32]:
    """Return the segment of each bone, (B,)."""
    segments: list[Segment] = []
    for name, parent in zip(rig.names, rig.parents, strict=True):
        bone, _, side = name.partition(".")
        if name == "head":
            segments.append(Segment.HEAD)
        elif bone in _FIRST_BONES:
            segments.append(Segment[f"{'LEFT' if side == 'L' else 'RIGHT'}_{_FIRST_BONES[bone]}"])
        else:
            segments.append(segments[parent] if parent >= 0 else Segment.TORSO)
    return np.array(segments, np.int32)


def segments_of_triangles(part: Part, rig: Rig) -> NDArray[np.int32]:
    """Return the segment of each triangle of a part, (T,): that of its first corner's main bone."""
    entries = part.weights.tocoo()
    # The last entry of each vertex is that of its main bone.
    order = np.lexsort((entries.data, entries.row))
    main_bones = np.zeros(len(part.rest_m), int)
    main_bones[entries.row[order]] = entries.col[order]
    return segments_of_bones(rig)[main_bones[part.triangles[:, 0]]]


def _segments_of(landmark: str) -> tuple[Segment, ...]:
    side, _, name = landmark.partition("_")
    if name not in _MEETING:
        return (Segment.HEAD,)
    return tuple(
        Segment[segment if segment == "TORSO" else f"{side}_{segment}"]
        for segment in _MEETING[name]
    )
