"""Which landmarks of a whole body are visible from where."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from benchmarks.drawn.body import Body, Shape, rest_pose
from benchmarks.drawn.people import Person, PosedPerson, moved
from benchmarks.drawn.picture.camera import Camera
from benchmarks.drawn.picture.materials import plain
from benchmarks.drawn.picture.shapes import box
from benchmarks.drawn.truth import annotate
from vitruvian.skeleton import COCO_17, PoseLandmark

CAMERA = Camera((0.0, 1.0, 4.0), (0.0, 0.9, 0.0), 0.0, 800.0, 720, 720)
HIPS = {PoseLandmark.LEFT_HIP, PoseLandmark.RIGHT_HIP}
FACE = {PoseLandmark(landmark) for landmark in range(7)} | {
    PoseLandmark.MOUTH_LEFT, PoseLandmark.MOUTH_RIGHT,
}  # fmt: skip


@cache
def person(turned_deg: float) -> PosedPerson:
    body = Body(Shape())
    return Person(body, {}).posed(moved(rest_pose(body.rig), np.radians(turned_deg)), 1)


def annotation(turned_deg: float, *scenery: object, camera: Camera = CAMERA) -> dict:
    everywhere = np.ones((720, 720), np.uint8)
    (found,) = annotate(camera, [person(turned_deg)], scenery, everywhere)
    return found


def visible(turned_deg: float, *scenery: object) -> set[PoseLandmark]:
    return {PoseLandmark(i) for i in np.flatnonzero(annotation(turned_deg, *scenery)["visibility"])}


def test_from_the_front_the_joints_of_arms_and_legs_and_the_face_are_visible() -> None:
    """Wrists are behind the thumbs, because the palms of the body at rest face each other."""
    shoulders_to_elbows = {PoseLandmark(i) for i in range(11, 15)}
    hips_to_ankles = {PoseLandmark(i) for i in range(23, 29)}
    assert visible(0) >= shoulders_to_elbows | hips_to_ankles | FACE


def test_from_behind_the_face_is_hidden_and_the_joints_are_not() -> None:
    seen = visible(180)
    assert not seen & FACE
    joints = {PoseLandmark(i) for i in range(11, 17)} | {PoseLandmark(i) for i in range(23, 29)}
    assert seen >= joints | {PoseLandmark.LEFT_HEEL, PoseLandmark.RIGHT_HEEL}


def test_from_the_side_the_far_shoulder_and_hip_are_hidden() -> None:
    seen = visible(90)  # the left side is away from the camera
    assert not seen & {PoseLandmark.LEFT_SHOULDER, PoseLandmark.LEFT_HIP, PoseLandmark.LEFT_EYE}
    assert seen >= {PoseLandmark.RIGHT_SHOULDER, PoseLandmark.RIGHT_HIP, PoseLandmark.RIGHT_KNEE}


def test_what_stands_in_front_hides_what_is_behind_it() -> None:
    wall = box((0.0, 0.0, 2.0), (4.0, 0.75, 0.1), plain((0.5, 0.5, 0.5)))
    hidden = set(PoseLandmark) - visible(0, wall)
    assert hidden >= {PoseLandmark.LEFT_KNEE, PoseLandmark.RIGHT_ANKLE}
    assert not hidden & (HIPS | {PoseLandmark.LEFT_SHOULDER})


def test_world_landmarks_are_metres_from_the_hips_along_the_axes_of_the_image() -> None:
    points_m = np.array(annotation(0)["world_landmarks"])
    assert points_m[[23, 24]].mean(axis=0) == pytest.approx(np.zeros(3), abs=1e-4)
    nose, shoulder = points_m[PoseLandmark.NOSE], points_m[PoseLandmark.LEFT_SHOULDER]
    assert nose[1] < shoulder[1] < 0  # up is negative
    assert shoulder[0] > 0.1  # the left shoulder is on the right of the image
    assert nose[2] < shoulder[2]  # the nose is nearer to the camera


def test_keypoints_are_the_landmarks_that_coco_has() -> None:
    found = annotation(180)
    keypoints = np.array(found["keypoints"]).reshape(17, 3)
    assert keypoints[:, :2].tolist() == np.array(found["landmarks"])[list(COCO_17)].tolist()
    visibility = np.array(found["visibility"])[list(COCO_17)]
    assert keypoints[:, 2].tolist() == np.where(visibility, 2, 1).tolist()


def test_a_landmark_outside_of_the_image_has_no_label() -> None:
    near = Camera((0.0, 1.0, 4.0), (0.0, 0.9, 0.0), 0.0, 3000.0, 720, 720)
    found = annotation(0, camera=near)
    outside = ~near.is_in_image(np.array(found["landmarks"]))
    assert outside[PoseLandmark.NOSE]
    assert not np.array(found["visibility"])[outside].any()
    assert found["keypoints"][2] == 0
    assert found["num_keypoints"] == (~outside)[list(COCO_17)].sum()


def test_the_box_and_the_area_are_those_of_the_pixels_of_the_person() -> None:
    owners = np.zeros((720, 720), np.uint8)
    owners[100:300, 50:60] = 1
    owners[100:110, 60:90] = 2
    (found,) = annotate(CAMERA, [person(0)], (), owners)
    assert found["bbox"] == [50, 100, 10, 200]
    assert found["area"] == 2000


def test_somebody_of_whom_no_pixel_is_seen_has_no_labelled_keypoint() -> None:
    (found,) = annotate(CAMERA, [person(0)], (), np.zeros((720, 720), np.uint8))
    assert found["num_keypoints"] == found["area"] == sum(found["visibility"]) == 0
