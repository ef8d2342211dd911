"""People: a body, how it looks, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from .body import normals
from .body.anybody import any_body, any_look
from .looks import materials_of
from .picture.mesh import Mesh
from .segments import segments_of_landmarks, segments_of_triangles
from .visibility import Surface, reach_m

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .body import Body, BonePose, PosedBody
    from .picture.mesh import Material

    Float64 = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Person:
    """A body and how it looks.

    Attributes:
        body: without a pose.
        materials: of the parts of the body, by their names.
    """

    body: Body
    materials: dict[str, Material]

    @cached_property
    def segments(self) -> dict[str, NDArray[np.int32]]:
        """The segment of each triangle, (T,), by the names of the parts."""
        parts = self.body.parts.items()
        return {name: segments_of_triangles(part, self.body.rig) for name, part in parts}

    def posed(self, pose: BonePose, number: int) -> PosedPerson:
        """Return the person in a pose, as the one with this number, from 1, in the image."""
        return PosedPerson(self, self.body.posed(pose), number)


@dataclass(frozen=True, eq=False)
class PosedPerson:
    """A person in a pose, in world space.

    Attributes:
        person: who it is.
        posed: the vertices and the landmarks.
        number: of the person in the image, from 1.
    """

    person: Person
    posed: PosedBody
    number: int

    @property
    def landmarks_m(self) -> Float64:
        """(33, 3) in world space."""
        return self.posed.landmarks_m

    @property
    def skin_m(self) -> Float64:
        """(V, 3) the vertices of the skin in world space."""
        return self.posed.vertices_m["skin"]

    @cached_property
    def surfaces(self) -> dict[str, Surface]:
        """The surfaces that a line of sight may meet, by the names of the parts."""
        segments, vertices_m = self.person.segments, self.posed.vertices_m
        return {
            name: Surface(vertices_m[name], part.triangles, segments[name], self.number)
            for name, part in self.person.body.parts.items()
        }

    @cached_property
    def reach_m(self) -> Float64:
        """(33,) how far behind a surface each landmark may be to be visible."""
        return reach_m(self.landmarks_m, self.surfaces.values(), segments_of_landmarks())

    def meshes(self) -> list[Mesh]:
        """Return what is drawn."""
        return [
            Mesh(
                self.posed.vertices_m[name],
                normals(self.posed.vertices_m[name], part.triangles),
                part.rest_m,
                part.triangles,
                self.person.materials[name],
                self.number,
            )
            for name, part in self.person.body.parts.items()
        ]


def moved(pose: BonePose, yaw_rad: float, x_m: float = 0.0, z_m: float = 0.0) -> BonePose:
    """Return a pose that was turned about the vertical axis, and then moved over the floor."""
    cos, sin = np.cos(yaw_rad), np.sin(yaw_rad)
    turn = np.array(((cos, 0.0, sin), (0.0, 1.0, 0.0), (-sin, 0.0, cos)))
    heads_m = np.add((turn * pose.heads_m[:, np.newaxis]).sum(axis=-1), (x_m, 0.0, z_m))
    rotations = (turn[:, :, np.newaxis] * pose.rotations[:, np.newaxis]).sum(axis=2)
    return replace(pose, rotations=rotations, heads_m=heads_m)


def any_person(rng: np.random.Generator) -> Person:
    """Return a person with a seeded body and look."""
    body = any_body(rng)
    return Person(body, materials_of(body, any_look(body.shape, rng), rng))
