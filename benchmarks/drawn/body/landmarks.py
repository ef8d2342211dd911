"""The 33 landmarks of a body: where on it each of them is.

MediaPipe names its landmarks, and its annotators marked them in photographs: joints where they lie
inside the body, and points of the face, the hands and the feet where they are seen on it. So the
truth of a joint is the centre of the joint of the rig, and the truth of the others is the mean of
vertices on the surface, by their numbers in MakeHuman's mesh. Left is given; right is its mirror
image, in the numbers of the bones as of the vertices.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from vitruvian.skeleton import PoseLandmark

from .mesh import FloatArray, mesh
from .skinning import skin_weights, skinned_m

if TYPE_CHECKING:
    from .rig import BonePose, Rig

# The head of the bone is the landmark. The numbers of the knuckles are those of the paper
# "BlazePose: On-device Real-time Body Pose tracking" (2020), figure 3.
JOINTS = {
    PoseLandmark.LEFT_SHOULDER: "upperarm01",  # the centre of the head of the humerus
    PoseLandmark.LEFT_ELBOW: "lowerarm01",  # the middle of the axis on which the elbow bends
    PoseLandmark.LEFT_WRIST: "wrist",  # the middle between forearm and hand
    PoseLandmark.LEFT_PINKY: "finger5-1",  # knuckle 1 of the little finger, not its tip
    PoseLandmark.LEFT_INDEX: "finger2-1",  # knuckle 1 of the index finger, not its tip
    PoseLandmark.LEFT_THUMB: "finger1-2",  # knuckle 2 of the thumb, counted from the wrist
    PoseLandmark.LEFT_HIP: "upperleg01",  # the centre of the head of the femur
    PoseLandmark.LEFT_KNEE: "lowerleg01",  # the middle of the axis on which the knee bends
    PoseLandmark.LEFT_ANKLE: "foot",  # the middle between the two malleoli
}

# The mean of the vertices is the landmark.
SURFACE = {
    PoseLandmark.NOSE: (297, 5054),  # the tip, which juts out furthest
    PoseLandmark.LEFT_EYE_INNER: (6853,),  # the corner of the lids at the nose
    PoseLandmark.LEFT_EYE: (14598, 14607, 14625),  # the pupil
    PoseLandmark.LEFT_EYE_OUTER: (6808,),  # the corner of the lids at the temple
    PoseLandmark.LEFT_EAR: (12045, 12235),  # the tragus, where the ear meets the cheek
    PoseLandmark.MOUTH_LEFT: (7205, 7289),  # the corner of the lips
    PoseLandmark.LEFT_HEEL: (12442, 12815, 12912, 12911),  # the back of the heel
    # The tip of the foot: the middle between the tips of the big toe and of its neighbour.
    PoseLandmark.LEFT_FOOT_INDEX: (11551, 13133),
}


def landmarks_m(vertices_m: FloatArray, rig: Rig, pose: BonePose) -> FloatArray:
    """Return the landmarks in a pose, (33, 3); vertices are those of the mesh at rest, (V, 3)."""
    landmarks = np.zeros((len(PoseLandmark), 3))
    for landmark, bone in joint_bones().items():
        landmarks[landmark] = pose.heads_m[rig.index(bone)]
    order, vertices, means = surface_points()
    posed_m = skinned_m(vertices_m[vertices], skin_weights()[vertices], rig, pose)
    landmarks[order] = means @ posed_m
    return landmarks


@cache
def joint_bones() -> dict[PoseLandmark, str]:
    """Return the bone of each landmark that is a joint, on both sides."""
    left = {landmark: f"{bone}.L" for landmark, bone in JOINTS.items()}
    return left | {mirrored(landmark): f"{bone}.R" for landmark, bone in JOINTS.items()}


@cache
def surface_points() -> tuple[list[PoseLandmark], list[int], sparse.csr_array]:
    """Return the S landmarks on the surface, their N vertices, and the means of these, (S, N)."""
    points = dict(SURFACE)
    for landmark, vertices in SURFACE.items():
        if landmark != PoseLandmark.NOSE:
            points[mirrored(landmark)] = tuple(mesh().mirror[list(vertices)].tolist())
    counts = [len(vertices) for vertices in points.values()]
    rows = np.repeat(np.arange(len(points)), counts)
    entries = (np.repeat(1 / np.array(counts), counts), (rows, np.arange(sum(counts))))
    numbers = [vertex for vertices in points.values() for vertex in vertices]
    return list(points), numbers, sparse.csr_array(entries, shape=(len(points), len(numbers)))


def mirrored(landmark: PoseLandmark) -> PoseLandmark:
    """Return the landmark on the right side of one on the left."""
    return PoseLandmark[landmark.name.replace("LEFT", "RIGHT")]
