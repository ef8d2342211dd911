"""The outcome of an evaluation: numbers with intervals, counts and notes."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vitruvian.evaluation.annotations import Annotations
    from vitruvian.evaluation.system_results import SystemResults


class Score(NamedTuple):
    """The value of a metric, and its interval of 95 %. All are NaN if there is nothing to measure.

    Attributes:
        value: in the unit of `metrics.METRICS`.
        low: lower bound; NaN without an interval, as for a single image.
        high: upper bound.
    """

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class GroupScores:
    """The scores of one system for one group of images.

    Attributes:
        images: how many there are.
        people: how many annotated people count.
        missed_people: for how many of them nobody was found.
        keypoints: how many are labelled.
        missed_keypoints: how many of them were not found.
        without_normalizer: how many people are left out of PCK, because it has no length for them.
        metrics: the metrics that the data allow, named as in `metrics.METRICS`.
        parts: those of each keypoint or landmark: name of `metrics.PART_METRICS` → part → score.
    """

    images: int
    people: int
    missed_people: int
    keypoints: int
    missed_keypoints: int
    without_normalizer: int
    metrics: Mapping[str, Score]
    parts: Mapping[str, Mapping[str, Score]]


@dataclass(frozen=True)
class ImageScores:
    """What a system reached in one image. Means are NaN where there is nothing to measure.

    Attributes:
        number: of the image in `Annotations.images`.
        people: how many annotated people count.
        found: how many people the system found.
        missed_people: for how many of the annotated people nobody was found.
        oks: mean object keypoint similarity of the annotated people, in [0, 1].
        pck: percentage of correct keypoints.
        epe_px: mean distance of the keypoints found.
    """

    number: int
    people: int
    found: int
    missed_people: int
    oks: float
    pck: float
    epe_px: float


@dataclass(frozen=True, eq=False)
class SystemScores:
    """The scores of one system.

    Attributes:
        results: what it found, in pixels.
        overall: the scores for all images.
        groups: the scores for each group.
        images: the scores of each image, in the order of `Annotations.images`.
        notes: sentences about what was left out or is unusual.
    """

    results: SystemResults
    overall: GroupScores
    groups: Mapping[str, GroupScores]
    images: Sequence[ImageScores]
    notes: Sequence[str]


@dataclass(frozen=True, eq=False)
class Evaluation:
    """The scores of all systems.

    Attributes:
        annotations: the truth.
        systems: the scores by the system's name, in the order in which they were given.
        options: the options of `evaluate` by name.
        notes: sentences about what was left out, is missing, or is unusual, to print below a table.
    """

    annotations: Annotations
    systems: Mapping[str, SystemScores]
    options: Mapping[str, str | float]
    notes: Sequence[str]

    def to_dict(self) -> dict[str, Any]:
        """Return all scores as numbers, texts, lists and dicts, ready for JSON; NaN is None."""
        images = self.annotations.images
        return {
            "annotations": self.annotations.name,
            "options": dict(self.options),
            "notes": list(self.notes),
            "systems": {
                name: {
                    "all": _group_dict(system.overall),
                    "groups": {group: _group_dict(s) for group, s in system.groups.items()},
                    "images": [
                        {
                            "id": images[scores.number].id,
                            "file_name": images[scores.number].file_name,
                            "group": images[scores.number].group,
                            **{
                                key: _json(value) for key, value in list(asdict(scores).items())[1:]
                            },
                        }
                        for scores in system.images
                    ],
                }
                for name, system in self.systems.items()
            },
        }


def _group_dict(scores: GroupScores) -> dict[str, Any]:
    """Return the scores of a group: counts, then metrics, then those of each part."""
    counts = {key: value for key, value in vars(scores).items() if isinstance(value, int)}
    return {
        **counts,
        "metrics": {name: _score_dict(score) for name, score in scores.metrics.items()},
        "parts": {
            name: {part: _score_dict(score) for part, score in parts.items()}
            for name, parts in scores.parts.items()
        },
    }


def _score_dict(score: Score) -> dict[str, float | None]:
    return {name: _json(value) for name, value in score._asdict().items()}


def _json(value: float) -> float | None:
    """Return a number as JSON has it, which knows no NaN."""
    return None if math.isnan(value) else value
