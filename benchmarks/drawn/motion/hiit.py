"""Moments of high-intensity interval training."""

from __future__ import annotations

from .rotations import lean
from .terms import Arm, Leg, Near, Pose, Rest, flat, in_air, on_ball

_PALM_DOWN = (0, -1, 0)

POSES = {
    "squat": Pose(
        arms=Arm((0.1, 0, 1), palm=_PALM_DOWN),
        legs=Leg((0.42, -0.28, 0.9), (-0.05, -0.92, -0.42), flat(out=20)),
        pelvis=lean(forward=32),
        chest=lean(forward=26),
        head=lean(forward=5),
    ),
    "lunge": Pose(
        arms=(
            Arm((0.5, -0.95, -0.2), (-0.1, 0.05, 0.95)),
            Arm((0.45, -0.95, 0.3), (-0.1, 0.6, 0.8)),
        ),
        legs=(
            Leg((0.06, -0.25, 0.97), (0.01, -1, 0), flat(out=3)),
            Leg((0.06, -0.97, -0.2), (0, -0.3, -0.95), on_ball(out=0, heel=65)),
        ),
        chest=lean(forward=5),
    ),
    "jumping jack": Pose(
        arms=Arm((0.6, 0.8, 0.05), (0.4, 0.9, 0.1)),
        legs=Leg((0.42, -0.9, 0.03), (0.42, -0.9, -0.05), in_air(pointed=40)),
        jump=0.1,
    ),
    "push-up": Pose(
        arms=Arm((0.72, -0.2, -0.55), (-0.1, -1, 0.1), _PALM_DOWN, (0, 0, 1), planted=True),
        legs=Leg((0.06, -0.08, -1), foot=on_ball(out=0, heel=75)),
        pelvis=lean(forward=84),
        chest=lean(forward=84),
        head=lean(forward=70),
    ),
    "mountain climber": Pose(
        arms=Arm((0.1, -1, 0.1), None, _PALM_DOWN, (0.05, 0, 1), planted=True),
        legs=(
            Leg((0.2, -0.33, 0.92), (0.06, -0.15, -1), in_air(pointed=40)),
            Leg((0.06, -0.3, -0.95), foot=on_ball(out=0, heel=70)),
        ),
        pelvis=lean(forward=72),
        chest=lean(forward=74),
        head=lean(forward=55),
    ),
    "high knees": Pose(
        arms=(
            Arm((0.4, -0.85, -0.5), (0.0, 0.3, 0.95)),
            Arm((0.3, -0.85, 0.5), (-0.1, 0.65, 0.75)),
        ),
        legs=(
            Leg((0.08, 0.05, 1), (0.03, -1, -0.1), in_air(pointed=10)),
            Leg((0.02, -1, 0.02), foot=on_ball(out=3, heel=35)),
        ),
    ),
    "burpee jump": Pose(
        arms=Arm((0.18, 1, 0.05), (0.08, 1, 0.05)),
        legs=Leg((0.08, -1, 0.08), (0.06, -1, -0.12), in_air(pointed=50)),
        jump=0.25,
    ),
    "sit-up": Pose(
        arms=Arm(
            (0.85, 0.3, 0.35),
            (-0.5, 0.6, -0.6),
            palm=(-1, 0, 0),
            fingers=(0, 0.6, -0.8),
            wrist=Near("head", (0.24, 0.1, 0.03)),
        ),
        legs=Leg((0.12, 0.62, 0.75), (0.05, -0.78, 0.6), flat(out=3)),
        pelvis=lean(forward=-40),
        chest=lean(forward=-5),
        head=lean(forward=15),
        rests=Rest.SEAT,
    ),
    "punch": Pose(
        arms=(
            Arm((0.5, -0.85, 0.35), (-0.3, 0.75, 0.55)),
            Arm((-0.1, 0.05, 1), palm=_PALM_DOWN),
        ),
        legs=(
            Leg((0.2, -0.85, 0.45), (0.05, -0.98, -0.15), flat(out=0)),
            Leg((0.25, -0.93, -0.3), (0.08, -0.9, -0.45), on_ball(out=40, heel=30)),
        ),
        pelvis=lean(left_turn=10),
        chest=lean(left_turn=30, forward=8),
        head=lean(forward=5),
    ),
    "side lunge": Pose(
        arms=Arm((0.35, -0.55, 0.75), (-0.55, 0.45, 0.7)),
        legs=(
            Leg((0.75, -0.35, 0.6), (0.0, -0.92, -0.35), flat(out=30)),
            Leg((0.65, -0.75, 0.02), foot=flat(out=8)),
        ),
        pelvis=lean(forward=32),
        chest=lean(forward=30),
        head=lean(forward=5),
    ),
    "glute bridge": Pose(
        arms=Arm((0.4, -0.15, 0.9), None, _PALM_DOWN, (0.4, 0, 1), planted=True),
        legs=Leg((0.15, 0.25, 0.95), (0.02, -1, 0.05), flat(out=5)),
        pelvis=lean(forward=-115),
        chest=lean(forward=-108),
        head=lean(forward=-85),
        rests=Rest.BACK,
    ),
    "skater": Pose(
        arms=(
            Arm((-0.1, -0.7, 0.7), (-0.45, -0.5, 0.7)),
            Arm((0.6, -0.3, -0.6), (0.5, 0.05, -0.8)),
        ),
        legs=(
            Leg((0.25, -0.72, 0.62), (0.05, -0.95, -0.35), flat(out=5)),
            Leg((-0.35, -0.8, -0.5), (-0.25, -0.25, -0.95), in_air(pointed=30)),
        ),
        pelvis=lean(left_turn=8, forward=35),
        chest=lean(left_turn=-12, forward=42),
        head=lean(forward=12),
    ),
    "squat jump": Pose(
        arms=Arm((0.4, -0.9, -0.3), (0.3, -0.95, -0.2)),
        legs=Leg((0.15, -0.75, 0.65), (0.08, -0.85, -0.5), in_air(pointed=35)),
        pelvis=lean(forward=15),
        chest=lean(forward=10),
        head=lean(forward=0),
        jump=0.2,
    ),
}
