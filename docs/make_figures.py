"""Draws the figures of the README and the documentation from the sample video.

python docs/make_figures.py
"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont

import vitruvian
from vitruvian import LANDMARK_NAMES
from vitruvian.draw.angle_plot import angle_plot
from vitruvian.draw.capsules import Capsule, draw_capsules
from vitruvian.draw.figures import png_of
from vitruvian.images.writer import write_image
from vitruvian.media.opening import open_source

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from vitruvian.colors import Rgb

ROOT = Path(__file__).parents[1]
INK = (40, 40, 40)
DARK, FLOOR, BACKDROP = (24, 26, 31), (70, 76, 88), (222, 226, 232)
PANEL_WIDTH, PANEL_HEIGHT, GAP = 312, 410, 12
CANVAS_SIZE = 680  # the width of lines follows the size of the canvas, of which a panel is a part
FONT, SMALL_FONT = ImageFont.load_default(size=21), ImageFont.load_default(size=15)


def draw_on(canvas: np.ndarray, result: vitruvian.PoseResult, points_px: np.ndarray) -> np.ndarray:
    """Return the canvas with the skeleton at `points_px` (33, 2+)."""
    height, width = canvas.shape[:2]
    landmarks = np.zeros((1, 33, 3), np.float32)
    landmarks[0, :, :2] = points_px[:, :2] / (width, height)
    visible = np.ones((1, 33), np.float32)
    moved = replace(result, pose_landmarks=landmarks, visibility=visible, segmentation_masks=None)
    return vitruvian.annotate(canvas, moved)


def white(width: int, height: int) -> np.ndarray:
    """Return a white image."""
    return np.full((height, width, 3), 255, np.uint8)


def write(canvas: np.ndarray, text: str, x: float, y: float, anchor: str = "mm") -> None:
    """Write text at x, y, in pixels; the anchor is one of Pillow's, the middle by default."""
    image = Image.fromarray(canvas)
    ImageDraw.Draw(image).text((x, y), text, INK, SMALL_FONT, anchor)
    canvas[:] = image


def draw_path(canvas: np.ndarray, points_px: np.ndarray, color: Rgb, width_px: float) -> None:
    """Draw lines from each point (K, 2) to the next."""
    points = [(x, y) for x, y in points_px.tolist()]
    lines = [Capsule(*ends, width_px / 2, color, opacity=1.0) for ends in pairwise(points)]
    draw_capsules(canvas, lines)


def landmarks_figure(result: vitruvian.PoseResult) -> np.ndarray:
    """Return a figure of a body that faces the reader, with the landmarks' numbers and names."""
    # The nose, then the landmarks of the left side; the right side mirrors them.
    nose = (380, 130)
    left = [
        *((400, 105), (422, 102), (444, 105), (478, 122), (402, 165)),  # eye, ear, mouth
        *((485, 240), (575, 340), (625, 455)),  # shoulder, elbow, wrist
        *((668, 505), (632, 525), (592, 497)),  # pinky, index, thumb
        *((445, 460), (460, 590), (465, 700), (450, 735), (520, 745)),  # from hip to foot
    ]
    mirrored = [(2 * nose[0] - x, y) for x, y in left]
    pairs = [point for both in zip(left, mirrored, strict=True) for point in both]
    points = np.array((nose, *left[:3], *mirrored[:3], *pairs[6:]))
    canvas = draw_on(white(760, 780), result, points)
    above, below = {1, 2, 3, 4, 5, 6}, {0, 19, 20, 21, 22, 29, 30}
    for index, (x, y) in enumerate(points):
        if index in above | below:
            write(canvas, str(index), x, y - 16 if index in above else y + 18)
        else:
            write(canvas, str(index), x + 18 * np.sign(x - nose[0]), y - 12)
    names = np.full((780, 240, 3), 255, np.uint8)
    for index, name in enumerate(LANDMARK_NAMES):
        write(names, f"{index}  {name}", 10, 50 + 21 * index, "ls")
    return np.concatenate((canvas, names), axis=1)


def axes_figure(result: vitruvian.PoseResult) -> np.ndarray:
    """Return a figure of the world landmarks, seen from the right and above, with their axes."""
    image_from_world = np.array(((300, 0, 150), (0, 300, -90)))
    origin = np.array((320, 330))
    points_px = result.pose_world_landmarks[0] @ image_from_world.T + origin
    canvas = draw_on(white(680, 660), result, points_px)
    for axis, (name, color) in enumerate(
        (("x, right", (200, 30, 30)), ("y, down", (30, 140, 30)), ("z, away", (30, 60, 200)))
    ):
        arm = 0.95 * image_from_world[:, axis]
        tip = origin + arm
        barbs = [tip - 0.05 * (arm + side * arm[::-1] * (-1, 1)) for side in (-1, 1)]
        draw_path(canvas, np.array((origin, tip)), color, 3)
        draw_path(canvas, np.array((barbs[0], tip, barbs[1])), color, 3)
        write(canvas, name, tip[0] - 10, tip[1] + 30)
    return canvas


