"""People: a body, how it looks, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from .body import Body, Shape, normals, rest_pose
from .body.clothes import BOTTOMS, SHOES, TOPS, Outfit
from .picture.materials import ANY, color, linear, pair
from .picture.mesh import Material, Mesh
from .picture.textures import CLOTHS
from .segments import segments_of_landmarks, segments_of_triangles
from .visibility import Surface, reach_m

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .body import BonePose, PosedBody
    from .picture.textures import Rgb

    Float64 = NDArray[np.float64]

# Linear RGB, from light to dark.
_SKINS = ((0.62, 0.40, 0.29), (0.50, 0.30, 0.20), (0.36, 0.20, 0.12), (0.20, 0.105, 0.06))


@dataclass(frozen=True, eq=False)
class Person:
    """A body and how it looks.

    Attributes:
        body: without a pose.
        materials: of the parts of the body, by their names.
    """

    body: Body
    materials: dict[str, Material]

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
        body = self.person.body
        return {
            name: Surface(
                self.posed.vertices_m[name],
                part.triangles,
                segments_of_triangles(part, body.rig),
                self.number,
            )
            for name, part in body.parts.items()
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
    """Return a person with a seeded shape and look."""
    shape = Shape(
        gender=float(rng.integers(2)),
        age=float(rng.choice((0.5, 0.5, 1.0))),
        muscle=rng.uniform(0.3, 0.9),
        weight=rng.uniform(0.2, 0.9),
        height=rng.uniform(0.3, 0.8),
        origins=tuple(rng.dirichlet((0.6, 0.6, 0.6)).tolist()),
    )
    outfit = Outfit(
        str(rng.choice(tuple(TOPS))), str(rng.choice(tuple(BOTTOMS))), str(rng.choice(tuple(SHOES)))
    )
    body = Body(shape, outfit)
    return Person(body, _materials(rng, body))


def _materials(rng: np.random.Generator, body: Body) -> dict[str, Material]:
    landmarks_m = body.posed(rest_pose(body.rig)).landmarks_m
    skin: Rgb = _SKINS[rng.integers(len(_SKINS))]
    left_eye, right_eye = tuple(landmarks_m[2]), tuple(landmarks_m[5])
    iris: dict[str, tuple[float, ...]] = {"iris_rgb": (0.12, 0.07, 0.04)}
    face: dict[str, float | tuple[float, ...]] = {
        "skin_rgb": skin,
        "brow_rgb": (0.05, 0.03, 0.02),
        "lip_rgb": (0.7 * skin[0], 0.35 * skin[1], 0.4 * skin[2]),
        "left_eye_m": left_eye,
        "right_eye_m": right_eye,
        "mouth_m": tuple(landmarks_m[9:11].mean(axis=0)),
        "mouth_width_m": float(landmarks_m[9, 0] - landmarks_m[10, 0]),
        "stubble": 0.0,
    }
    crown = (0.0, left_eye[1] + 0.12, left_eye[2] - 0.1)
    return {
        "skin": Material("skin", face),
        "left_eye": Material("eye", {"pupil_m": left_eye, **iris}),
        "right_eye": Material("eye", {"pupil_m": right_eye, **iris}),
        "hair": Material("hair", {"hair_rgb": (0.05, 0.03, 0.02), "crown_m": crown}),
        "top": _cloth(rng),
        "bottom": _cloth(rng),
        "shoes": _cloth(rng),
    }


def _cloth(rng: np.random.Generator) -> Material:
    """Return dyed or printed cloth."""
    values: dict[str, float | tuple[float, ...]] = {
        "tint": linear(color(rng)),
        "patterned": 0.0,
        "pattern_m": 1.0,
    }
    if rng.random() < 0.7:
        return Material("cloth", values)
    print_ = CLOTHS[rng.integers(len(CLOTHS))](rng, *pair(rng, ANY))
    return Material(
        "cloth", values | {"patterned": 1.0, "pattern_m": rng.uniform(0.25, 0.8)}, print_
    )
