"""Draws the figures of the README and the documentation from the sample video.

python docs/make_figures.py
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

import vitruvian
from vitruvian import LANDMARK_NAMES
from vitruvian.media.images import write_image
from vitruvian.media.opening import open_source

ROOT = Path(__file__).parents[1]
INK = (40, 40, 40)


def draw_on_white(
    result: vitruvian.PoseResult, points: np.ndarray, size: tuple[int, int]
) -> np.ndarray:
    """Return a white image with the skeleton at `points` (33, 2+), in pixels."""
    landmarks = np.zeros((1, 33, 3), np.float32)
    landmarks[0, :, :2] = points[:, :2] / size
    canvas = np.full((size[1], size[0], 3), 255, np.uint8)
    visible = np.ones((1, 33), np.float32)
    return vitruvian.annotate(canvas, replace(result, pose_landmarks=landmarks, visibility=visible))


def write(canvas: np.ndarray, text: str, x: float, y: float, scale: float = 0.5) -> None:
    """Write text centred at x, y, in pixels."""
    face = cv2.FONT_HERSHEY_SIMPLEX
    (width, height), _ = cv2.getTextSize(text, face, scale, 1)
    place = (round(x - width / 2), round(y + height / 2))
    cv2.putText(canvas, text, place, face, scale, INK, 1, cv2.LINE_AA)


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
    canvas = draw_on_white(result, points, (760, 780))
    above, below = {1, 2, 3, 4, 5, 6}, {0, 19, 20, 21, 22, 29, 30}
    for index, (x, y) in enumerate(points):
        if index in above | below:
            write(canvas, str(index), x, y - 16 if index in above else y + 18)
        else:
            write(canvas, str(index), x + 18 * np.sign(x - nose[0]), y - 12)
    names = np.full((780, 240, 3), 255, np.uint8)
    for index, name in enumerate(LANDMARK_NAMES):
        place = (10, 50 + 21 * index)
        text = f"{index}  {name}"
        cv2.putText(names, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.5, INK, 1, cv2.LINE_AA)
    return np.concatenate((canvas, names), axis=1)


def axes_figure(result: vitruvian.PoseResult) -> np.ndarray:
    """Return a figure of the world landmarks, seen from the right and above, with their axes."""
    image_from_world = np.array(((300, 0, 150), (0, 300, -90)))
    origin = np.array((320, 330))
    canvas = draw_on_white(
        result, result.pose_world_landmarks[0] @ image_from_world.T + origin, (680, 660)
    )
    for axis, (name, color) in enumerate(
        (("x, right", (200, 30, 30)), ("y, down", (30, 140, 30)), ("z, away", (30, 60, 200)))
    ):
        tip = origin + 0.95 * image_from_world[:, axis]
        ends = (origin.tolist(), tip.round().astype(int).tolist())
        cv2.arrowedLine(canvas, *ends, color, 3, cv2.LINE_AA, tipLength=0.05)
        write(canvas, name, tip[0] - 10, tip[1] + 24)
    return canvas


with open_source(ROOT / "samples" / "jumping_jacks.mp4") as frames, vitruvian.Pose() as pose:
    images = [frame.image for frame in frames]
    results = [pose.process(image) for image in images]

jumps = [vitruvian.annotate(images[k], results[k])[20:450, 170:470] for k in (0, 6, 12, 18, 24)]
write_image(ROOT / "docs" / "jumping_jacks.png", np.concatenate(jumps, axis=1))
write_image(ROOT / "docs" / "landmarks.png", landmarks_figure(results[7]))
write_image(ROOT / "docs" / "world_axes.png", axes_figure(results[7]))
