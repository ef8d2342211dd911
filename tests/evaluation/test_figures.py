"""What the figures show: read from matplotlib's objects, and drawn once."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import PIL.Image
import pytest
from matplotlib.colors import to_rgb

from tests.support.annotated import annotations_of, crowded, found_person, people_of, read_content
from tests.support.annotated import true_person as person
from vitruvian.colors import luminance
from vitruvian.draw.figures import png_of
from vitruvian.evaluation import evaluate
from vitruvian.evaluation.pck_figure import pck_figure
from vitruvian.evaluation.worst_figure import WORST, worst_cases, worst_figure

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.evaluation.scores import Evaluation
    from vitruvian.types import Image

HOSTILE = "$\\frac{ \x1b[31m\n日本"


@pytest.fixture
def evaluation(tmp_path: Path) -> Evaluation:
    content, results = crowded(3)
    people = people_of(results)
    systems = {"A": people, "B": people[::2], HOSTILE: people[::3]}
    return evaluate(read_content(tmp_path, content), systems, resamplings=0)


def test_each_bar_is_as_high_as_its_number_and_starts_at_zero(evaluation: Evaluation) -> None:
    (axes,) = pck_figure(evaluation).axes
    groups = evaluation.annotations.groups
    assert [label.get_text() for label in axes.get_xticklabels()] == [*groups]
    assert axes.get_ylim()[0] == 0
    assert axes.get_ylabel() == "PCK@0.2, %"
    for bars, system in zip(axes.containers, evaluation.systems.values(), strict=True):
        values = [system.groups[group].metrics["pck"].value for group in groups]
        assert [bar.get_height() for bar in bars] == pytest.approx(values)
        assert all(bar.get_y() == 0 for bar in bars)
        for value in values:
            assert f"{value:.1f}" in {text.get_text() for text in axes.texts}
    centres = np.sort([bar.get_center()[0] for bars in axes.containers for bar in bars])
    assert np.diff(centres).min() >= axes.containers[0][0].get_width() - 1e-9


@pytest.mark.parametrize("count", [2, 5, 12])
def test_neighbouring_systems_differ_in_grey(count: int) -> None:
    truth = annotations_of((person(),))
    found = [found_person(person().keypoints_px)]
    systems = {f"S{number}": found for number in range(count)}
    (axes,) = pck_figure(evaluate(truth, systems, resamplings=0)).axes
    bars = [container[0] for container in axes.containers]
    greys = [luminance(tuple(round(255 * c) for c in to_rgb(b.get_facecolor()))) for b in bars]
    assert (np.diff(greys) > 0).all()
    if count > 6:
        assert all(a.get_hatch() != b.get_hatch() for a, b in pairwise(bars))
    else:
        assert np.diff(greys).min() > 0.03


def test_the_worst_images_come_first_each_once(evaluation: Evaluation) -> None:
    cases = worst_cases(evaluation)
    assert len(cases) == WORST
    assert len({case.scores.number for case in cases}) == WORST
    similarities = [case.scores.oks for case in cases]
    assert similarities == sorted(similarities)
    shown = {case.scores.number for case in cases}
    others = [
        scores.oks
        for system in evaluation.systems.values()
        for scores in system.images
        if scores.people and scores.number not in shown
    ]
    assert min(others) >= similarities[-1]


def test_a_tile_shows_truth_and_answer_and_says_how_good_it_is() -> None:
    truth = annotations_of((person(),), (person(2),))
    near = found_person(person().keypoints_px + 20)
    evaluation = evaluate(truth, {"Some system": [near]}, resamplings=0)

    def grey(_: object) -> Image:
        return np.full((480, 640, 3), 90, np.uint8)

    missed, found, *_ = worst_figure(evaluation, grey).axes
    assert missed.get_title() == "2.jpg\nSome system\nOKS 0.00, PCK@0.2 0.0, nobody found"
    oks = evaluation.systems["Some system"].images[0].oks
    assert found.get_title().startswith(f"1.jpg\nSome system\nOKS {oks:.2f}, PCK@0.2 ")
    drawn = {line.get_color(): [] for line in found.lines}
    for line in found.lines:
        if line.get_marker() == "o":
            drawn[line.get_color()].append(np.array(line.get_data()).T)
    truth_px, answer_px = (points[0] for points in drawn.values())
    assert truth_px == pytest.approx(person().keypoints_px)
    assert answer_px == pytest.approx(near.keypoints)
    left, right = found.get_xlim()
    bottom, top = found.get_ylim()
    assert left <= 275
    assert right >= 365
    assert top <= 90
    assert bottom >= 390
    assert len({line.get_color() for line in missed.lines}) == 1


def test_names_from_outside_and_missing_images_can_be_drawn(evaluation: Evaluation) -> None:
    sheet = png_of(worst_figure(evaluation, lambda _: None))
    figure = png_of(pck_figure(evaluation))
    for png in (sheet, figure):
        with PIL.Image.open(BytesIO(png)) as image:
            assert image.width > 900
            assert len(np.unique(image.convert("L"))) > 10


def test_people_beside_their_image_can_be_drawn() -> None:
    far = person(keypoints_px=person().keypoints_px + 5000, box_px=np.array([5000.0, 5000, 9, 9]))
    evaluation = evaluate(annotations_of((far,)), {"A": []}, resamplings=0)
    assert png_of(worst_figure(evaluation, lambda _: np.zeros((480, 640, 3), np.uint8)))
