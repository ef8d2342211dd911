"""Poses of yoga."""

from __future__ import annotations

from .rotations import lean
from .terms import Arm, Leg, Pose, Rest, flat, in_air, on_ball, on_instep

POSES = {
    "warrior 2": Pose(
        arms=Arm((1, 0.02, 0.02), palm=(0, -1, 0)),
        legs=(
            Leg((0.85, -0.5, 0.12), (0.02, -1, 0), flat(out=85)),
            Leg((0.72, -0.7, -0.05), foot=flat(out=15)),
        ),
        head=lean(left_turn=65),
    ),
    "warrior 1": Pose(
        arms=Arm((0.15, 1, 0.1), palm=(-1, 0, 0)),
        legs=(
            Leg((0.05, -0.45, 0.9), (0, -1, -0.02), flat(out=0)),
            Leg((0.12, -0.75, -0.65), foot=flat(out=45)),
        ),
        head=lean(forward=-15),
    ),
    "triangle": Pose(
        arms=(
            Arm((0.35, -0.93, 0.1), palm=(0, 0, 1)),
            Arm((-0.2, 1, 0), palm=(0, 0, 1)),
        ),
        legs=(
            Leg((0.62, -0.8, 0), foot=flat(out=80)),
            Leg((0.55, -0.83, 0), foot=flat(out=10)),
        ),
        pelvis=lean(right=-35),
        chest=lean(right=-72),
        head=lean(right=-70),
    ),
    "downward dog": Pose(
        arms=Arm((0.12, -0.62, 0.78), palm=(0, -1, 0), fingers=(0.1, 0, 1), planted=True),
        legs=Leg((0.1, -0.8, -0.6), (0.05, -0.85, -0.52), flat(out=0)),
        pelvis=lean(forward=122),
        chest=lean(forward=128),
        head=lean(forward=150),
    ),
    "chair": Pose(
        arms=Arm((0.15, 0.8, 0.55), palm=(-1, 0, 0)),
        legs=Leg((0.05, -0.4, 0.9), (0.02, -0.95, -0.35), flat(out=3)),
        pelvis=lean(forward=38),
        chest=lean(forward=30),
        head=lean(forward=15),
    ),
    "plank": Pose(
        arms=Arm((0.1, -1, 0.15), palm=(0, -1, 0), fingers=(0.05, 0, 1), planted=True),
        legs=Leg((0.06, -0.22, -0.97), foot=on_ball(out=0, heel=70)),
        pelvis=lean(forward=76),
        chest=lean(forward=75),
        head=lean(forward=62),
    ),
    "cobra": Pose(
        arms=Arm((0.18, -0.9, -0.2), (0.05, -0.9, 0.35), (0, -1, 0), (0, 0, 1), planted=True),
        legs=Leg((0.08, -0.03, -1), foot=on_instep()),
        pelvis=lean(forward=75),
        chest=lean(forward=30),
        head=lean(forward=5),
        rests=Rest.BELLY,
    ),
    "boat": Pose(
        arms=Arm((0.1, 0.05, 1), palm=(-1, 0, 0)),
        legs=Leg((0.06, 0.65, 0.76), foot=in_air(pointed=35)),
        pelvis=lean(forward=-38),
        chest=lean(forward=-25),
        head=lean(forward=-5),
        rests=Rest.SEAT,
    ),
}
