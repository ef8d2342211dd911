"""Hair: a cap that grows out of the skin, and what hangs from it or is tied to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from .cut import cut
from .surface import Part, grown, joined
from .tube import tube

if TYPE_CHECKING:
    from .head import Head
    from .mesh import FloatArray
    from .rig import Rig

# Where hair ends around the head, from the forehead (0°) over the temples and the ears (90°) to the
# nape (180°), in the frame of the head.
AROUND_DEG = (0, 35, 60, 80, 100, 130, 180)
HAIRLINE = (1.05, 1.0, 0.65, 0.1, 0.0, -0.55, -0.85)
RECEDING = (1.75, 1.5, 1.3, 0.2, 0.0, -0.55, -0.85)
FRINGE = (0.62, 0.62, 0.5, 0.1, 0.0, -0.55, -0.85)
# Long hair hangs beside and behind the face.
PARTED_DEG = (0, 40, 75, 95)
PARTED = (1.5, 1.2, 0.9, -9.0)
# The ear, which hair goes around.
EAR = (1.08, 0.0, -0.2)
EAR_RADIUS = 0.48
THROAT_RADIUS = 0.6
FRAY = 0.05  # how far the hairline is from a smooth curve
ROOTS = 0.02  # how thick hair is at its edge
BUN_RADIUS = 0.6
TIED_AT = (0.0, 0.75, -1.25)  # where a ponytail starts


@dataclass(frozen=True)
class Style:
    """How somebody wears their hair; lengths are in the frame of the head."""

    thickness: float
    hairline: tuple[float, ...] = HAIRLINE
    curls: float = 0.0  # how much the thickness changes
    hangs_to: float | None = None  # how low the hair hangs, below the ears
    bun: tuple[float, float, float] | None = None  # its middle
    tail: float | None = None  # how long a ponytail is


STYLES = {
    "shaved": Style(0.03),
    "receding": Style(0.1, RECEDING, curls=0.2),
    "short": Style(0.24, curls=0.15),
    "fringe": Style(0.28, FRINGE, curls=0.12),
    "curly": Style(0.5, curls=0.35),
    "afro": Style(1.0, curls=0.15),
    "bob": Style(0.2, hangs_to=-1.3),
    "long": Style(0.2, hangs_to=-4.0),
    "bun": Style(0.12, bun=(0, 0.9, -1.5)),
    "top_knot": Style(0.12, bun=(0, 1.95, -0.3)),
    "ponytail": Style(0.13, tail=3.2),
}


def hair_of(style: Style, skin: Part, strands: Part, head: Head, rig: Rig) -> Part:
    """Return the hair of a head with this skin; strands are those of MakeHuman's mesh."""
    pieces = [cap(style, skin, head)]
    if style.hangs_to is not None:
        pieces.append(curtain(style.hangs_to, strands, head))
    if style.bun:
        pieces.append(bun(style.bun, head, rig))
    if style.tail:
        pieces.append(ponytail(style.tail, head, rig))
    return joined(pieces)


def cap(style: Style, skin: Part, head: Head) -> Part:
    """Return the hair that covers the scalp."""
    at = head.in_head(skin.rest_m)
    around_deg = np.degrees(np.arctan2(np.abs(at[:, 0]), at[:, 2]))
    hairline = np.interp(around_deg, AROUND_DEG, style.hairline)
    over_hairline = at[:, 1] - hairline + FRAY * np.sin(13 * at[:, 0] + 4 * at[:, 2])
    mirrored = np.column_stack([np.abs(at[:, 0]), at[:, 1:]])
    beside_ear = np.linalg.norm(mirrored - EAR, axis=1) - EAR_RADIUS
    # The skin of the mesh goes on inside of the mouth, down the throat.
    beside_throat = np.maximum(np.hypot(at[:, 0], at[:, 2]) - THROAT_RADIUS, at[:, 1] - 1)
    inside = np.minimum.reduce((over_hairline, beside_ear, beside_throat))
    rise = np.clip(inside / 0.4, 0, 1)
    waves = np.sin(9 * at + 2 * np.sin(5 * at[:, [1, 2, 0]])).sum(1) / 3
    thickness = ROOTS + style.thickness * rise * (2 - rise) * (1 + style.curls * waves)
    return cut(grown(skin, thickness * head.unit_m), inside)


def curtain(hangs_to: float, strands: Part, head: Head) -> Part:
    """Return the hair that hangs down beside and behind the face."""
    at = head.in_head(strands.rest_m)
    around_deg = np.degrees(np.arctan2(np.abs(at[:, 0]), at[:, 2]))
    beside_face = at[:, 1] - np.interp(around_deg, PARTED_DEG, PARTED)
    return cut(strands, np.minimum(beside_face, at[:, 1] - hangs_to))


def bun(middle: tuple[float, float, float], head: Head, rig: Rig) -> Part:
    """Return hair that is rolled into a ball."""
    angles_rad = np.linspace(0, np.pi, 12)
    path = np.array(middle) + BUN_RADIUS * np.outer(np.cos(angles_rad), [0, 1, 0])
    return tied(path, BUN_RADIUS * np.sin(angles_rad), np.zeros(12), head, rig)


def ponytail(length: float, head: Head, rig: Rig) -> Part:
    """Return hair that is tied at the back of the head and falls down to the back."""
    down = np.linspace(0, 1, 16)
    back = TIED_AT[2] - 0.55 * np.sin(np.minimum(down * 4, 1) * np.pi / 2) + 0.25 * down
    up = TIED_AT[1] + 0.25 * np.sin(np.minimum(down * 5, 1) * np.pi) - length * down**1.4
    radii = np.interp(down, (0, 0.08, 0.35, 0.8, 1), (0.1, 0.16, 0.34, 0.26, 0.02))
    return tied(np.column_stack([np.zeros(16), up, back]), radii, down, head, rig)


def tied(path: FloatArray, radii: FloatArray, on_back: FloatArray, head: Head, rig: Rig) -> Part:
    """Return hair around a path (N, 3) in the frame of the head, which follows head and back."""
    vertices_m, triangles, station = tube(head.in_body_m(path), radii * head.unit_m)
    follows = np.zeros((len(vertices_m), len(rig.names)))
    follows[:, rig.index("head")] = 1 - on_back[station]
    follows[:, rig.index("spine01")] = on_back[station]
    return Part(vertices_m, triangles, sparse.csr_array(follows))
