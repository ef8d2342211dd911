"""The tables of an evaluation and the sentences below them, in the layout of MediaPipe's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vitruvian.evaluation.annotation_file import EVERYTHING
from vitruvian.evaluation.metrics import METRICS, PERCENT
from vitruvian.evaluation.published import NOTE, published_table
from vitruvian.evaluation.statistics import JOINTS
from vitruvian.evaluation.table import Column, Table, escaped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from vitruvian.evaluation.scores import Evaluation, GroupScores

_OF_PAGE = ("ap", "pck")
_DETAILS = ("ar", "ap50", "ap75", "auc", "epe_px")
_MEANS_OF_JOINTS = ("pck_mean_of_joints", "auc_mean_of_joints")
_LENGTHS = {
    "torso": "the distance from the left shoulder to the right hip",
    "midline": "the distance from the shoulders' midpoint to the hips' midpoint",
    "box": "the longer side of the person's box",
    "head": "the size of the head",
}


class Section(NamedTuple):
    """A table, and what belongs to it.

    Attributes:
        title: above the table; empty for the first one.
        table: the numbers.
        notes: sentences below the table.
    """

    title: str
    table: Table
    notes: Sequence[str] = ()

    def lines(self, styled: Callable[[str], str] = str) -> Iterator[str]:
        """Yield the lines of Markdown; `styled` is applied to the best numbers."""
        if self.title:
            yield f"## {self.title}"
            yield ""
        yield from self.table.lines(styled)
        if self.notes:
            yield ""
            yield from (f"- {note}" for note in self.notes)


def sections(evaluation: Evaluation, *, details: bool, published: bool) -> Iterator[Section]:
    """Yield the tables of an evaluation.

    Args:
        evaluation: the scores.
        details: whether tables of more metrics and of each joint follow.
        published: whether the page's own figures follow.
    """
    groups = evaluation.annotations.groups
    notes = [_counts(evaluation), _definition(evaluation), *map(escaped, evaluation.notes)]
    quality = _table(evaluation, groups, _OF_PAGE)
    yield Section("", Table(quality.names, [*quality.columns, *_found(evaluation)]), notes)
    further = [
        name
        for name in METRICS
        if name not in {*_OF_PAGE, *_DETAILS, *_MEANS_OF_JOINTS}
        and any(name in system.overall.metrics for system in evaluation.systems.values())
    ]
    if further:
        yield Section("Further metrics, all images", _table(evaluation, [None], further))
    if details:
        for group in groups if len(groups) > 1 else ():
            yield Section(f"Details, {escaped(group)}", _table(evaluation, [group], _DETAILS))
        yield Section("Details, all images", _table(evaluation, [None], _DETAILS))
        yield Section(f"{pck_title(evaluation)} of each joint, all images", _joints(evaluation))
    if published:
        yield Section("Published, of other images", published_table(), [NOTE])


def pck_title(evaluation: Evaluation) -> str:
    """Return the name of the metric with its threshold, such as PCK@0.2."""
    return f"PCK@{evaluation.options['pck_threshold']:g}"


def _table(evaluation: Evaluation, groups: Sequence[str | None], metrics: Sequence[str]) -> Table:
    """Return the table of some metrics in each group; None is that of all images."""
    columns = []
    for group in groups:
        scores = [
            system.overall if group is None else system.groups[group]
            for system in evaluation.systems.values()
        ]
        prefix = f"{group} " if group not in {None, EVERYTHING} and len(metrics) < 3 else ""
        columns += [
            Column(
                prefix + _title(evaluation, name),
                [each.metrics[name].value if name in each.metrics else np.nan for each in scores],
                METRICS[name].higher_is_better,
            )
            for name in metrics
        ]
    return Table(tuple(evaluation.systems), columns)


def _found(evaluation: Evaluation) -> list[Column]:
    """Return the columns that count who and what was found."""
    scores = [system.overall for system in evaluation.systems.values()]
    people = [each.people - each.missed_people for each in scores]
    keypoints = [each.keypoints - each.missed_keypoints for each in scores]
    return [
        Column(title, counts, higher_is_better=None, decimals=0)
        for title, counts in (("people found", people), ("keypoints found", keypoints))
    ]


def _title(evaluation: Evaluation, name: str) -> str:
    if name == "pck":
        return pck_title(evaluation)
    metric = METRICS[name]
    return metric.title if metric.unit == PERCENT else f"{metric.title}, {metric.unit}"


def _joints(evaluation: Evaluation) -> Table:
    """Return the table whose rows are the joints and whose columns are the systems."""
    columns = []
    for name, system in evaluation.systems.items():
        joints = system.overall.parts["joints_pck"]
        columns.append(Column(name, [joints[joint].value for joint in JOINTS], None))
    return Table([joint.replace("_", " ") for joint in JOINTS], columns)


def _counts(evaluation: Evaluation) -> str:
    first = next(iter(evaluation.systems.values()))
    groups = first.groups.items() if len(first.groups) > 1 else ()
    counts = [("All", first.overall), *groups]
    return "; ".join(f"{escaped(name)}: {_count(scores)}" for name, scores in counts) + "."


def _count(scores: GroupScores) -> str:
    images = "1 image" if scores.images == 1 else f"{scores.images:,} images"
    people = "1 person" if scores.people == 1 else f"{scores.people:,} people"
    keypoints = "1 keypoint" if scores.keypoints == 1 else f"{scores.keypoints:,} keypoints"
    return f"{images}, {people}, {keypoints}"


def _definition(evaluation: Evaluation) -> str:
    threshold = evaluation.options["pck_threshold"]
    length = _LENGTHS[str(evaluation.options["normalizer"])]
    return (
        f"mAP is COCO's average precision. {pck_title(evaluation)} is the part of the keypoints "
        f"that are nearer than {threshold:g} × {length}. Both are in percent."
    )
