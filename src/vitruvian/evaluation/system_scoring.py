"""The scores of one system."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.evaluation.average_precision import AveragePrecision, Evaluator
from vitruvian.evaluation.bootstrap import intervals
from vitruvian.evaluation.image_means import resampled
from vitruvian.evaluation.matches import match_people
from vitruvian.evaluation.pck import normalizers_px
from vitruvian.evaluation.scores import GroupScores, ImageScores, Score, SystemScores
from vitruvian.evaluation.statistics import (
    keypoint_statistics,
    landmark_statistics,
    world_statistics,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vitruvian.evaluation.annotations import Annotations
    from vitruvian.evaluation.bootstrap import Sample
    from vitruvian.evaluation.matches import Matches
    from vitruvian.evaluation.pck import Normalizer
    from vitruvian.evaluation.precision_recall import PrecisionRecall
    from vitruvian.evaluation.statistics import Statistic
    from vitruvian.evaluation.system_results import SystemResults
    from vitruvian.types import Float64


def score_system(
    annotations: Annotations,
    results: SystemResults,
    overall: Sample,
    groups: Mapping[str, Sample],
    normalizer: Normalizer,
    pck_threshold: float,
) -> SystemScores:
    """Score what a system found.

    Args:
        annotations: the truth.
        results: what the system found.
        overall: all images.
        groups: the images of each group.
        normalizer: of PCK.
        pck_threshold: of PCK, as a part of the normalizer.
    """
    matches = match_people(annotations, results)
    lengths_px = normalizers_px(matches.truth, normalizer)
    statistics = (
        *keypoint_statistics(matches, lengths_px, pck_threshold),
        *landmark_statistics(matches, lengths_px, pck_threshold),
        *world_statistics(matches),
    )
    evaluator = Evaluator(annotations, results)
    curves = evaluator.precision_recall()

    def score(sample: Sample) -> GroupScores:
        return _group_scores(matches, lengths_px, statistics, evaluator, curves, sample)

    return SystemScores(
        results,
        score(overall),
        {group: score(sample) for group, sample in groups.items()},
        _image_scores(matches, results, statistics),
    )


def _group_scores(
    matches: Matches,
    lengths_px: Float64,
    statistics: Sequence[Statistic],
    evaluator: Evaluator,
    curves: PrecisionRecall,
    sample: Sample,
) -> GroupScores:
    metrics = _precision_scores(evaluator, curves, sample)
    parts = {}
    all_means = [statistic.means for statistic in statistics]
    for statistic, once, many in zip(
        statistics,
        resampled(all_means, sample.images, sample.once),
        resampled(all_means, sample.images, sample.weights),
        strict=True,
    ):
        values, bounds = statistic.values(once)[:, 0], intervals(statistic.values(many))
        scores = [Score(*map(float, (v, *b))) for v, b in zip(values, bounds, strict=True)]
        if statistic.parts:
            parts[statistic.name] = dict(zip(statistic.parts, scores, strict=True))
        else:
            metrics[statistic.name] = scores[0]
    counted = np.isin(matches.images, sample.images)
    labelled = matches.labelled[counted]
    return GroupScores(
        images=len(sample.images),
        people=int(counted.sum()),
        missed_people=int((counted & ~matches.is_found).sum()),
        keypoints=int(labelled.sum()),
        missed_keypoints=int((labelled & np.isnan(matches.errors_px[counted])).sum()),
        without_normalizer=int((counted & np.isnan(lengths_px)).sum()),
        metrics=metrics,
        parts=parts,
    )


def _precision_scores(
    evaluator: Evaluator, curves: PrecisionRecall, sample: Sample
) -> dict[str, Score]:
    """Return COCO's summary in percent."""
    values = evaluator.average_precision(sample.images)
    curves = curves.within(sample.images)
    bounds = intervals(np.array(AveragePrecision.of(*curves.summary(sample.weights))))
    return {
        name: Score(*(100 * float(number) for number in (value, *bound)))
        for name, value, bound in zip(values._fields, values, bounds, strict=True)
    }


def _image_scores(
    matches: Matches, results: SystemResults, statistics: Sequence[Statistic]
) -> list[ImageScores]:
    pck, epe_px = (
        statistic.means.of_each_image() * statistic.unit
        for name in ("pck", "epe_px")
        for statistic in statistics
        if statistic.name == name
    )
    people = np.bincount(matches.images, minlength=matches.image_count)
    missed = np.bincount(matches.images[~matches.is_found], minlength=matches.image_count)
    oks = np.bincount(matches.images, matches.similarities, matches.image_count)
    return [
        ImageScores(
            number,
            int(people[number]),
            len(results.people[number]),
            int(missed[number]),
            float(oks[number] / people[number]) if people[number] else np.nan,
            float(pck[number]),
            float(epe_px[number]),
        )
        for number in range(matches.image_count)
    ]
