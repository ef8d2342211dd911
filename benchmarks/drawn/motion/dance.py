"""Moments of dance."""

from __future__ import annotations

from .rotations import lean
from .terms import HANG, Arm, Leg, Pose, Rest, flat, in_air, on_ball

POSES = {
    "arabesque": Pose(
        arms=(
            Arm((0.85, 0.05, -0.3), palm=(0, -1, 0)),
            Arm((-0.1, 0.3, 1), palm=(0, -1, 0)),
        ),
        legs=(
            Leg((0.1, -0.05, -1), foot=in_air(pointed=70), knee=(0.8, -0.6, 0)),
            Leg((-0.02, -1, 0.02), foot=flat(out=25)),
        ),
        pelvis=lean(forward=52),
        chest=lean(forward=12),
        head=lean(forward=-8),
    ),
    "plie": Pose(
        arms=Arm((0.9, -0.15, 0.35), (0.75, -0.3, 0.55)),
        legs=Leg((0.8, -0.5, 0.25), (0.02, -1, 0), flat(out=60)),
    ),
    "attitude": Pose(
        arms=(
            Arm((0.4, 0.85, 0.2), (-0.35, 1, 0.2)),
            Arm((0.9, 0.05, 0.3), (0.7, -0.1, 0.55)),
        ),
        legs=(
            Leg((0.55, -0.35, -0.75), (-0.65, -0.05, -0.75), in_air(pointed=60)),
            Leg((0, -1, 0.02), foot=flat(out=30)),
        ),
        pelvis=lean(forward=25, right=5),
        chest=lean(left_turn=8, forward=-5),
    ),
    "grand jete": Pose(
        arms=(
            Arm((0.35, 0.15, 0.9), palm=(0, -1, 0)),
            Arm((0.95, 0.15, -0.2), palm=(0, -1, 0)),
        ),
        legs=(
            Leg((0.08, 0.02, 1), foot=in_air(pointed=65)),
            Leg((0.1, -0.2, -1), foot=in_air(pointed=65)),
        ),
        pelvis=lean(forward=35),
        chest=lean(forward=-4),
        jump=0.35,
    ),
    "hip hop": Pose(
        arms=(
            Arm((0.6, -0.6, 0.5), (-0.3, 0.25, 0.9)),
            Arm((0.95, 0.2, 0.2), (0.25, 0.95, 0.25)),
        ),
        legs=(
            Leg((0.45, -0.65, 0.6), (0.08, -0.95, -0.3), flat(out=25)),
            Leg((0.5, -0.75, 0.35), (0.08, -0.95, -0.3), flat(out=30)),
        ),
        pelvis=lean(left_turn=15, forward=18),
        chest=lean(left_turn=-12, forward=26, right=8),
        head=lean(left_turn=-5, forward=8),
    ),
    "disco": Pose(
        arms=(
            Arm((0.55, 0.82, 0.1)),
            Arm((0.6, -0.8, -0.1), (-0.2, -0.6, 0.75)),
        ),
        legs=(
            Leg((0.3, -0.95, 0.08), foot=flat(out=20)),
            Leg((0.15, -0.95, 0.25), (0.1, -0.95, -0.3), on_ball(out=25, heel=35)),
        ),
        pelvis=lean(right=6),
        chest=lean(left_turn=12, right=-5),
        head=lean(left_turn=30, forward=-10),
    ),
    "high kick": Pose(
        arms=(
            Arm((0.95, 0.2, 0.1), palm=(0, -1, 0)),
            Arm((0.95, 0.2, 0.1), palm=(0, -1, 0)),
        ),
        legs=(
            Leg((0.12, 0.55, 0.85), foot=in_air(pointed=60)),
            Leg((0, -1, -0.05), foot=flat(out=25)),
        ),
        pelvis=lean(forward=-18),
        chest=lean(forward=-2),
    ),
    "contraction": Pose(
        arms=Arm((0.55, -0.15, 0.85), (-0.25, -0.1, 0.95)),
        legs=Leg((0.18, -0.85, 0.45), (0.05, -0.9, -0.35), flat(out=12)),
        pelvis=lean(forward=-10),
        chest=lean(forward=45),
        head=lean(forward=65),
    ),
    "side lunge": Pose(
        arms=(
            Arm((0.65, 0.75, 0.15)),
            Arm((0.35, 0.95, 0.1), (-0.3, 0.95, 0.1)),
        ),
        legs=(
            Leg((0.8, -0.55, 0.25), (0.02, -1, -0.05), flat(out=45)),
            Leg((0.65, -0.75, 0.02), foot=flat(out=20)),
        ),
        chest=lean(right=-20),
    ),
    "pirouette": Pose(
        arms=Arm((0.5, -0.35, 0.75), (-0.65, -0.1, 0.7)),
        legs=(
            Leg((0.72, -0.45, 0.4), (-0.62, -0.72, -0.28), in_air(pointed=65)),
            Leg((0, -1, 0), foot=on_ball(out=20, heel=50)),
        ),
        head=lean(left_turn=30),
    ),
    "floor recline": Pose(
        arms=(
            Arm((0.55, -0.85, -0.3), palm=(0, -1, 0), fingers=(0.8, 0, -0.4), planted=True),
            Arm((0.45, 0.85, 0.25)),
        ),
        legs=(
            Leg((0.3, 0.4, 0.85), (-0.05, -0.9, 0.45), flat(out=5)),
            Leg((0.3, 0.1, 1), foot=in_air(pointed=60)),
        ),
        pelvis=lean(forward=-32, right=-4),
        chest=lean(left_turn=12, forward=-36, right=-20),
        head=lean(left_turn=-20, forward=-25),
        rests=Rest.SEAT,
    ),
    "cambre": Pose(
        arms=Arm((0.35, 0.92, 0.05), (-0.05, 0.9, -0.35)),
        legs=Leg((0.12, -1, 0.08), foot=flat(out=35)),
        pelvis=lean(forward=-5),
        chest=lean(forward=-36),
        head=lean(forward=-60),
    ),
    "body roll": Pose(
        arms=HANG,
        legs=Leg((0.15, -0.9, 0.4), (0.05, -0.95, -0.28), flat(out=12)),
        pelvis=lean(forward=-12),
        chest=lean(forward=-20),
        head=lean(forward=-35),
    ),
}
