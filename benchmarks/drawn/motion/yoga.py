"""Poses of yoga."""

from __future__ import annotations

from .rotations import lean
from .terms import Arm, Leg, Near, Pose, Rest, flat, in_air, on_ball, on_instep

_PALM_DOWN, _PALM_IN, _PALM_FORWARD = (0, -1, 0), (-1, 0, 0), (0, 0, 1)

POSES = {
    "tree": Pose(
        arms=Arm(
            (0.8, 0.6, 0),
            (-0.6, 0.8, 0.1),
            _PALM_IN,
            (0, 1, 0),
            wrist=Near("head", (0.08, 0.6, 0.02)),
        ),
        legs=(
            Leg((0.02, -1, 0), foot=flat(out=5)),
            Leg((0.75, -0.6, 0.6), (-0.8, -0.6, -0.1), against=0.78),
        ),
    ),
    "warrior 1": Pose(
        arms=Arm((0.12, 1, 0.08), palm=_PALM_IN),
        legs=(
            Leg((0.05, -0.45, 0.9), (0, -1, -0.02), flat(out=0)),
            Leg((0.12, -0.75, -0.65), foot=flat(out=45)),
        ),
        chest=lean(forward=-8),
        head=lean(forward=-18),
    ),
    "warrior 2": Pose(
        arms=Arm((1, 0.02, 0.02), palm=_PALM_DOWN),
        legs=(
            Leg((0.85, -0.5, 0.12), (0.02, -1, 0), flat(out=85)),
            Leg((0.68, -0.75, -0.02), foot=flat(out=15)),
        ),
        head=lean(left_turn=65),
    ),
    "warrior 3": Pose(
        arms=Arm((0.12, 0.02, 1), palm=_PALM_IN),
        legs=(
            Leg((0.02, -1, 0.04), foot=flat(out=3)),
            Leg((0.08, 0, -1), foot=in_air(pointed=15), knee=(0, -1, 0)),
        ),
        pelvis=lean(forward=80),
        chest=lean(forward=80),
        head=lean(forward=55),
    ),
    "triangle": Pose(
        arms=(Arm((0.3, -0.95, 0.1), palm=_PALM_FORWARD), Arm((0, 1, 0), palm=_PALM_FORWARD)),
        legs=(
            Leg((0.62, -0.78, 0.02), foot=flat(out=75)),
            Leg((0.42, -0.9, 0), foot=flat(out=5)),
        ),
        pelvis=lean(right=-27),
        chest=lean(right=-72),
        head=lean(right=-70),
    ),
    "downward dog": Pose(
        arms=Arm((0.12, -0.62, 0.78), None, _PALM_DOWN, (0.1, 0, 1), planted=True),
        legs=Leg((0.1, -0.82, -0.55), foot=flat(out=0)),
        pelvis=lean(forward=125),
        chest=lean(forward=130),
        head=lean(forward=145),
    ),
    "chair": Pose(
        arms=Arm((0.15, 0.8, 0.55), palm=_PALM_IN),
        legs=Leg((0.05, -0.4, 0.9), (0.02, -0.95, -0.35), flat(out=3)),
        pelvis=lean(forward=38),
        chest=lean(forward=30),
        head=lean(forward=15),
    ),
    "goddess": Pose(
        arms=Arm((0.98, 0, 0.1), (0.05, 1, 0.1), _PALM_FORWARD),
        legs=Leg((0.82, -0.45, 0.3), (0.05, -1, -0.03), flat(out=55)),
    ),
    "plank": Pose(
        arms=Arm((0.06, -1, 0.1), None, _PALM_DOWN, (0.05, 0, 1), planted=True),
        legs=Leg((0.06, -0.24, -0.97), foot=on_ball(out=0, heel=70)),
        pelvis=lean(forward=76),
        chest=lean(forward=75),
        head=lean(forward=65),
    ),
    "cobra": Pose(
        arms=Arm((0.55, -0.8, -0.15), (0.0, -0.9, 0.35), _PALM_DOWN, (0.4, 0, 1), planted=True),
        legs=Leg((0.08, -0.02, -1), foot=on_instep()),
        pelvis=lean(forward=75),
        chest=lean(forward=38),
        head=lean(forward=8),
        rests=Rest.BELLY,
    ),
    "boat": Pose(
        arms=Arm((0.25, 0.03, 1), palm=_PALM_IN),
        legs=Leg((0.06, 0.62, 0.78), foot=in_air(pointed=35)),
        pelvis=lean(forward=-38),
        chest=lean(forward=-25),
        head=lean(forward=-5),
        rests=Rest.SEAT,
    ),
    "half moon": Pose(
        arms=(Arm((0.1, -1, 0.1), palm=(0, 0, -1)), Arm((-0.05, 1, 0), palm=_PALM_FORWARD)),
        legs=(
            Leg((0.02, -1, 0), foot=flat(out=75)),
            Leg((1, 0.05, 0), foot=in_air(pointed=10), knee=(0, 0, 1)),
        ),
        pelvis=lean(right=-68),
        chest=lean(right=-98),
        head=lean(right=-90),
    ),
    "low lunge": Pose(
        arms=Arm((0.15, 1, 0), palm=_PALM_IN),
        legs=(
            Leg((0.05, -0.35, 0.94), (0, -1, 0.02), flat(out=0)),
            Leg((0.06, -0.85, -0.5), (0, -0.02, -1), on_instep(), kneels=True),
        ),
        pelvis=lean(forward=-2),
        chest=lean(forward=-14),
        head=lean(forward=-22),
    ),
    "cow": Pose(
        arms=Arm((0.05, -1, 0), None, _PALM_DOWN, (0.05, 0, 1), planted=True),
        legs=Leg((0.1, -1, 0.02), (0, -0.02, -1), on_instep(), kneels=True),
        pelvis=lean(forward=100),
        chest=lean(forward=80),
        head=lean(forward=45),
    ),
}
