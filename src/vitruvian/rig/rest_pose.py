"""The rest pose of a person: bones of constant length, which are equal on both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from vitruvian.analysis.body_scale import EAR_HEIGHT
from vitruvian.rig.body import EARS, HIPS, SHOULDERS, of_side
from vitruvian.rig.joints import NAMES, SIDES
from vitruvian.rig.rotations import directions, rejected

if TYPE_CHECKING:
    from collections.abc import Callable

    from vitruvian.rig.body import Body, Point
    from vitruvian.types import Float64

_Offsets: TypeAlias = dict[str, tuple[float, float, float]]

# Where Mixamo's characters have joints that are no landmarks, as parts of a length.
_SPINE, _SPINE1, _SPINE2 = 0.2, 0.4, 0.65  # from the hips to the shoulders
_COLLARBONE = 0.25  # from the neck to a shoulder
_HEAD = 0.6  # from the shoulders to the ears
_BALL_OF_FOOT = 0.7  # from the heel to the tip of the foot


def rest_offsets_m(body: Body) -> Float64:
    """Return where each joint of a person is at rest, from its parent: (J, 3) in metres.

    A length is the median over the frames in which both ends are visible, or over all frames if
    there are none, and the mean of both sides. The root is as high as its feet are low.
    """
    spine, neck = body.length(HIPS, SHOULDERS), body.length(SHOULDERS, EARS)
    legs = _of_legs(body)
    ears = legs["Hips"][1] + spine + neck
    offsets = {
        "Spine": (0, _SPINE * spine, 0),
        "Spine1": (0, (_SPINE1 - _SPINE) * spine, 0),
        "Spine2": (0, (_SPINE2 - _SPINE1) * spine, 0),
        "Neck": (0, (1 - _SPINE2) * spine, 0),
        "Head": (0, _HEAD * neck, 0),
        "HeadTop_End": (0, (1 - _HEAD) * neck + ears / EAR_HEIGHT - ears, 0),
        **_of_arms(body, (1 - _SPINE2) * spine),
        **legs,
    }
    return np.array([offsets[name] for name in NAMES], np.float64)


def _of_arms(body: Body, shoulder_height_m: float) -> _Offsets:
    half_width = body.length(*_pair("shoulder")) / 2
    upper, fore = _limb(body, "shoulder", "elbow"), _limb(body, "elbow", "wrist")
    hand = _mean(lambda side: body.length(of_side(side, "wrist"), of_side(side, "index", "pinky")))
    offsets: _Offsets = {}
    for side, x in zip(SIDES, (1, -1), strict=True):
        offsets |= {
            f"{side}Shoulder": (x * _COLLARBONE * half_width, shoulder_height_m, 0),
            f"{side}Arm": (x * (1 - _COLLARBONE) * half_width, 0, 0),
            f"{side}ForeArm": (x * upper, 0, 0),
            f"{side}Hand": (x * fore, 0, 0),
            f"{side}HandMiddle1": (x * hand, 0, 0),
        }
    return offsets


def _of_legs(body: Body) -> _Offsets:
    half_width = body.length(*_pair("hip")) / 2
    thigh, shank = _limb(body, "hip", "knee"), _limb(body, "knee", "ankle")
    sole = _limb(body, "heel", "foot_index")
    ankle_height = _mean(lambda side: _ankle(body, side)[0])
    ankle_from_heel = _mean(lambda side: _ankle(body, side)[1])
    offsets: _Offsets = {"Hips": (0, thigh + shank + ankle_height, 0)}
    for side, x in zip(SIDES, (1, -1), strict=True):
        offsets |= {
            f"{side}UpLeg": (x * half_width, 0, 0),
            f"{side}Leg": (0, -thigh, 0),
            f"{side}Foot": (0, -shank, 0),
            f"{side}ToeBase": (0, -ankle_height, _BALL_OF_FOOT * sole - ankle_from_heel),
            f"{side}Toe_End": (0, 0, (1 - _BALL_OF_FOOT) * sole),
        }
    return offsets


def _ankle(body: Body, side: str) -> tuple[float, float]:
    """Return how far the ankle is above the sole, and in front of the heel."""
    heel, toes, ankle = (of_side(side, name) for name in ("heel", "foot_index", "ankle"))
    sole, from_heel = body.between(heel, toes), body.between(heel, ankle)
    along = directions(sole, np.zeros(3))
    above = np.linalg.norm(rejected(from_heel, along), axis=-1)
    in_front = (from_heel * along).sum(axis=-1)
    height = body.typical(above, heel, toes, ankle)
    return height, body.typical(in_front, heel, toes, ankle)


def _pair(name: str) -> tuple[Point, Point]:
    return of_side("left", name), of_side("right", name)


def _limb(body: Body, start: str, end: str) -> float:
    return _mean(lambda side: body.length(of_side(side, start), of_side(side, end)))


def _mean(of_one_side: Callable[[str], float]) -> float:
    return sum(map(of_one_side, SIDES)) / len(SIDES)
