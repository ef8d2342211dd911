"""The scores of one system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.errors import MissingLibraryError
from vitruvian.evaluation.average_precision import AveragePrecision, Evaluator
from vitruvian.evaluation.bootstrap import intervals
from vitruvian.evaluation.identities import has_identities, identities, load_trackeval
from vitruvian.evaluation.image_means import resampled
from vitruvian.evaluation.matches import match_people
from vitruvian.evaluation.pck import normalizers_px
from vitruvian.evaluation.scores import GroupScores, ImageScores, Score, SystemScores
from vitruvian.evaluation.statistics import (
    keypoint_statistics,
    landmark_statistics,
    mask_statistics,
    world_statistics,
)
from vitruvian.evaluation.video import jitter, lag_ms, tracks_of

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

_PERCENT = 100.0


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

    Raises:
        MissingLibraryError: faster-coco-eval is not installed.
    """
    matches = match_people(annotations, results)
    lengths_px = normalizers_px(matches.truth, normalizer)
    statistics = (
        *keypoint_statistics(matches, lengths_px, pck_threshold),
        *landmark_statistics(matches, lengths_px, pck_threshold),
        *world_statistics(matches),
        *mask_statistics(annotations, results),
    )
    notes = list(results.notes)
    trackeval = None
    if has_identities(annotations, results):
        try:
            trackeval = load_trackeval()
        except MissingLibraryError as error:
            notes.append(str(error))
    evaluator = Evaluator(annotations, results)
    curves = evaluator.precision_recall()
    scorer = _Scorer(
        annotations, results, matches, lengths_px, statistics, evaluator, curves, trackeval
    )
    return SystemScores(
        results,
        scorer.scores(overall),
        {group: scorer.scores(sample) for group, sample in groups.items()},
        scorer.image_scores(),
        notes,
    )


@dataclass(frozen=True, eq=False)
class _Scorer:
    """All that is known of a system, from which the scores of any images are computed."""

    annotations: Annotations
    results: SystemResults
    matches: Matches
    lengths_px: Float64
    statistics: Sequence[Statistic]
    evaluator: Evaluator
    curves: PrecisionRecall
    trackeval: Any

    def scores(self, sample: Sample) -> GroupScores:
        """Return the scores of some images."""
        matches = self.matches
        metrics, parts = self._means(sample)
        counted = np.isin(matches.images, sample.images)
        labelled = matches.labelled[counted]
        return GroupScores(
            images=len(sample.images),
            people=int(counted.sum()),
            missed_people=int((counted & ~matches.is_found).sum()),
            keypoints=int(labelled.sum()),
            missed_keypoints=int((labelled & np.isnan(matches.errors_px[counted])).sum()),
            without_normalizer=int((counted & np.isnan(self.lengths_px)).sum()),
            metrics={**self._precision(sample), **metrics, **self._video(sample)},
            parts=parts,
        )

    def _precision(self, sample: Sample) -> dict[str, Score]:
        """Return COCO's summary."""
        values = self.evaluator.average_precision(sample.images)
        curves = self.curves.within(sample.images)
        bounds = intervals(np.array(AveragePrecision.of(*curves.summary(sample.weights))))
        return {
            name: Score(*(_PERCENT * float(number) for number in (value, *bound)))
            for name, value, bound in zip(values._fields, values, bounds, strict=True)
        }

    def _means(self, sample: Sample) -> tuple[dict[str, Score], dict[str, dict[str, Score]]]:
        """Return the metrics that are means, and those of each part of the body."""
        metrics, parts = {}, {}
        means = [statistic.means for statistic in self.statistics]
        for statistic, once, many in zip(
            self.statistics,
            resampled(means, sample.images, sample.once),
            resampled(means, sample.images, sample.weights),
            strict=True,
        ):
            values, bounds = statistic.values(once)[:, 0], intervals(statistic.values(many))
            scores = [Score(*map(float, (v, *b))) for v, b in zip(values, bounds, strict=True)]
            if statistic.parts:
                parts[statistic.name] = dict(zip(statistic.parts, scores, strict=True))
            else:
                metrics[statistic.name] = scores[0]
        return metrics, parts

    def _video(self, sample: Sample) -> dict[str, Score]:
        """Return the metrics of videos. Their frames depend on each other: there is no interval."""
        values = {}
        tracks = tracks_of(self.annotations, self.matches, sample.images)
        if tracks:
            values = {"jitter": jitter(tracks), "lag_ms": lag_ms(tracks)}
        if self.trackeval is not None:
            kept = identities(self.trackeval, self.annotations, self.results, sample.images)
            values |= {name: _PERCENT * value for name, value in kept._asdict().items()}
        return {name: Score(value, np.nan, np.nan) for name, value in values.items()}

    def image_scores(self) -> list[ImageScores]:
        """Return the scores of each image."""
        matches = self.matches
        pck, epe_px = (
            statistic.means.of_each_image() * statistic.unit
            for name in ("pck", "epe_px")
            for statistic in self.statistics
            if statistic.name == name
        )
        people = np.bincount(matches.images, minlength=matches.image_count)
        missed = np.bincount(matches.images[~matches.is_found], minlength=matches.image_count)
        oks = np.bincount(matches.images, matches.similarities, matches.image_count)
        return [
            ImageScores(
                number,
                int(people[number]),
                len(self.results.people[number]),
                int(missed[number]),
                float(oks[number] / people[number]) if people[number] else np.nan,
                float(pck[number]),
                float(epe_px[number]),
            )
            for number in range(matches.image_count)
        ]
