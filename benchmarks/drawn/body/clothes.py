"""Clothes, which are cut from `cloth`: the tights or the skirt of MakeHuman's mesh."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .cut import cut
from .regions import Regions, regions
from .surface import Part, grown

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
    ease_m: float
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
    ease_m: float
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
    ease_m: float
    cloth: str = "tights"

    def inside(self, at: Regions) -> FloatArray:
        """Return where the shoes are (positive), (V,)."""
        return at.down_leg - self.cuff

    def thickness_m(self, at: Regions) -> FloatArray:
        """Return how far they are from the skin, (V,)."""
        return np.full_like(at.down_leg, self.ease_m)


Garment = Top | Bottom | Shoes

TOPS = {
    "t_shirt": Top(sleeve=0.3, hem=0.08, collar=0.15, ease_m=0.012, flare_m=0.016),
    "tank_top": Top(sleeve=0.05, hem=0.1, collar=0.2, arm_hole=0.1, ease_m=0.014, flare_m=0.004),
    "long_sleeves": Top(sleeve=0.96, hem=0.08, collar=0.17, ease_m=0.009, flare_m=0.004),
    "jumper": Top(sleeve=0.97, hem=0.05, collar=0.15, ease_m=0.016, flare_m=0.016),
    "sports_bra": Top(sleeve=0.04, hem=0.58, collar=0.19, arm_hole=0.12, ease_m=0.01),
    "crop_top": Top(sleeve=0.14, hem=0.42, collar=0.18, ease_m=0.008, flare_m=0.004),
}
BOTTOMS = {
    "leggings": Bottom(waist=0.26, length=0.96, ease_m=0.005),
    "capris": Bottom(waist=0.26, length=0.72, ease_m=0.005),
    "cycling_shorts": Bottom(waist=0.24, length=0.36, ease_m=0.005),
    "shorts": Bottom(waist=0.22, length=0.4, ease_m=0.009, flare_m=0.022),
    "trousers": Bottom(waist=0.22, length=0.98, ease_m=0.008, flare_m=0.024),
    "skirt": Bottom(waist=0.22, length=0.36, ease_m=0.004, cloth="skirt"),
}
SHOES = {
    "trainers": Shoes(cuff=0.96, ease_m=0.008),
    "boots": Shoes(cuff=0.84, ease_m=0.008),
    "socks": Shoes(cuff=0.88, ease_m=0.003),
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
