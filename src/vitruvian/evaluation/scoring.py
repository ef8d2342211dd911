"""The function `evaluate`: truth and results → scores."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.errors import OptionError
from vitruvian.evaluation.annotation_file import read_annotations
from vitruvian.evaluation.annotations import Annotations
from vitruvian.evaluation.bootstrap import resample
from vitruvian.evaluation.given_results import read_results
from vitruvian.evaluation.image_names import ImageNames
from vitruvian.evaluation.pck import NORMALIZERS
from vitruvian.evaluation.scores import Evaluation
from vitruvian.evaluation.system_results import sort_results
from vitruvian.evaluation.system_scoring import score_system
from vitruvian.printable import printable, shown

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

    from vitruvian.evaluation.masks import MaskOverlap
    from vitruvian.evaluation.pck import Normalizer
    from vitruvian.evaluation.scores import SystemScores
    from vitruvian.prediction import PredictedPerson
    from vitruvian.result import PoseResult

DEFAULT_RESAMPLINGS = 1000
_MOST = {"resamplings": 100_000, "seed": 2**32 - 1}


def evaluate(
    truth: str | os.PathLike[str] | Annotations,
    results: Mapping[
        str, str | os.PathLike[str] | Iterable[PredictedPerson] | Iterable[PoseResult]
    ],
    *,
    group_by: str | None = None,
    normalizer: Normalizer = "torso",
    pck_threshold: float = 0.2,
    resamplings: int = DEFAULT_RESAMPLINGS,
    seed: int = 0,
    mask_overlaps: Mapping[str, Mapping[int | str, MaskOverlap]] | None = None,
) -> Evaluation:
    """Score the results of systems against annotated truth, as docs/evaluation.md describes.

    Args:
        truth: a file in COCO's format of keypoints, or annotations that were read.
        results: for each system by name its results: a file or a folder in one of the formats that
            `vitruvian.formats` reads, people, or results of `vitruvian.detect`, whose `index`
            counts the images in the order of the annotations.
        group_by: the field of images that names their group; `activity` by default.
        normalizer: the length that distances are compared with in PCK and AUC.
        pck_threshold: the part of this length below which a keypoint is correct.
        resamplings: how often the bootstrap draws the images. Intervals are NaN with 0.
        seed: of the bootstrap.
        mask_overlaps: for a system by name the overlap of its masks with the annotated ones, by the
            image's id. Without it, the masks of `vitruvian.detect` are compared.

    Raises:
        EvaluationError: annotations or results cannot be read, or do not fit each other.
        MediaError: an annotated mask cannot be read.
        OptionError: an option has a value that is not permitted.
        MissingLibraryError: faster-coco-eval is not installed.
    """
    _check_options(results, normalizer, pck_threshold, resamplings, seed)
    annotations = (
        truth if isinstance(truth, Annotations) else read_annotations(Path(truth), group_by)
    )
    everything = resample(np.arange(len(annotations.images)), resamplings, seed)
    groups = {
        group: resample(annotations.in_group(group), resamplings, seed)
        for group in annotations.groups
    }
    names = ImageNames(annotations)
    systems: dict[str, SystemScores] = {}
    for name, given in results.items():
        people, overlaps = read_results(annotations, name, given)
        overlaps.update((mask_overlaps or {}).get(name, {}))
        sorted_results = sort_results(names, name, people, overlaps)
        systems[name] = score_system(
            annotations, sorted_results, everything, groups, normalizer, pck_threshold
        )
    options = {
        "normalizer": normalizer,
        "pck_threshold": pck_threshold,
        "resamplings": resamplings,
        "seed": seed,
    }
    return Evaluation(annotations, systems, options, _notes(annotations, systems, normalizer))


def _check_options(
    results: Mapping[str, Any], normalizer: str, pck_threshold: float, resamplings: int, seed: int
) -> None:
    if not results:
        raise OptionError("results is empty: give the results of at least one system.")
    if normalizer not in NORMALIZERS:
        raise OptionError(
            f"normalizer is {shown(normalizer)}: give one of {', '.join(NORMALIZERS)}."
        )
    if not 0 < pck_threshold < np.inf:
        raise OptionError(f"pck_threshold is {shown(pck_threshold)}: give a number above 0.")
    for name, value in (("resamplings", resamplings), ("seed", seed)):
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST[name]:
            raise OptionError(
                f"{name} is {shown(value)}: give a whole number from 0 to {_MOST[name]}."
            )


def _notes(
    annotations: Annotations, systems: Mapping[str, SystemScores], normalizer: Normalizer
) -> list[str]:
    notes = [f"{annotations.name}: {note}" for note in annotations.notes]
    first = next(iter(systems.values()))
    if first.overall.without_normalizer:
        notes.append(
            f"{first.overall.without_normalizer} of {first.overall.people} people are left out of "
            f"PCK, because the points for the normalizer {normalizer} are not labelled."
        )
    single = [group for group, scores in first.groups.items() if scores.images == 1]
    if single:
        notes.append(
            f"The groups with one image have no intervals: {', '.join(map(printable, single))}."
        )
    named: dict[str, list[str]] = {}  # systems by the note that they share
    for name, system in systems.items():
        for note in system.notes:
            named.setdefault(note, []).append(printable(name))
    notes += [f"{'; '.join(names)}: {note}" for note, names in named.items()]
    if any(system.overall.missed_keypoints for system in systems.values()):
        notes.append(
            "People and keypoints that were not found count as wrong, but have no part in EPE."
        )
    return notes
