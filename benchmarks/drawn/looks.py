"""How people look: the materials of the parts of a body."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.skeleton import PoseLandmark

from .body import rest_pose
from .picture.materials import ANY, color, linear, pair
from .picture.mesh import Material
from .picture.textures import CLOTHS

if TYPE_CHECKING:
    from .body import Body
    from .body.anybody import Look

_CROWN_M = np.array((0.0, 0.12, -0.1))  # from the eyes to where hair grows in a whorl


def materials_of(body: Body, look: Look, rng: np.random.Generator) -> dict[str, Material]:
    """Return the materials of the parts of a body, by their names.

    Faces are painted on the body at rest, where its landmarks are.
    """
    landmarks_m = body.posed(rest_pose(body.rig)).landmarks_m
    left_eye_m, right_eye_m = landmarks_m[[PoseLandmark.LEFT_EYE, PoseLandmark.RIGHT_EYE]]
    left_m, right_m = landmarks_m[[PoseLandmark.MOUTH_LEFT, PoseLandmark.MOUTH_RIGHT]]
    crown_m = (left_eye_m + right_eye_m) / 2 + _CROWN_M
    red, green, blue = look.skin_rgb
    is_bearded = body.shape.gender > 0.5 and body.shape.age > 0.4
    skin = Material(
        "skin",
        {
            "skin_rgb": look.skin_rgb,
            "brow_rgb": tuple(0.7 * value for value in look.hair_rgb),
            "lip_rgb": (0.75 * red, 0.45 * green, 0.5 * blue),
            "left_eye_m": tuple(left_eye_m),
            "right_eye_m": tuple(right_eye_m),
            "mouth_m": tuple((left_m + right_m) / 2),
            "mouth_width_m": float(left_m[0] - right_m[0]),
            "stubble": rng.uniform(0, 0.6) if is_bearded else 0.0,
        },
    )
    materials = {
        "skin": skin,
        "left_eye": _eye(left_eye_m, look),
        "right_eye": _eye(right_eye_m, look),
        "hair": Material("hair", {"hair_rgb": look.hair_rgb, "crown_m": tuple(crown_m)}),
    }
    return materials | {garment: _cloth(rng) for garment in ("top", "bottom", "shoes")}


def _eye(pupil_m: np.ndarray, look: Look) -> Material:
    return Material("eye", {"pupil_m": tuple(pupil_m), "iris_rgb": look.iris_rgb})


def _cloth(rng: np.random.Generator) -> Material:
    """Return dyed or printed cloth."""
    tint = linear(color(rng))
    if rng.random() < 0.7:
        return Material("cloth", {"tint": tint, "patterned": 0.0, "pattern_m": 1.0})
    pattern = CLOTHS[int(rng.integers(len(CLOTHS)))]
    values = {"tint": tint, "patterned": 1.0, "pattern_m": rng.uniform(0.25, 0.8)}
    return Material("cloth", values, pattern(rng, *pair(rng, ANY)))
