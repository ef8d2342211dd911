"""What the landmark model can reach: the people whom it sees if it is told where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.people.truth import keypoints_px, similarities
from vitruvian.skeleton import COCO_17, LANDMARK_NAMES
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21
from vitruvian.stages.region import region_around
from vitruvian.types import ImageSize

if TYPE_CHECKING:
    from benchmarks.people.truth import Photograph
    from vitruvian.evaluation.annotations import TruePerson
    from vitruvian.tracking.protocol import Landmark
    from vitruvian.types import Float64

# The circle around the body reaches beyond the farthest keypoint, to the soles or the finger tips.
SIZES = (1.0, 1.15, 1.3)
_NAMES = [LANDMARK_NAMES[number] for number in COCO_17]
_HIPS, _SHOULDERS = (
    [_NAMES.index(f"{side}_{joint}") for side in ("left", "right")] for joint in ("hip", "shoulder")
)
_FACE = [_NAMES.index(name) for name in ("nose", "left_eye", "right_eye", "left_ear", "right_ear")]


def best_similarities(landmark: Landmark, photograph: Photograph) -> list[float]:
    """Return the best OKS of each person to be found, over the sizes of the region.

    Each region is looked at twice, as in the search. Without a labelled hip, or without a shoulder
    and a face, there is no region, and the similarity is 0.
    """
    return [_best(landmark, photograph, person) for person in photograph.wanted]


def _best(landmark: Landmark, photograph: Photograph, person: TruePerson) -> float:
    image, size = photograph.image, ImageSize.of(photograph.image)
    best = 0.0
    for points_px in _alignment_points_px(person):
        points = (points_px / size).astype(np.float32)
        for _ in range(2):
            region = region_around(points, size, SOLUTIONS_0_10_21)
            if region is None:
                break
            (answer,) = landmark(image, [region])
            points = answer.auxiliary[0]
            (similarity,) = similarities(keypoints_px(answer, image), (person,))
            best = max(best, float(similarity[0]))
    return best


def _alignment_points_px(person: TruePerson) -> list[Float64]:
    """Return alignment points (2, 2) of circles of several sizes around a person."""
    hips_px, trunk_px = _mean_px(person, _HIPS), trunk_of(person)
    if hips_px is None or trunk_px is None or not (length_px := np.linalg.norm(trunk_px)):
        return []
    radius_px = np.nanmax(np.linalg.norm(person.keypoints_px - hips_px, axis=1))
    on_circle_px = radius_px * trunk_px / length_px
    return [np.array((hips_px, hips_px + size * on_circle_px)) for size in SIZES]


def trunk_of(person: TruePerson) -> Float64 | None:
    """Return the vector, (2,) in pixels, from the hips to the shoulders, or else to the face.

    None if there are not two labelled ends.
    """
    hips_px, above_px = _mean_px(person, _HIPS), _mean_px(person, _SHOULDERS)
    above_px = _mean_px(person, _FACE) if above_px is None else above_px
    return None if hips_px is None or above_px is None else above_px - hips_px


def _mean_px(person: TruePerson, keypoints: list[int]) -> Float64 | None:
    """Return the mean of the labelled ones of some keypoints, (2,), or None if there are none."""
    labelled_px = person.keypoints_px[keypoints][person.labelled[keypoints]]
    return labelled_px.mean(axis=0) if len(labelled_px) else None
