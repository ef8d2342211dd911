"""The files of an evaluation, which appear together, each complete or not at all."""

from __future__ import annotations

import csv
import math
import os
from contextlib import ExitStack
from dataclasses import asdict
from io import StringIO
from typing import TYPE_CHECKING, Any

from vitruvian.draw.figures import png_of
from vitruvian.errors import FrameError, MediaError, OptionError
from vitruvian.evaluation.pck_figure import pck_figure
from vitruvian.evaluation.worst_figure import worst_figure
from vitruvian.files import output_errors, written_aside
from vitruvian.jobs.evaluation_json import json_of
from vitruvian.jobs.evaluation_rows import read_image
from vitruvian.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from vitruvian.evaluation.annotations import AnnotatedImage
    from vitruvian.evaluation.report import Section
    from vitruvian.evaluation.scores import Evaluation, GroupScores
    from vitruvian.jobs.evaluation import Outcome
    from vitruvian.types import Image

NAMES = ("table.md", "table.csv", "figure.png", "evaluation.json", "images.csv", "worst.png")
_COUNTS = (
    "images",
    "people",
    "missed_people",
    "keypoints",
    "missed_keypoints",
    "without_normalizer",
)


def write(folder: Path, outcome: Outcome, sections: Sequence[Section]) -> list[Path]:
    """Write all files into a folder, which is created, and return their paths.

    Args:
        folder: that of the files.
        outcome: what to write.
        sections: the tables of `table.md`.

    Raises:
        OutputError: a file cannot be written. Then no file is changed.
    """
    evaluation = outcome.evaluation
    texts = {
        "table.md": "\n\n".join("\n".join(section.lines()) for section in sections) + "\n",
        "table.csv": _table_csv(evaluation),
        "evaluation.json": json_of(outcome),
        "images.csv": _images_csv(evaluation),
    }
    contents = {name: text.encode() for name, text in texts.items()}
    contents["figure.png"] = png_of(pck_figure(evaluation))
    contents["worst.png"] = png_of(worst_figure(evaluation, lambda image: _read(outcome, image)))
    with ExitStack() as written:
        for name in NAMES:
            aside = written.enter_context(written_aside(folder / name))
            with output_errors(folder / name):
                aside.write_bytes(contents[name])
    return [folder / name for name in NAMES]


def refuse_overwriting(folder: Path, inputs: Iterable[Path]) -> None:
    """Refuse to overwrite what is read.

    Args:
        folder: that of the files.
        inputs: files and folders.

    Raises:
        OptionError: a file to write is one of the inputs, or in one of these folders.
    """
    outputs = {os.path.realpath(folder / name) for name in NAMES}
    for path in inputs:
        files = path.iterdir() if path.is_dir() else [path]
        for file in files:
            if os.path.realpath(file) in outputs:
                raise OptionError(
                    f"The output would overwrite {printable(file)}, which is read: choose another "
                    "output folder."
                )


def _read(outcome: Outcome, image: AnnotatedImage) -> Image | None:
    """Return an image to draw on; none if no images were given, or it was removed meanwhile."""
    folder = outcome.request.images
    if folder is None:
        return None
    try:
        return read_image(outcome.evaluation.annotations, image, folder)
    except (MediaError, FrameError):
        return None


def _table_csv(evaluation: Evaluation) -> str:
    """Return a row for each system and group, with each metric and its interval."""
    rows = []
    metrics: dict[str, None] = {}  # in their order, with those that only some systems have
    for name, system in evaluation.systems.items():
        for group, scores in [*system.groups.items(), ("", system.overall)]:
            metrics |= dict.fromkeys(scores.metrics)
            rows.append({"system": printable(name), "group": printable(group), **_values(scores)})
    columns = [f"{metric}{ending}" for metric in metrics for ending in ("", "_low", "_high")]
    return _csv(["system", "group", *_COUNTS, *columns], rows)


def _values(scores: GroupScores) -> dict[str, float]:
    values: dict[str, float] = {name: getattr(scores, name) for name in _COUNTS}
    for metric, score in scores.metrics.items():
        values |= {metric: score.value, f"{metric}_low": score.low, f"{metric}_high": score.high}
    return values


def _images_csv(evaluation: Evaluation) -> str:
    """Return a row for each image and system."""
    rows = []
    for name, system in evaluation.systems.items():
        for scores in system.images:
            image = evaluation.annotations.images[scores.number]
            values = asdict(scores)
            del values["number"]
            rows.append(
                {
                    "image": printable(image.file_name),
                    "group": printable(image.group),
                    "system": printable(name),
                    **values,
                }
            )
    return _csv([*rows[0]], rows)


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the text of a CSV file. A value that is not known is an empty cell."""
    file = StringIO(newline="")
    writer = csv.DictWriter(file, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: value for key, value in row.items() if not _is_nan(value)})
    return file.getvalue()


def _is_nan(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)
