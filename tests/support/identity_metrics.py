"""How well identities are kept: the field's scores of a tracker on a clip.

Two poses are of one person where their object keypoint similarity (OKS) is over a half.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import motmetrics
import numpy as np

from tests.support.clips import LEAST_SEEN
from vitruvian.skeleton import COCO_17, COCO_SIGMAS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    from numpy.typing import NDArray

    from tests.support.clips import Truth
    from vitruvian.result import PoseResult
    from vitruvian.types import Float64

SAME_PERSON = 0.5  # OKS, as in COCO's AP50
_AREA_OF_BOX = 0.53  # a person's in the box of the landmarks: CrowdPose's, where nobody outlined it


@dataclass(frozen=True)
class Found:
    """What a tracker says of one frame.

    Attributes:
        ids: (N,) int.
        keypoints: (N, 33, 2) px.
    """

    ids: NDArray[np.integer]
    keypoints: NDArray[np.floating]

    @classmethod
    def of(cls, result: PoseResult) -> Self:
        return cls(result.ids, result.landmarks_px[..., :2])


@dataclass(frozen=True)
class Scores:
    """What a tracker did with a clip.

    Attributes:
        idf1: the part of all people, true and found, who have the identity that is theirs.
        switches: how often a person who had one identity is found with another.
        mota: 1, less the missed, the invented and the switched, as parts of the true people.
        recall: the part of the true people who are found.
        delays_s: true id → seconds until first found, infinite where never.
    """

    idf1: float
    switches: int
    mota: float
    recall: float
    delays_s: dict[int, float]


def score(truths: Iterable[Truth], found: Iterable[Found], frame_rate: float) -> Scores:
    """Compare what is found with what is there, frame by frame.

    Whoever is hidden may be found or not: it counts neither way.
    """
    events = motmetrics.MOTAccumulator(auto_id=True)
    for truth, people in zip(truths, found, strict=True):
        distances = 1 - similarity(truth, people)
        distances[distances > 1 - SAME_PERSON] = np.nan
        there = truth.seen >= LEAST_SEEN
        # People are matched with those who are there first: hidden ones are at a greater distance.
        true, matched = motmetrics.lap.linear_sum_assignment(distances + ~there[:, np.newaxis])
        counted = np.delete(np.arange(len(people.ids)), matched[~there[true]])
        events.update(truth.ids[there], people.ids[counted], distances[np.ix_(there, counted)])

    names = ["idf1", "num_switches", "mota", "recall"]
    values = motmetrics.metrics.create().compute(events, metrics=names).iloc[0]
    idf1, switches, mota, recall = map(float, values)
    return Scores(idf1, int(switches), mota, recall, _delays_s(events, frame_rate))


def similarity(truth: Truth, found: Found) -> Float64:
    """(T, F) the OKS of each true and each found person."""
    keypoints = list(COCO_17)
    width, height = np.moveaxis(np.ptp(truth.keypoints, axis=1), 1, 0)
    spread = np.square(2 * np.array(COCO_SIGMAS)) * (_AREA_OF_BOX * width * height)[:, np.newaxis]
    away = truth.keypoints[:, np.newaxis, keypoints] - found.keypoints[np.newaxis, :, keypoints]
    likeness = np.exp(-np.square(away).sum(axis=3) / (2 * spread[:, np.newaxis]))
    # What is hidden says something only of a person of whom nothing else is there.
    weights = np.maximum(truth.visible[:, np.newaxis, keypoints], 1e-6)
    return (likeness * weights).sum(axis=2) / weights.sum(axis=2)


def _delays_s(events: motmetrics.MOTAccumulator, frame_rate: float) -> dict[int, float]:
    rows = events.mot_events.reset_index()
    firsts = rows.groupby("OId").FrameId.min()
    found = rows[rows.Type.isin(["MATCH", "SWITCH"])].groupby("OId").FrameId.min()
    delays_s = (found.reindex(firsts.index) - firsts) / frame_rate
    return {int(number): delay_s for number, delay_s in delays_s.fillna(np.inf).items()}
