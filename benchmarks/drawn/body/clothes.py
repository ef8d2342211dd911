"""Clothes, which are cut from `cloth`: the tights or the skirt of MakeHuman's mesh."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .regions import Regions, regions
from .surface import Part, cut, grown

if TYPE_CHECKING:
    from .mesh import FloatArray
    from .rig import Rig

# How deep one sees into a garment, for each metre between it and the skin. The skin goes on so far.
DEPTH_SEEN = 8.0


@dataclass(frozen=True)
class Top:
    """What is worn over the chest.

    `sleeve` goes from the shoulder (0) to the wrist (1), `hem` from the hips (0) to the shoulders
    (1). `collar` and `arm_hole` are the distances of the edges from neck and shoulder, as parts of
    the trunk. The cloth is `ease_m` away from the skin, and `flare_m` more at the hem and at the
    ends of the sleeves.
    """

    sleeve: float
    hem: float
    collar: float
    ease_m: float = 0.008
    flare_m: float = 0.0
    arm_hole: float = -1.0  # there is a sleeve
    cloth: str = "tights"

    def inside(self, at: Regions) -> FloatArray:
        """Return where the garment is (positive), (V,)."""
        ends = (
            self.sleeve - at.down_arm,
            at.up_trunk - self.hem,
            at.from_neck - self.collar,
            at.from_shoulder - self.arm_hole,
        )
        return np.minimum.reduce(ends)

    def thickness_m(self, at: Regions) -> FloatArray:
        """Return how far the cloth is from the skin, (V,)."""
        loose = np.maximum(1 - at.up_trunk, at.down_arm / self.sleeve)
        return self.ease_m + self.flare_m * np.clip(loose, 0, 1)


@dataclass(frozen=True)
class Bottom:
    """What is worn over the hips.

    `waist` goes from the hips (0) to the shoulders (1), and `length` from the hips (0) to the
    ankles (1). The cloth is `ease_m` away from the skin, and `flare_m` more at the end of the legs.
    """

    waist: float
    length: float
    ease_m: float = 0.005
    flare_m: float = 0.0
    cloth: str = "tights"

    def inside(self, at: Regions) -> FloatArray:
        """Return where the garment is (positive), (V,)."""
        return np.minimum(self.waist - at.up_trunk, self.length - at.down_leg)

    def thickness_m(self, at: Regions) -> FloatArray:
        """Return how far the cloth is from the skin, (V,)."""
        return self.ease_m + self.flare_m * np.clip(at.down_leg / self.length, 0, 1)


@dataclass(frozen=True)
class Shoes:
    """What is worn on the feet, up to `cuff`, which goes from the hips (0) to the ankles (1)."""

    cuff: float
    ease_m: float = 0.008
    cloth: str = "tights"

    def inside(self, at: Regions) -> FloatArray:
        """Return where the shoes are (positive), (V,)."""
        return at.down_leg - self.cuff

    def thickness_m(self, at: Regions) -> FloatArray:
        """Return how far they are from the skin, (V,)."""
        return np.full_like(at.down_leg, self.ease_m)


Garment = Top | Bottom | Shoes

TOPS = {
    "t_shirt": Top(0.3, 0.08, 0.15, 0.012, 0.016),
    "tank_top": Top(0.05, 0.10, 0.20, 0.014, 0.004, arm_hole=0.10),
    "long_sleeves": Top(0.96, 0.08, 0.17, 0.009, 0.004),
    "jumper": Top(0.97, 0.05, 0.15, 0.016, 0.016),
    "sports_bra": Top(0.04, 0.58, 0.19, 0.010, arm_hole=0.12),
    "crop_top": Top(0.14, 0.42, 0.18, 0.008, 0.004),
}
BOTTOMS = {
    "leggings": Bottom(0.26, 0.96),
    "capris": Bottom(0.26, 0.72),
    "cycling_shorts": Bottom(0.24, 0.36),
    "shorts": Bottom(0.22, 0.40, 0.009, 0.022),
    "trousers": Bottom(0.22, 0.98, 0.008, 0.024),
    "skirt": Bottom(0.22, 0.36, 0.004, 0.0, "skirt"),
}
SHOES = {
    "trainers": Shoes(0.96),
    "boots": Shoes(0.84),
    "socks": Shoes(0.88, 0.003),
}


@dataclass(frozen=True)
class Outfit:
    """What somebody wears, by names of `TOPS`, `BOTTOMS` and `SHOES`; None is the bare skin."""

    top: str | None = "t_shirt"
    bottom: str | None = "leggings"
    shoes: str | None = "trainers"

    def garments(self) -> dict[str, Garment]:
        """Return what is worn, by the names of the parts of a body."""
        worn: dict[str, Garment] = {}
        if self.top:
            worn["top"] = TOPS[self.top]
        if self.bottom:
            worn["bottom"] = BOTTOMS[self.bottom]
        if self.shoes:
            worn["shoes"] = SHOES[self.shoes]
        return worn


def sewn(garment: Garment, cloth: Part, rig: Rig) -> Part:
    """Return a garment, cut from a cloth that covers more of the body than the garment does."""
    at = regions(cloth, rig)
    loose = grown(cloth, garment.thickness_m(at))
    above_floor_m = np.maximum(loose.rest_m, [-np.inf, 0, -np.inf])
    return cut(Part(above_floor_m, loose.triangles, loose.weights), garment.inside(at))


def uncovered(skin: Part, garments: list[Garment], rig: Rig) -> Part:
    """Return the skin without the triangles that clothes hide.

    All vertices stay. What is left out can never show through the clothes, however they bend. A
    skirt hides nothing, because one may look under it.
    """
    at = regions(skin, rig)
    hidden = np.zeros(len(skin.rest_m), bool)
    for garment in garments:
        if garment.cloth != "skirt":
            hidden |= garment.inside(at) > DEPTH_SEEN * garment.thickness_m(at)
    seen = ~hidden[skin.triangles].all(1)
    return Part(skin.rest_m, skin.triangles[seen], skin.weights)
