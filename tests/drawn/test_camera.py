"""Where the camera of the drawn benchmark sees points."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.drawn.picture.camera import Camera

LEVEL = Camera((0.0, 1.0, 3.0), (0.0, 1.0, 0.0), 0.0, 500.0, 640, 480)


def seen(camera: Camera, *points_m: tuple[float, float, float]) -> np.ndarray:
    return camera.project(camera.in_camera(np.array(points_m)))


def test_the_target_is_in_the_middle_between_the_outermost_pixels() -> None:
    assert seen(LEVEL, (0.0, 1.0, 0.0)) == pytest.approx(np.array([[319.5, 239.5]]))


def test_right_and_up_in_the_world_are_right_and_up_in_the_image() -> None:
    (right, up) = seen(LEVEL, (0.3, 1.0, 0.0), (0.0, 1.3, 0.0))
    assert right == pytest.approx((319.5 + 50.0, 239.5))
    assert up == pytest.approx((319.5, 239.5 - 50.0))


def test_camera_space_has_the_axes_of_world_landmarks() -> None:
    """X is to the right of the image, y is down, and z is away from the camera."""
    in_camera = LEVEL.in_camera(np.array(((0.3, 1.0, 0.0), (0.0, 1.3, 0.0), (0.0, 1.0, -1.0))))
    assert in_camera == pytest.approx(np.array(((0.3, 0, 3), (0, -0.3, 3), (0, 0, 4))))


def test_space_keeps_its_lengths_and_its_handedness() -> None:
    camera = Camera((1.0, 0.4, 2.5), (-0.2, 1.1, 0.3), 0.2, 900.0, 720, 1280)
    turn = camera.camera_from_world[:3, :3]
    assert turn @ turn.T == pytest.approx(np.eye(3))
    assert np.linalg.det(turn) == pytest.approx(1)


def test_a_roll_turns_the_camera_clockwise() -> None:
    rolled = Camera((0.0, 1.0, 3.0), (0.0, 1.0, 0.0), 0.1, 500.0, 640, 480)
    (above,) = seen(rolled, (0.0, 1.3, 0.0))
    assert above[0] < 319.5


def test_clip_space_has_the_pixels_of_the_projection() -> None:
    camera = Camera((1.0, 0.4, 2.5), (-0.2, 1.1, 0.3), 0.2, 900.0, 720, 1280)
    point_m = np.array((0.4, 1.2, -0.3))
    clip = camera.clip_from_camera @ camera.camera_from_world @ (*point_m, 1.0)
    x, y = clip[:2] / clip[3]
    by_opengl = (x + 1) / 2 * 720 - 0.5, (1 - y) / 2 * 1280 - 0.5
    assert seen(camera, tuple(point_m))[0] == pytest.approx(by_opengl)


def test_a_point_is_in_the_image_if_it_is_on_a_pixel() -> None:
    points_px = np.array(((-0.5, 0.0), (-0.6, 0.0), (639.4, 479.4), (639.5, 0.0)))
    assert LEVEL.is_in_image(points_px).tolist() == [True, False, True, False]
