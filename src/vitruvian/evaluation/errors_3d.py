"""Errors of poses in three dimensions, in millimetres.

The formulas are those of MMPose's `keypoint_mpjpe`, `keypoint_3d_pck` and `keypoint_3d_auc`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.skeleton import PoseLandmark

if TYPE_CHECKING:
    from vitruvian.types import Float64

PCK_THRESHOLD_MM = 150.0  # of MPI-INF-3DHP: about half the size of a head
AUC_THRESHOLDS_MM = np.linspace(0, 150, 31)
_MM = 1000.0
_HIPS = [PoseLandmark.LEFT_HIP, PoseLandmark.RIGHT_HIP]


def centred(points: Float64) -> Float64:
    """Return poses, (P, 33, 3), with the hips' midpoint at the origin."""
    hips: Float64 = points[:, _HIPS].mean(axis=1, keepdims=True)
    return points - hips


def scaled(points: Float64, truth: Float64) -> Float64:
    """Return centred poses, (P, 33, 3), with the scale that fits the truth best (N-MPJPE)."""
    products = (points * truth).sum(axis=(1, 2), keepdims=True)
    squares = np.square(points).sum(axis=(1, 2), keepdims=True)
    scales: Float64 = np.zeros_like(squares)
    np.divide(products, squares, out=scales, where=squares > 0)
    return points * scales


def aligned(points: Float64, truth: Float64) -> Float64:
    """Return poses, (P, 33, 3), moved, turned and scaled to fit the truth best (PA-MPJPE).

    There is no reflection. The solution is that of Umeyama, "Least-squares estimation of
    transformation parameters between two point patterns", 1991.
    """
    centre, true_centre = points.mean(axis=1, keepdims=True), truth.mean(axis=1, keepdims=True)
    from_centre, true_from_centre = points - centre, truth - true_centre
    u, sizes, vt = np.linalg.svd(np.swapaxes(from_centre, 1, 2) @ true_from_centre)
    signs = np.ones_like(sizes)
    signs[:, 2] = np.sign(np.linalg.det(u) * np.linalg.det(vt))
    rotations = (u * signs[:, np.newaxis]) @ vt
    squares = np.square(from_centre).sum(axis=(1, 2))
    scales: Float64 = np.zeros_like(squares)
    np.divide((sizes * signs).sum(axis=1), squares, out=scales, where=squares > 0)
    moved: Float64 = (from_centre @ rotations) * scales[:, np.newaxis, np.newaxis] + true_centre
    return moved


def errors_mm(points: Float64, truth: Float64) -> Float64:
    """Return the distances, (P, 33), of poses in metres, in millimetres."""
    distances: Float64 = np.linalg.norm(points - truth, axis=2)
    return distances * _MM
