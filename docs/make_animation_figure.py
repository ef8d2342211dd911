"""Draws docs/animation.webp: frames of the sample video, and the body of the glTF file beside them.

python docs/make_animation_figure.py
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

import vitruvian
from vitruvian.analysis.room import room_of
from vitruvian.colors import color_of_id
from vitruvian.media.opening import open_source
from vitruvian.recorded.blocks import Blocks
from vitruvian.rig.figure import figure
from vitruvian.rig.joints import PARENTS
from vitruvian.rig.kinematics import joints_at_rest_m
from vitruvian.rig.person import rig_of
from vitruvian.rig.rotations import turns

if TYPE_CHECKING:
    from vitruvian.rig.person import Rig
    from vitruvian.types import Float64

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "jumping_jacks.mp4"
FRAMES = (3, 6, 12)
TURNS_RAD = (0.0, 0.7)  # of the body, to show it from two sides
SIZE_PX, FINER = 270, 2  # edges are smooth because the picture is made smaller at the end
PX_PER_M, FLOOR_PX = 115, 240
BACKGROUND = (238, 240, 243)
LIGHT = np.array((-0.36, 0.6, 0.71))


def posed(rig: Rig, row: int) -> tuple[Float64, Float64]:
    """Return the vertices of the body in a frame and their normals, (V, 3); the hips are at x 0."""
    mesh, joints, weights = figure(rig.offsets_m)
    in_room = [rig.rotations[row, 0]]
    for joint, parent in enumerate(PARENTS[1:], start=1):
        in_room.append(in_room[parent] @ rig.rotations[row, joint])
    of_joints = np.array(in_room)[joints]
    from_joints_m = mesh.positions[:, np.newaxis] - joints_at_rest_m(rig.offsets_m)[joints]
    places_m = rig.joints_m()[row][joints] + (of_joints @ from_joints_m[..., np.newaxis])[..., 0]
    normals = of_joints @ mesh.normals[:, np.newaxis, :, np.newaxis]
    means_m = (places_m * weights[..., np.newaxis]).sum(axis=1) - rig.root_m[row] * (1, 0, 1)
    return means_m, (normals[..., 0] * weights[..., np.newaxis]).sum(axis=1)


def drawn(rig: Rig, row: int, turn_rad: float) -> Image.Image:
    """Return a picture of the body, seen from far away."""
    turn = turns(np.array((0.0, 1.0, 0.0)), np.array(turn_rad))
    places_m, normals = (values @ turn.T for values in posed(rig, row))
    side_px = FINER * SIZE_PX
    scale = FINER * PX_PER_M
    points_px = places_m * (scale, -scale, scale) + (side_px / 2, FINER * FLOOR_PX, 0)
    picture = np.full((side_px, side_px, 3), BACKGROUND, np.float64)
    depths = np.full((side_px, side_px), -np.inf)
    color = np.array(color_of_id(rig.id))
    for triangle in figure(rig.offsets_m).mesh.triangles:
        draw(picture, depths, points_px[triangle], normals[triangle], color)
    image = Image.fromarray(picture.astype(np.uint8))
    return image.resize((SIZE_PX, SIZE_PX), Image.Resampling.LANCZOS)


def draw(
    picture: Float64, depths: Float64, corners_px: Float64, normals: Float64, color: Float64
) -> None:
    """Draw a triangle where it is nearer than what is there."""
    low = np.floor(corners_px[:, :2].min(axis=0)).astype(int)
    high = np.ceil(corners_px[:, :2].max(axis=0)).astype(int) + 1
    y, x = np.mgrid[low[1] : high[1], low[0] : high[0]]
    corners = np.vstack((corners_px[:, :2].T, np.ones(3)))
    if abs(np.linalg.det(corners)) < 1e-9:
        return  # it is seen from its edge
    parts = np.linalg.inv(corners) @ np.stack((x.ravel(), y.ravel(), np.ones(x.size)))
    depth = corners_px[:, 2] @ parts
    y, x = y.ravel(), x.ravel()
    is_drawn = (parts >= -1e-9).all(axis=0) & (depth > depths[y, x])
    y, x, parts = y[is_drawn], x[is_drawn], parts[:, is_drawn]
    light = np.clip(normals @ LIGHT, 0, 1) @ parts
    picture[y, x] = (0.4 + 0.6 * light)[:, np.newaxis] * color
    depths[y, x] = depth[is_drawn]


def main() -> None:
    """Draw the figure."""
    recording = vitruvian.Recording.of(SAMPLE, smooth_landmarks=False).smoothed()
    room = room_of(Blocks.of(recording.in_room(height_m=1.69, fov_deg=51.8)))
    rig = rig_of(next(room.motions()), room.rate_hz)
    with open_source(SAMPLE) as source:
        images = [frame.image for frame in source]
    sheet = Image.new("RGB", (len(FRAMES) * SIZE_PX, (1 + len(TURNS_RAD)) * SIZE_PX))
    for column, row in enumerate(FRAMES):
        image = Image.fromarray(images[row][:, 80:560]).resize((SIZE_PX, SIZE_PX))
        pictures = (image, *(drawn(rig, row, turn_rad) for turn_rad in TURNS_RAD))
        for line, picture in enumerate(pictures):
            sheet.paste(picture, (column * SIZE_PX, line * SIZE_PX))
    sheet.save(ROOT / "docs" / "animation.webp", quality=85)


if __name__ == "__main__":
    main()
