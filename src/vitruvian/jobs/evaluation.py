"""An evaluation: annotations, results and models → scores."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from vitruvian.draw.figures import check_matplotlib
from vitruvian.errors import MediaError, OptionError
from vitruvian.evaluation.annotation_file import read_annotations
from vitruvian.evaluation.average_precision import load_library
from vitruvian.evaluation.image_names import ImageNames
from vitruvian.evaluation.scoring import evaluate
from vitruvian.evaluation.system_results import sort_results
from vitruvian.formats import predictions
from vitruvian.jobs import evaluation_rows
from vitruvian.jobs.evaluation_left_out import annotations_without, people_without
from vitruvian.printable import printable
from vitruvian.weights.catalogue import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from vitruvian.evaluation.pck import Normalizer
    from vitruvian.evaluation.scores import Evaluation
    from vitruvian.options import Model, Search


@dataclass(frozen=True)
class Request:
    """What is to be evaluated, and how.

    Attributes:
        annotations: the truth, a file in COCO's format.
        images: the folder of the images; None to run no model.
        results: the results of other systems, a file or a folder each, by the system's name.
        models: those to run.
        num_poses: how many people they find at most; None for all.
        search: where they search.
        group_by: the field of images that names their group; None for the default one.
        normalizer: of PCK.
        pck_threshold: of PCK, as a part of the normalizer.
        resamplings: of the bootstrap.
        seed: of the bootstrap.
    """

    annotations: Path
    images: Path | None
    results: Mapping[str, Path]
    models: tuple[Model, ...]
    num_poses: int | None
    search: Search
    group_by: str | None
    normalizer: Normalizer
    pck_threshold: float
    resamplings: int
    seed: int


@dataclass(frozen=True, eq=False)
class Outcome:
    """What came of a request.

    Attributes:
        request: what was to be evaluated.
        evaluation: the scores.
        left_out: why an image is in no score, by its id.
        sha256: of each file that the scores depend on, by its name in `evaluation.json`.
    """

    request: Request
    evaluation: Evaluation
    left_out: Mapping[int | str, str]
    sha256: Mapping[str, Any]


def run(request: Request, *, show_progress: bool = True) -> Outcome:
    """Score our models and the results of other systems.

    What can be wrong with files and options is found before a model runs, except for what is wrong
    with the images. An image that cannot be used is left out of the scores of all systems, and a
    sentence says why.

    Args:
        request: what is to be evaluated.
        show_progress: whether to show a progress bar, on a terminal.

    Raises:
        MissingLibraryError: an optional library is not installed.
        MediaError: no image can be used.
        EvaluationError: annotations or results cannot be read.
        OptionError: a name is given twice.
        WeightsError, EngineError: as `Pose`.
    """
    load_library()
    check_matplotlib("figures", "evaluation")
    annotations = read_annotations(request.annotations, request.group_by)
    names = ImageNames(annotations)
    others = {name: predictions.read(path) for name, path in request.results.items()}
    for name, people in others.items():
        sort_results(names, name, people, {})  # says what is wrong with them before a model runs
    sha256: dict[str, Any] = {
        "annotations": sha256_of(request.annotations),
        "results": {name: sha256_of(path) for name, path in request.results.items()},
        "weights": {},
    }
    systems, overlaps, left_out, notes = dict(others), {}, {}, []
    if request.images is not None:
        options_of = evaluation_rows.rows(
            annotations, request.models, request.num_poses, request.search
        )
        for name in options_of.keys() & others.keys():
            raise OptionError(f"{name} is a row of our own: give the results another name.")
        found = evaluation_rows.run(
            annotations, request.images, options_of, show_progress=show_progress
        )
        left_out, overlaps = found.left_out, found.mask_overlaps
        systems = found.people | {
            name: people_without(left_out, names, name, people) for name, people in others.items()
        }
        annotations = annotations_without(left_out, annotations)
        notes.append(_settings(request))
        weights = ["pose_detection", *(f"pose_landmark_{model}" for model in request.models)]
        sha256["weights"] = {name: WEIGHTS[name].sha256 for name in weights}
    evaluation = evaluate(
        annotations,
        systems,
        normalizer=request.normalizer,
        pck_threshold=request.pck_threshold,
        resamplings=request.resamplings,
        seed=request.seed,
        mask_overlaps=overlaps,
    )
    evaluation = replace(evaluation, notes=[*notes, *evaluation.notes])
    return Outcome(request, evaluation, left_out, sha256)


def _settings(request: Request) -> str:
    num_poses = "all" if request.num_poses is None else request.num_poses
    return (
        "BlazePose was run here on the images, as still images, with num_poses "
        f"{num_poses} and search {request.search}; num_poses is all in rows that say so."
    )


def sha256_of(path: Path) -> str:
    """Return the hash of a file; of a folder, that of the lines `sha256sum *` prints in it."""
    try:
        if not path.is_dir():
            return hashlib.sha256(path.read_bytes()).hexdigest()
        files = sorted(file for file in path.iterdir() if file.is_file() and file.name[0] != ".")
        lines = [
            f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files
        ]
    except OSError as error:
        raise MediaError(
            f"{printable(path)} cannot be read ({error.strerror}): check the path."
        ) from error
    return hashlib.sha256("".join(lines).encode(errors="surrogateescape")).hexdigest()
