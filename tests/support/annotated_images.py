"""Annotated images of one person, whose truth is what the lite model finds in them."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import skimage

import vitruvian
from vitruvian.images.writer import write_image
from vitruvian.skeleton import COCO_17

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.result import PoseResult

SIDE_PX = 256
ACTIVITIES = ("Yoga", "Yoga", "Dance")


@cache
def images() -> list[np.ndarray]:
    """Return three images of an astronaut, (256, 256, 3) uint8 RGB."""
    small = np.ascontiguousarray(skimage.data.astronaut()[::2, ::2])
    return [small, np.ascontiguousarray(small[:, ::-1]), small // 2]


@cache
def found() -> list[PoseResult]:
    """Return what the lite model finds, with masks."""
    options: Any = {"model_complexity": "lite", "search": "frame", "enable_segmentation": True}
    return list(vitruvian.detect(images(), **options))


def name(number: int) -> str:
    return f"{number}.png"


def write_set(folder: Path, **of_images: Any) -> Path:
    """Write images and annotations, and return the path of the latter.

    Args:
        folder: that of the files.
        of_images: more fields of all images.
    """
    content: dict[str, Any] = {"images": [], "annotations": []}
    for number, (image, result) in enumerate(zip(images(), found(), strict=True)):
        write_image(folder / name(number), image)
        content["images"].append(
            {
                "id": number,
                "file_name": name(number),
                "width": SIDE_PX,
                "height": SIDE_PX,
                "activity": ACTIVITIES[number],
                **of_images,
            }
        )
        content["annotations"].append(person(number, number))
        content["annotations"][-1]["world_landmarks"] = result.pose_world_landmarks[0].tolist()
    path = folder / "annotations.json"
    path.write_text(json.dumps(content))
    return path


def person(identity: int, image: int, shift_px: float = 0) -> dict[str, Any]:
    """Return an annotation or a result: the person of an image, moved to the right."""
    points = found()[image].landmarks_px[0, list(COCO_17)].astype(float)
    points[:, 0] += shift_px
    points[:, 2] = 2  # in annotations, a keypoint that is visible
    return {
        "id": identity,
        "image_id": image,
        "category_id": 1,
        "keypoints": points.ravel().tolist(),
        "area": 9000.0,
        "score": 0.9,
    }


def write_results(path: Path, shift_px: float = 0, count: int = len(ACTIVITIES)) -> Path:
    """Write COCO results: the truth, moved to the right."""
    path.write_text(json.dumps([person(image, image, shift_px) for image in range(count)]))
    return path
