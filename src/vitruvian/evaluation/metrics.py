"""The metrics by name: what each is called in tables, its unit, and which values are good."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Metric:
    """How a metric is shown.

    Attributes:
        title: in tables.
        unit: of its values.
        higher_is_better: whether the greatest value is the best; otherwise the least is.
    """

    title: str
    unit: str
    higher_is_better: bool


PERCENT = "%"

# Those for whole groups of images, in the order of tables.
METRICS = {
    "ap": Metric("mAP", PERCENT, higher_is_better=True),
    "pck": Metric("PCK", PERCENT, higher_is_better=True),
    "pck_mean_of_joints": Metric("PCK, mean of joints", PERCENT, higher_is_better=True),
    "ap50": Metric("AP50", PERCENT, higher_is_better=True),
    "ap75": Metric("AP75", PERCENT, higher_is_better=True),
    "ar": Metric("AR", PERCENT, higher_is_better=True),
    "auc": Metric("AUC", PERCENT, higher_is_better=True),
    "auc_mean_of_joints": Metric("AUC, mean of joints", PERCENT, higher_is_better=True),
    "epe_px": Metric("EPE", "px", higher_is_better=False),
    "landmarks_pck": Metric("PCK of 33 landmarks", PERCENT, higher_is_better=True),
    "landmarks_epe_px": Metric("EPE of 33 landmarks", "px", higher_is_better=False),
    "mpjpe_mm": Metric("MPJPE", "mm", higher_is_better=False),
    "pa_mpjpe_mm": Metric("PA-MPJPE", "mm", higher_is_better=False),
    "n_mpjpe_mm": Metric("N-MPJPE", "mm", higher_is_better=False),
    "pck_150mm": Metric("3D PCK at 150 mm", PERCENT, higher_is_better=True),
    "auc_150mm": Metric("3D AUC to 150 mm", PERCENT, higher_is_better=True),
    "mask_iou": Metric("mask IoU", PERCENT, higher_is_better=True),
    "jitter": Metric("jitter", "torsos/s²", higher_is_better=False),
    "lag_ms": Metric("lag", "ms", higher_is_better=False),
    "idf1": Metric("IDF1", PERCENT, higher_is_better=True),
    "hota": Metric("HOTA", PERCENT, higher_is_better=True),
}

# Those of each keypoint or landmark: the names of their parts stand in `skeleton`.
PART_METRICS = {
    "joints_pck": Metric("PCK of each joint", PERCENT, higher_is_better=True),
    "joints_epe_px": Metric("EPE of each joint", "px", higher_is_better=False),
    "each_landmark_pck": Metric("PCK of each landmark", PERCENT, higher_is_better=True),
    "each_landmark_epe_px": Metric("EPE of each landmark", "px", higher_is_better=False),
}
