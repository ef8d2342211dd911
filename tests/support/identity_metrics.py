"""Standard metrics of multi-object tracking: how well a tracker keeps identities on a clip.

Two poses are of the same person if their object keypoint similarity (OKS) is above 0.5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import motmetrics
import numpy as np

from tests.support.clips import MIN_VISIBLE
from vitruvian.evaluation.identities import load_trackeval
from vitruvian.skeleton import COCO_17, COCO_SIGMAS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Self

    from numpy.typing import NDArray

    from tests.support.clips import Truth
    from vitruvian.result import PoseResult
    from vitruvian.types import Float64

SAME_PERSON = 0.5  # OKS, as in COCO's AP50
# The area of a person as a fraction of the bounding box of the landmarks. CrowdPose uses this value
# for people without a segmentation mask.
_AREA_OF_BOX = 0.53


@dataclass(frozen=True)
class Found:
    """The output of a tracker for one frame.

    Attributes:
        ids: (N,) int.
        keypoints_px: (N, 33, 2) in pixels.
    """

    ids: NDArray[np.integer]
    keypoints_px: NDArray[np.floating]

    @classmethod
    def of(cls, result: PoseResult) -> Self:
        return cls(result.ids, result.landmarks_px[..., :2])


@dataclass(frozen=True)
class Scores:
    """The metrics of a tracker on a clip.

    Attributes:
        idf1: F1 score of the identities: 1 if every person is always found with the same id.
        switches: how often a person is found with another id than before.
        mota: 1 minus the misses, false positives and switches, as fractions of the true people.
        recall: the fraction of the true people that are found.
        hota: higher-order tracking accuracy, the mean over similarities of 0.05 to 0.95.
        delays_s: true id → seconds until the person is first found; infinite if never.
    """

    idf1: float
    switches: int
    mota: float
    recall: float
    hota: float
    delays_s: dict[int, float]


def score(truths: Iterable[Truth], found: Iterable[Found], frame_rate: float) -> Scores:
    """Compare the output of a tracker with the ground truth, frame by frame.

    Occluded people have no effect, whether they are found or not.
    """
    events = motmetrics.MOTAccumulator(auto_id=True)
    frames = []
    for truth, people in zip(truths, found, strict=True):
        similarities = similarity(truth, people)
        distances = np.where(similarities < SAME_PERSON, np.nan, 1 - similarities)
        visible = truth.visible_fraction >= MIN_VISIBLE
        # A greater distance of the occluded people lets the visible ones be matched first.
        true, matched = motmetrics.lap.linear_sum_assignment(distances + ~visible[:, np.newaxis])
        counted = np.delete(np.arange(len(people.ids)), matched[~visible[true]])
        events.update(truth.ids[visible], people.ids[counted], distances[np.ix_(visible, counted)])
        frames.append(
            (truth.ids[visible], people.ids[counted], similarities[np.ix_(visible, counted)])
        )

    names = ["idf1", "num_switches", "mota", "recall"]
    values = motmetrics.metrics.create().compute(events, metrics=names).iloc[0]
    idf1, switches, mota, recall = map(float, values)
    return Scores(idf1, int(switches), mota, recall, _hota(frames), _delays_s(events, frame_rate))


def _hota(frames: Sequence[tuple[NDArray[np.integer], NDArray[np.integer], Float64]]) -> float:
    """Return trackeval's HOTA of frames: true ids, found ids and their similarities."""
    true_ids, found_ids, similarities = zip(*frames, strict=True)
    true_names, true_numbers = np.unique(np.concatenate(true_ids), return_inverse=True)
    found_names, found_numbers = np.unique(np.concatenate(found_ids), return_inverse=True)
    data = {
        "num_timesteps": len(frames),
        "gt_ids": np.split(true_numbers, np.cumsum([len(ids) for ids in true_ids])[:-1]),
        "tracker_ids": np.split(found_numbers, np.cumsum([len(ids) for ids in found_ids])[:-1]),
        "similarity_scores": similarities,
        "num_gt_dets": len(true_numbers),
        "num_tracker_dets": len(found_numbers),
        "num_gt_ids": len(true_names),
        "num_tracker_ids": len(found_names),
    }
    return float(np.mean(load_trackeval().HOTA().eval_sequence(data)["HOTA"]))


def similarity(truth: Truth, found: Found) -> Float64:
    """Return the OKS, (T, F), of each true and each found person."""
    keypoints = list(COCO_17)
    width, height = np.moveaxis(np.ptp(truth.keypoints_px, axis=1), 1, 0)
    areas_px2 = _AREA_OF_BOX * width * height
    scales_px2 = np.square(2 * np.array(COCO_SIGMAS)) * areas_px2[:, np.newaxis]
    differences_px = (
        truth.keypoints_px[:, np.newaxis, keypoints] - found.keypoints_px[np.newaxis, :, keypoints]
    )
    distances_px2 = np.square(differences_px).sum(axis=3)
    similarities = np.exp(-distances_px2 / (2 * scales_px2[:, np.newaxis]))
    # Occluded keypoints count only for a person without any visible keypoint.
    weights = np.maximum(truth.visible[:, np.newaxis, keypoints], 1e-6)
    return (similarities * weights).sum(axis=2) / weights.sum(axis=2)


def _delays_s(events: motmetrics.MOTAccumulator, frame_rate: float) -> dict[int, float]:
    """Return the seconds from each person's first frame to the first frame in which it is found."""
    rows = events.mot_events.reset_index()
    firsts = rows.groupby("OId").FrameId.min()
    found = rows[rows.Type.isin(["MATCH", "SWITCH"])].groupby("OId").FrameId.min()
    delays_s = (found.reindex(firsts.index) - firsts) / frame_rate
    return {int(number): delay_s for number, delay_s in delays_s.fillna(np.inf).items()}
