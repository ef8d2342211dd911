"""How far joints go, in degrees.

Where one range is given by several sources, it is the widest, since the people here are trained:
yoga, dance and HIIT need ranges near the end of what is healthy.

- AAOS: American Academy of Orthopaedic Surgeons, Joint Motion: Method of Measuring and Recording,
  1965; the same values stand in the tables of most textbooks.
- Kapandji: The Physiology of the Joints, volume 3, for the spine and the neck as a whole.
- Soucie et al.: Range of motion measurements, Haemophilia 17, 2011: how much healthy people
  overstretch knees and elbows, and how far knees bend.
- Bennell et al., Australian Journal of Physiotherapy 44, 1998: the ankle in a lunge on the floor.
- Steinberg et al., American Journal of Sports Medicine 34, 2006: the hips and feet of dancers.
"""

from __future__ import annotations

import math

LIMITS_DEG: dict[str, tuple[float, float]] = {
    "spine turn": (-50, 50),  # Kapandji: 35 + 5 on each side; a tenth more with the shoulders
    "spine forward": (-60, 88),  # Kapandji: extension 60, flexion 105
    "spine side": (-45, 45),  # Kapandji: 40 on each side
    "neck turn": (-85, 85),  # Kapandji: 80 to 90
    "neck forward": (-75, 60),  # Kapandji: together 130, more of it backward
    "neck side": (-45, 45),  # AAOS, Kapandji
    "shoulder behind": (-90, 60),  # AAOS: extension 60
    "shoulder across": (-90, 50),  # AAOS: 135 across the chest from the side
    "shoulder rotation": (-80, 100),  # AAOS: 70 inward, 90 outward, and the shoulder blade's part
    "elbow bend": (-5, 150),  # AAOS: 150; Soucie: overstretched by 5
    "forearm pronation": (-90, 90),  # AAOS: 80 each, and the wrist's own part
    "wrist bend": (-90, 80),  # AAOS: 80 and 70; a push-up bends it back by 90
    "wrist side": (-35, 35),  # AAOS: 20 and 30
    "hip forward": (-40, 135),  # AAOS: 30 and 120; Steinberg: dancers
    "hip out": (-35, 80),  # AAOS: 45; Steinberg: dancers
    "hip rotation": (-50, 85),  # AAOS: 45; Steinberg: dancers outward
    "knee bend": (-8, 155),  # AAOS: 135; Soucie: up to 150, heel on seat; overstretched by 5
    "ankle pointed": (-48, 85),  # Bennell: lunge 45; Steinberg: dancers
    "ankle turn": (-40, 40),  # AAOS: the foot turns by 35 in and 15 out below the ankle
    "ankle side": (-38, 38),  # AAOS: inversion 35
    "toes bend": (-45, 85),  # AAOS: great toe 70; standing on the ball
}

# Beyond this much to the side, whether a thigh points forward or backward has no meaning.
HIP_FORWARD_UNTIL_OUT_DEG = 70.0


def clipped(joint: str, angle_deg: float) -> float:
    """Return the angle, or the end of the joint's range that is nearer."""
    low, high = LIMITS_DEG[joint]
    return min(high, max(low, angle_deg))


def excess_deg(joint: str, angle_deg: float) -> float:
    """Return how far an angle is out of its range, at least 0; the joint may begin with a side."""
    joint = joint.removeprefix("left ").removeprefix("right ")
    return math.fabs(angle_deg - clipped(joint, angle_deg))
