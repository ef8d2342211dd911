"""A person without a pose yet: bones, surfaces and landmarks, from a shape and what is worn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .clothes import Outfit, sewn, uncovered
from .hair import STYLES, hair_of
from .head import head_of
from .landmarks import landmarks_m
from .mesh import FloatArray, mesh
from .rig import BonePose, rest_pose, rig_of
from .shape import Shape, standing_vertices_m
from .skinning import skin_weights, skinned_m
from .surface import Part, part_of

if TYPE_CHECKING:
    from .clothes import Garment


@dataclass(frozen=True)
class PosedBody:
    """A body in a pose: the vertices of its parts (V, 3), and its landmarks (33, 3), in metres."""

    vertices_m: dict[str, FloatArray]
    landmarks_m: FloatArray
    pose: BonePose


class Body:
    """A body at rest: it stands on the floor (y = 0), faces +z, and its left is +x.

    `rig` are its bones and `parts` its surfaces: "skin", "left_eye" and "right_eye", and what it
    has of "hair", "top", "bottom" and "shoes". Clothes are cut to their edges, and the triangles of
    the skin that they hide are left out (but none of its vertices).
    """

    def __init__(
        self, shape: Shape, outfit: Outfit | None = None, hair: str | None = "short"
    ) -> None:
        """Make a body. `hair` is a name of `hair.STYLES`, or None for a bald head."""
        self.shape = shape
        self.outfit = outfit or Outfit()
        self.hair = hair
        self._vertices_m = standing_vertices_m(shape)
        self.rig = rig_of(self._vertices_m)
        self.parts = self._parts()

    @property
    def height_m(self) -> float:
        """Return how tall the body is, without its hair."""
        return float(self.parts["skin"].rest_m[:, 1].max())

    def posed(self, pose: BonePose) -> PosedBody:
        """Return the body in a pose."""
        vertices_m = {
            name: skinned_m(part.rest_m, part.weights, self.rig, pose)
            for name, part in self.parts.items()
        }
        return PosedBody(vertices_m, self._landmarks_m(pose), pose)

    def _parts(self) -> dict[str, Part]:
        garments = self.outfit.garments()
        skin = self._part("skin")
        parts = {
            "skin": uncovered(skin, list(garments.values()), self.rig),
            "left_eye": self._part("left_eye"),
            "right_eye": self._part("right_eye"),
        }
        if self.hair:
            head = head_of(self._landmarks_m(rest_pose(self.rig)))
            style = STYLES[self.hair]
            parts["hair"] = hair_of(style, skin, self._part("hair"), head, self.rig)
        return parts | {name: self._sewn(garment) for name, garment in garments.items()}

    def _part(self, name: str) -> Part:
        return part_of(self._vertices_m, mesh().triangles[name], skin_weights())

    def _sewn(self, garment: Garment) -> Part:
        return sewn(garment, self._part(garment.cloth), self.rig)

    def _landmarks_m(self, pose: BonePose) -> FloatArray:
        return landmarks_m(self._vertices_m, self.rig, pose)
