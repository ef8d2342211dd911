"""Draws the people of a result on its image. It works on saved results and needs no model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.colors import MASK_RGB, SIDE_COLORS, color_of_id, side_colors_of_id
from vitruvian.draw.body import face_circle, pixels_per_metre
from vitruvian.draw.boxes import draw_box
from vitruvian.draw.canvas import line_width_px, to_pixels
from vitruvian.draw.faces import blur_face
from vitruvian.draw.labels import Label, draw_labels
from vitruvian.draw.masks import tint
from vitruvian.draw.options import as_color, as_labels, as_landmarks, as_side_colors, as_thickness
from vitruvian.draw.skeletons import draw_skeleton
from vitruvian.errors import OptionError
from vitruvian.option_values import Flag
from vitruvian.result import PoseResult
from vitruvian.types import as_rgb_image

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vitruvian.colors import Rgb
    from vitruvian.draw.options import Colors, Labels
    from vitruvian.skeleton import PoseLandmark
    from vitruvian.types import Float32, Image

_BOX = 0.4  # the width of a box's lines in line widths


def annotate(
    image: Image,
    result: PoseResult,
    *,
    by_id: bool = False,
    colors: Colors | None = None,
    thickness_px: float | None = None,
    landmarks: Iterable[PoseLandmark] | None = None,
    boxes: bool = False,
    labels: Labels | None = None,
    background: Rgb | None = None,
    blur_faces: bool = False,
) -> Image:
    """Draw the people of a result.

    The person's own left side is orange, the right side is blue. Landmarks with a low visibility
    are transparent. A line for the neck leads from the shoulders to the mouth. Masks, if the result
    has them, tint the image. A colour is RGB: three whole numbers from 0 to 255.

    Args:
        image: (H, W, 3) uint8 RGB, the frame of the result, at any size.
        result: The people in the frame.
        by_id: Draw the lines of each person in a colour of its own, bright on the left side and
            dark on the right side, with the id as label. The landmarks stay orange and blue.
        colors: One colour for all lines and landmarks, or three: for the person's left side, for
            the right side, and for what is in the middle. It cannot be combined with `by_id`.
        thickness_px: The width of lines in pixels, from 1 to 1000. By default it grows with the
            image, and is less for small people.
        landmarks: The landmarks to draw, with the lines between them; all by default.
        boxes: Draw the bounding box of each person's landmarks, `result.boxes`.
        labels: A label at each head: "ids", or one text for each person, in the order of the
            result; a person with an empty text has none. The font has the characters of ASCII:
            letters lose their accents, and question marks stand for all others.
        background: A colour to draw on instead of the image.
        blur_faces: Make the faces of the people in the result unrecognisable, also those that are
            turned away. People who were not found are not blurred.

    Returns:
        A new image of the same shape.

    Raises:
        FrameError: The array is not an RGB image.
        OptionError: `result` is no result, or an option has the wrong type or a value that is not
            permitted.
    """
    image = as_rgb_image(image)
    if not isinstance(result, PoseResult):
        raise OptionError(
            f"result is a {type(result).__name__}: give the PoseResult of this frame."
        )
    by_id, boxes = Flag().check("by_id", by_id), Flag().check("boxes", boxes)
    if by_id and colors is not None:
        raise OptionError("colors cannot be combined with by_id=True: give one of them.")
    dot_colors = SIDE_COLORS if colors is None else as_side_colors(colors)
    thickness = as_thickness(thickness_px)
    drawn = as_landmarks(landmarks)
    texts = as_labels("ids" if by_id and labels is None else labels, result)
    blur_faces = Flag().check("blur_faces", blur_faces)

    if background is None:
        canvas = image.copy()
    else:
        canvas = np.full_like(image, as_color("background", background))
    identities: list[int] = result.ids.tolist()
    points_px = to_pixels(result.pose_landmarks, image)
    scales = pixels_per_metre(points_px, result.pose_world_landmarks)

    if blur_faces:
        for points, scale in zip(points_px, scales, strict=True):
            blur_face(canvas, face_circle(points, scale))
    if result.segmentation_masks is not None:
        for identity, mask in zip(identities, result.segmentation_masks, strict=True):
            tint(canvas, mask, color_of_id(identity) if by_id else MASK_RGB)
    visibility = _visibility(result)
    line_colors = [side_colors_of_id(identity) if by_id else dot_colors for identity in identities]
    for person, scale in enumerate(scales):
        line_px = thickness or line_width_px(canvas, scale)
        lines = line_colors[person]
        if boxes:
            draw_box(canvas, result.boxes[person], lines.middle, max(round(_BOX * line_px), 1))
        body = (points_px[person], visibility[person])
        draw_skeleton(canvas, *body, drawn, lines, dot_colors, line_px)
    if any(texts):
        people = zip(texts, line_colors, points_px, scales, strict=True)
        draw_labels(
            canvas,
            [
                Label(text, lines.middle, face_circle(points, scale), scale)
                for text, lines, points, scale in people
            ],
        )
    return canvas


def _visibility(result: PoseResult) -> Float32:
    """Return the opacities of the landmarks (N, 33): 0 for those that have no position."""
    known = np.isfinite(result.pose_landmarks[..., :2]).all(axis=2)
    return np.where(known, np.nan_to_num(result.visibility).clip(0, 1), np.float32(0))