def turning_figure(result: vitruvian.PoseResult, turn_rad: float) -> np.ndarray:
    """Return the world landmarks on a dark floor, seen from a direction that turns."""
    cos, sin, tilt = np.cos(turn_rad), np.sin(turn_rad), 0.22
    turned = np.array(((cos, 0, sin), (0, 1, 0), (-sin, 0, cos)))
    seen = np.array(((1, 0, 0), (0, np.cos(tilt), -np.sin(tilt))))
    image_from_world = PANEL_HEIGHT / 2.35 * seen @ turned
    points = result.pose_world_landmarks[0]
    floor = np.array((0, points[:, 1].max() + 0.02, 0))
    center_px = np.array((CANVAS_SIZE / 2, CANVAS_SIZE / 2 + 0.36 * PANEL_HEIGHT))
    origin = center_px - image_from_world @ floor

    canvas = np.full((CANVAS_SIZE, CANVAS_SIZE, 3), DARK, np.uint8)
    for radius_m in (0.2, 0.4, 0.6):
        angles = np.linspace(0, 2 * np.pi, 73)
        ring = np.stack((np.cos(angles), np.zeros(73), np.sin(angles)), axis=1) * radius_m
        ring_px = (ring + floor) @ image_from_world.T + origin
        draw_path(canvas, ring_px, FLOOR, 1)
    drawn = draw_on(canvas, result, points @ image_from_world.T + origin)
    left, top = (CANVAS_SIZE - PANEL_WIDTH) // 2, (CANVAS_SIZE - PANEL_HEIGHT) // 2
    return drawn[top : top + PANEL_HEIGHT, left : left + PANEL_WIDTH]


def cut_out(image: np.ndarray, result: vitruvian.PoseResult) -> np.ndarray:
    """Return the person before a plain background, cut out with the mask."""
    mask = result.segmentation_masks[0][..., np.newaxis]
    return (image * mask + np.array(BACKDROP) * (1 - mask)).astype(np.uint8)


def panels_figure(panels: dict[str, np.ndarray]) -> Image.Image:
    """Return panels side by side, with round corners, captions and transparent gaps."""
    step = PANEL_WIDTH + GAP
    figure = Image.new("RGBA", (step * len(panels) - GAP, PANEL_HEIGHT))
    corners = Image.new("L", (PANEL_WIDTH, PANEL_HEIGHT))
    ImageDraw.Draw(corners).rounded_rectangle((0, 0, PANEL_WIDTH - 1, PANEL_HEIGHT - 1), 12, 255)
    for place, (caption, panel) in enumerate(panels.items()):
        captioned = Image.fromarray(panel)
        draw = ImageDraw.Draw(captioned, "RGBA")
        left, top, right, bottom = draw.textbbox((18, 15), caption, FONT)
        draw.rounded_rectangle((left - 7, top - 6, right + 7, bottom + 6), 8, (*DARK, 190))
        draw.text((18, 15), caption, (245, 245, 245), FONT)
        figure.paste(captioned, (place * step, 0), corners)
    return figure


def loop_length(results: list[vitruvian.PoseResult]) -> int:
    """Return the number of frames after which the first pose comes back, most alike."""
    first = results[0].pose_world_landmarks
    lengths = range(45, 75)  # about two jumps
    return min(lengths, key=lambda k: np.abs(results[k].pose_world_landmarks - first).sum())


def animation(images: list[np.ndarray], results: list[vitruvian.PoseResult]) -> list[Image.Image]:
    """Return the frames of the animation at the top of the README."""
    rows, columns = slice(16, 446), slice(156, 484)
    size = PANEL_WIDTH, PANEL_HEIGHT
    length = loop_length(results)
    frames = []
    for k in range(0, length, 2):
        image, result = images[k], results[k]
        without_mask = replace(result, segmentation_masks=None)
        shown = {
            "video": image,
            "33 landmarks": vitruvian.annotate(image, without_mask),
            "mask": cut_out(image, result),
        }
        panels = {
            caption: np.asarray(Image.fromarray(panel[rows, columns]).resize(size))
            for caption, panel in shown.items()
        }
        turn_rad = 0.75 * np.sin(2 * np.pi * k / length)
        panels["in metres, 3D"] = turning_figure(result, turn_rad)
        frames.append(panels_figure(panels))
    return frames


def angles_figure() -> Figure:
    """Return the figure of the joint angles of the sample."""
    recording = vitruvian.Recording.of(
        ROOT / "samples" / "jumping_jacks.mp4", smooth_landmarks=False
    ).smoothed()
    angles = recording.angles()
    return angle_plot(angles["time_s"], angles, person=1)


def main() -> None:
    """Draw all figures."""
    options = {"model_complexity": "heavy", "enable_segmentation": True, "search": "frame"}
    with open_source(ROOT / "samples" / "jumping_jacks.mp4") as source:
        images = [frame.image for frame in source]
    with vitruvian.Pose(**options) as pose:
        results = [pose.process(image) for image in images]

    first, *others = animation(images[20:], results[20:])
    first.save(
        ROOT / "docs" / "jumping_jacks.webp",
        save_all=True,
        append_images=others,
        duration=67,
        loop=0,
        quality=75,
        method=6,
    )
    write_image(ROOT / "docs" / "landmarks.png", landmarks_figure(results[7]))
    write_image(ROOT / "docs" / "world_axes.png", axes_figure(results[7]))
    with Image.open(BytesIO(png_of(angles_figure()))) as figure:
        figure.quantize(64).save(ROOT / "docs" / "angles.png", optimize=True)


if __name__ == "__main__":
    main()
