from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.people.missed import Missed
from benchmarks.people.reasons import Reason, reasons
from tests.people.photographs import IMAGE, RIGHT, annotated, photograph
from tests.support.fakes import FakeModels, FakePerson, searcher_of

LARGE = FakePerson(600, 400, 390)


def reason_for(person: FakePerson, seen: list[FakePerson], found: float = 0.0) -> Reason | None:
    """Return why a person was not found in an image in which the models see some people."""
    models = FakeModels(seen)
    (reason,) = reasons(
        searcher_of(models), models.landmark, photograph(annotated(person)), [found]
    )
    return reason


def test_a_person_who_was_found_was_not_missed() -> None:
    assert reason_for(LARGE, [LARGE], found=0.6) is None


@pytest.mark.parametrize(
    ("seen", "found", "expected"),
    [
        ([], 0.0, Reason.NO_CANDIDATE),
        ([replace(LARGE, x=LARGE.x + 70)], 0.4, Reason.UNDER_HALF),
        ([replace(LARGE, score=0.4)], 0.0, Reason.SECOND_LOOK),
    ],
)
def test_the_step_at_which_a_person_is_lost_has_a_name(
    seen: list[FakePerson], found: float, expected: Reason
) -> None:
    assert reason_for(LARGE, seen, found) == expected


def test_a_person_who_was_missed_is_described() -> None:
    upright = annotated(RIGHT, labelled=12)
    missed = Missed.of(photograph(upright), upright, Reason.MERGED, 0.75)
    assert missed.size == pytest.approx(0.17**0.5 * 2 * RIGHT.radius_px / IMAGE.shape[0])
    assert missed.labelled == pytest.approx(12 / 17)
    assert missed.incline_deg == pytest.approx(0, abs=0.1)
    assert missed.row() == f"{Reason.MERGED} | people.jpg | 0.21 | 71% | 0° | 0.75"
    headless = annotated(RIGHT, labelled=4)
    assert "| – |" in Missed.of(photograph(), headless, Reason.MERGED, 0.0).row()
