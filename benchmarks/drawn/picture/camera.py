"""A pinhole camera, and where it sees points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Float64 = NDArray[np.float64]

NEAR_M, FAR_M = 0.1, 60.0


@dataclass(frozen=True)
class Camera:
    """A pinhole camera with square pixels.

    Camera space is in metres: x to the right of the image, y down, z away from the camera. These
    are the axes of Vitruvian's world landmarks.

    Attributes:
        eye_m: (3,) where it is, in world space.
        target_m: (3,) the point that is seen in the middle of the image.
        roll_rad: how far it is turned about its axis, clockwise.
        focal_px: the focal length.
        width_px: of the image.
        height_px: of the image.
    """

    eye_m: tuple[float, float, float]
    target_m: tuple[float, float, float]
    roll_rad: float
    focal_px: float
    width_px: int
    height_px: int

    @property
    def camera_from_world(self) -> Float64:
        """The matrix, (4, 4), of a motion without scale."""
        eye_m = np.array(self.eye_m)
        forward = np.array(self.target_m) - eye_m
        forward /= np.sqrt((forward * forward).sum())
        right = np.cross(forward, (0.0, 1.0, 0.0))
        right /= np.sqrt((right * right).sum())
        down = np.cross(forward, right)
        cos, sin = np.cos(self.roll_rad), np.sin(self.roll_rad)
        axes = np.stack((cos * right + sin * down, cos * down - sin * right, forward))
        matrix = np.eye(4)
        matrix[:3, :3] = axes
        matrix[:3, 3] = -(axes * eye_m).sum(axis=1)
        return matrix

    @property
    def clip_from_camera(self) -> Float64:
        """The matrix, (4, 4), to OpenGL's clip space, whose y is up."""
        depth = FAR_M - NEAR_M
        return np.array(
            [
                [2 * self.focal_px / self.width_px, 0, 0, 0],
                [0, -2 * self.focal_px / self.height_px, 0, 0],
                [0, 0, (FAR_M + NEAR_M) / depth, -2 * FAR_M * NEAR_M / depth],
                [0, 0, 1, 0],
            ]
        )

    def entry(self) -> dict[str, Any]:
        """Return what a file says about the camera, to a micrometre and a thousandth of a pixel."""
        return {
            "focal_px": round(self.focal_px, 3),
            "camera_from_world": self.camera_from_world.round(6).tolist(),
        }

    def in_camera(self, points_m: Float64) -> Float64:
        """Return points, (..., 3) metres in world space, in camera space."""
        # Sums in a fixed order: a matrix product may add in another order on another processor.
        matrix = self.camera_from_world
        return (points_m[..., np.newaxis, :] * matrix[:3, :3]).sum(axis=-1) + matrix[:3, 3]

    def project(self, points_in_camera: Float64) -> Float64:
        """Return where points, (..., 3) metres in camera space, are in the image, (..., 2) pixels.

        The centre of the first pixel is at (0, 0), as in Vitruvian and in MediaPipe.
        """
        middle_px = np.array((self.width_px - 1, self.height_px - 1)) / 2
        return self.focal_px * points_in_camera[..., :2] / points_in_camera[..., 2:] + middle_px

    def is_in_image(self, points_px: Float64) -> NDArray[np.bool_]:
        """Return whether points, (..., 2) pixels, are on a pixel of the image, (...)."""
        limits_px = np.array((self.width_px, self.height_px)) - 0.5
        return ((points_px >= -0.5) & (points_px < limits_px)).all(axis=-1)
