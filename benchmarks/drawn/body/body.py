"""A person without a pose yet: bones, surfaces and landmarks, made from a shape."""

from __future__ import annotations

from dataclasses import dataclass

from .clothes import Garment, Outfit, sewn, uncovered
from .landmarks import landmarks_m
from .mesh import FloatArray, mesh
from .rig import BonePose, rig_of
from .shape import Shape, shaped_vertices_m
from .skinning import skin_weights, skinned_m
from .surface import Part, part_of


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

    def __init__(self, shape: Shape, outfit: Outfit | None = None) -> None:
        self.shape = shape
        self.outfit = outfit or Outfit()
        self.mesh_m = standing_m(shaped_vertices_m(shape))
        self.rig = rig_of(self.mesh_m)
        garments = self.outfit.garments()
        self.parts = {
            "skin": uncovered(self._part("skin"), list(garments.values()), self.rig),
            "left_eye": self._part("left_eye"),
            "right_eye": self._part("right_eye"),
            "hair": self._part("hair"),
            **{name: self._sewn(garment) for name, garment in garments.items()},
        }

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
        return PosedBody(vertices_m, landmarks_m(self.mesh_m, self.rig, pose), pose)

    def _part(self, name: str) -> Part:
        return part_of(self.mesh_m, mesh().triangles[name], skin_weights())

    def _sewn(self, garment: Garment) -> Part:
        return sewn(garment, self._part(garment.cloth), self.rig)


def standing_m(vertices_m: FloatArray) -> FloatArray:
    """Return the vertices after the body is lifted so that its soles touch the floor at y = 0."""
    lowest_m = vertices_m[mesh().triangles["skin"], 1].min()
    return vertices_m - [0, lowest_m, 0]
