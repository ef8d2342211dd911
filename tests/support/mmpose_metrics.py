"""MMPose's formulas of metrics, written out after its mmpose/evaluation/functional.

They are another evaluator's numbers for the tests of ours, which are computed in another way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from vitruvian.types import Float64


def keypoint_pck_accuracy(
    pred: Float64, gt: Float64, mask: Float64, thr: float, norm_factor: Float64
) -> tuple[Float64, float]:
    """Return the accuracy of each joint, -1 without labels, and the mean over the joints."""
    accuracies = []
    for joint in range(gt.shape[1]):
        distances = []
        for person in range(gt.shape[0]):
            if mask[person, joint]:
                scaled = (pred[person, joint] - gt[person, joint]) / norm_factor[person]
                distances.append(np.sqrt(scaled[0] ** 2 + scaled[1] ** 2))
        right = sum(distance < thr for distance in distances)
        accuracies.append(right / len(distances) if distances else -1.0)
    valid = [accuracy for accuracy in accuracies if accuracy >= 0]
    return np.array(accuracies), sum(valid) / len(valid)


def keypoint_auc(pred: Float64, gt: Float64, mask: Float64, norm_factor: Float64) -> float:
    """Return the mean of the accuracies at 0, 1/20, … 19/20 of the length."""
    total = 0.0
    for step in range(20):
        total += keypoint_pck_accuracy(pred, gt, mask, step / 20, norm_factor)[1] / 20
    return total


def keypoint_epe(pred: Float64, gt: Float64, mask: Float64) -> float:
    """Return the mean distance of the labelled keypoints."""
    people, joints = np.nonzero(mask)
    distances = [np.hypot(*(pred[p, j] - gt[p, j])) for p, j in zip(people, joints, strict=True)]
    return sum(distances) / len(distances)


def keypoint_mpjpe(pred: Float64, gt: Float64, alignment: str) -> float:
    """Return the mean error of poses (N, K, 3), after "none", "scale" or "procrustes"."""
    if alignment == "procrustes":
        pred = np.stack([compute_similarity_transform(p, g) for p, g in zip(pred, gt, strict=True)])
    elif alignment == "scale":
        pred_dot_pred = np.einsum("nkc,nkc->n", pred, pred)
        pred_dot_gt = np.einsum("nkc,nkc->n", pred, gt)
        pred = pred * (pred_dot_gt / pred_dot_pred)[:, None, None]
    return float(np.linalg.norm(pred - gt, ord=2, axis=-1).mean())


def compute_similarity_transform(source_points: Float64, target_points: Float64) -> Float64:
    """Return the source's points, (K, 3), moved to the target's."""
    source, target = source_points.T, target_points.T
    mu1, mu2 = source.mean(axis=1, keepdims=True), target.mean(axis=1, keepdims=True)
    x1, x2 = source - mu1, target - mu2
    u, _, vh = np.linalg.svd(x1 @ x2.T)
    z = np.eye(3)
    z[-1, -1] *= np.sign(np.linalg.det(u @ vh))
    r = vh.T @ (z @ u.T)
    scale = np.trace(r @ (x1 @ x2.T)) / (x1**2).sum()
    return np.asarray((scale * (r @ source) + mu2 - scale * (r @ mu1)).T)


def keypoint_3d_pck(pred: Float64, gt: Float64, threshold: float) -> float:
    """Return the percentage of points nearer than a threshold."""
    return float((np.linalg.norm(pred - gt, ord=2, axis=-1) < threshold).mean() * 100)


def keypoint_3d_auc(pred: Float64, gt: Float64) -> float:
    """Return the mean of the percentages at 0, 5, … 150."""
    return float(np.mean([keypoint_3d_pck(pred, gt, thr) for thr in np.linspace(0, 150, 31)]))
