from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.annotated import annotations_of, crowded, found_person, people_of, read_content
from tests.support.annotated import true_person as person
from vitruvian.evaluation import evaluate
from vitruvian.evaluation.published import published_table
from vitruvian.evaluation.report import sections

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.evaluation.scores import Evaluation


@pytest.fixture
def evaluation(tmp_path: Path) -> Evaluation:
    content, results = crowded(5)
    people = people_of(results)
    return evaluate(read_content(tmp_path, content), {"A": people, "B": people[::2]}, resamplings=0)


def test_the_first_table_has_the_groups_in_the_order_of_the_file(evaluation: Evaluation) -> None:
    (section,) = sections(evaluation, details=False, published=False)
    groups = evaluation.annotations.groups
    titles = [f"{group} {metric}" for group in groups for metric in ("mAP", "PCK@0.2")]
    assert [column.title for column in section.table.columns[:-2]] == titles
    for name, metric, column in zip(
        [group for group in groups for _ in range(2)],
        ["ap", "pck"] * 3,
        section.table.columns,
        strict=False,
    ):
        scores = [s.groups[name].metrics[metric].value for s in evaluation.systems.values()]
        assert list(column.values) == scores


def test_the_last_columns_count_who_and_what_was_found(evaluation: Evaluation) -> None:
    (section,) = sections(evaluation, details=False, published=False)
    people, keypoints = section.table.columns[-2:]
    for number, system in enumerate(evaluation.systems.values()):
        overall = system.overall
        assert people.values[number] == overall.people - overall.missed_people
        assert keypoints.values[number] == overall.keypoints - overall.missed_keypoints
    assert people.values[0] > people.values[1]


def test_all_notes_stand_below_the_table(evaluation: Evaluation) -> None:
    (section,) = sections(evaluation, details=False, published=False)
    assert evaluation.notes
    for note in evaluation.notes:
        assert any(note[-40:] in line for line in section.lines())


@pytest.mark.parametrize("normalizer", ["torso", "midline", "box", "head"])
def test_what_pck_means_stands_below_the_table(normalizer: str) -> None:
    truth = annotations_of((person(),))
    found = [found_person(person().keypoints_px)]
    evaluation = evaluate(truth, {"A": found}, normalizer=normalizer, pck_threshold=0.05)  # type: ignore[arg-type]
    (section,) = sections(evaluation, details=False, published=False)
    assert [column.title for column in section.table.columns[:2]] == ["mAP", "PCK@0.05"]
    assert {"torso": "hip", "midline": "midpoint", "box": "box", "head": "head"}[normalizer] in (
        section.notes[1]
    )
    assert "0.05 ×" in section.notes[1]


def test_details_are_those_of_each_group_and_joint(evaluation: Evaluation) -> None:
    _, *details = sections(evaluation, details=True, published=False)
    assert len(details) == len(evaluation.annotations.groups) + 2
    for group, section in zip(evaluation.annotations.groups, details, strict=False):
        *_, epe = section.table.columns
        assert section.title == f"Details, {group}"
        assert epe.title == "EPE, px"
        scores = [s.groups[group].metrics["epe_px"].value for s in evaluation.systems.values()]
        assert list(epe.values) == scores
    joints = details[-1].table
    assert joints.names[:2] == ["nose", "left eye"]
    assert joints.columns[1].values[16] == (
        evaluation.systems["B"].overall.parts["joints_pck"]["right_ankle"].value
    )
    assert "*" not in "".join(joints.lines())


def test_the_published_figures_are_those_of_the_page() -> None:
    # The page's table, row by row, without its marks.
    page = """
        BlazePose.Heavy    68.1 96.4 73.0 97.2 74.0 97.5
        BlazePose.Full     62.6 95.5 67.4 96.3 68.0 95.7
        BlazePose.Lite     45.0 90.2 53.6 92.5 53.8 93.5
        AlphaPose.ResNet50 63.4 96.0 57.8 95.5 63.4 96.0
        Apple.Vision       32.8 82.7 36.4 91.4 44.5 88.6
    """
    table = published_table()
    rows = [line.split() for line in page.strip().splitlines()]
    assert list(table.names) == [name for name, *_ in rows]
    for number, column in enumerate(table.columns, 1):
        assert list(column.values) == [float(row[number]) for row in rows]
    assert [column.title for column in table.columns][::2] == ["Yoga mAP", "Dance mAP", "HIIT mAP"]
