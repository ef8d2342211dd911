"""A label with the id of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vitruvian.draw.colors import OUTLINE_RGB, color_of_id
from vitruvian.skeleton import FACE

if TYPE_CHECKING:
    from vitruvian.types import Float32, Image

_FONT = cv2.FONT_HERSHEY_SIMPLEX
_IMAGE_PX = 1000  # the shorter side of an image whose labels have a font scale of 1
_BODY_PX = 300  # the height of a small body whose label has a font scale of 1
_MIN_FONT_SCALE = 0.35


def draw_label(canvas: Image, identity: int, points_px: Float32) -> None:
    """Write an id above a person's head, or beside the head at the top of the image.

    Args:
        canvas: (H, W, 3) RGB, drawn on.
        identity: The person's id.
        points_px: (33, 2) the person's landmarks in pixels.
    """
    text = str(identity)
    height, width = canvas.shape[:2]
    body_px = float(np.ptp(points_px, axis=0).max())
    scale = min(min(height, width) / _IMAGE_PX, body_px / _BODY_PX)
    scale = max(scale, _MIN_FONT_SCALE)
    thickness = max(round(2 * scale), 1)
    (text_width, text_height), _ = cv2.getTextSize(text, _FONT, scale, thickness)
    margin = text_height // 2
    label_width, label_height = text_width + 2 * margin, text_height + 2 * margin
    x = round(float(points_px[:, 0].mean())) - label_width // 2
    y = round(float(points_px[:, 1].min())) - label_height - 2 * margin
    if y < 0:
        x = round(float(points_px[list(FACE), 0].max())) + 2 * margin
    x, y = min(max(x, 0), width - label_width), min(max(y, 0), height - label_height)
    corner = (x + label_width, y + label_height)
    cv2.rectangle(canvas, (x, y), corner, color_of_id(identity), cv2.FILLED)
    baseline = (x + margin, y + margin + text_height)
    cv2.putText(canvas, text, baseline, _FONT, scale, OUTLINE_RGB, thickness, cv2.LINE_AA)
