"""A person without a pose yet: bones, surfaces and landmarks, made from a shape."""

from __future__ import annotations

from dataclasses import dataclass

from .landmarks import landmarks_m
from .mesh import FloatArray, mesh
from .rig import BonePose, rig_of
from .shape import Shape, shaped_vertices_m
from .skinning import skin_weights, skinned_m
from .surface import Part, grown, part_of

TIGHTS_THICKNESS_M = 0.006


@dataclass(frozen=True)
class PosedBody:
    """A body in a pose: the vertices of its parts (V, 3), and its landmarks (33, 3), in metres."""

    vertices_m: dict[str, FloatArray]
    landmarks_m: FloatArray
    pose: BonePose


class Body:
    """A body at rest: it stands on the floor (y = 0), faces +z, and its left is +x.

    `rig` are its bones and `parts` its surfaces, which are named "skin", "left_eye", "right_eye",
    "clothes" and "hair".
    """

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.mesh_m = standing_m(shaped_vertices_m(shape))
        self.rig = rig_of(self.mesh_m)
        self.parts = {
            "skin": self._part("skin"),
            "left_eye": self._part("left_eye"),
            "right_eye": self._part("right_eye"),
            "clothes": grown(self._part("tights"), TIGHTS_THICKNESS_M),
            "hair": self._part("hair"),
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


def standing_m(vertices_m: FloatArray) -> FloatArray:
    """Return the vertices after the body is lifted so that its soles touch the floor at y = 0."""
    lowest_m = vertices_m[mesh().triangles["skin"], 1].min()
    return vertices_m - [0, lowest_m, 0]
