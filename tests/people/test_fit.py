from __future__ import annotations

import numpy as np
import pytest

from benchmarks.people.examples import Seen, examples
from benchmarks.people.fit import THRESHOLDS, best_threshold, fitted, found_by, print_left_out
from tests.people.photographs import IMAGE, LEFT, RIGHT, annotated, photograph, pose_px
from tests.support.fakes import FakeModels, FakePerson
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21
from vitruvian.tracking.candidates import Candidate
from vitruvian.tracking.observation import Observation, Observer

TWO_PEOPLE = photograph(annotated(LEFT), annotated(RIGHT))
NOBODY = FakePerson(550, 400, 200)
BY_DETECTION = np.array((10.0, 0, 0, 0, 0, 10 * np.log(2)))  # one half at a score of a half


def observation(person: FakePerson, score: float, right_px: float = 0.0) -> Observation:
    """Return what the landmark model sees where the detector has found somebody with a score."""
    x = person.x + right_px
    circle_px = np.array(((x, person.y), (x, person.y - person.radius_px)))
    moved = FakePerson(x, person.y, person.radius_px)
    observe = Observer(FakeModels([moved]).landmark, reference=SOLUTIONS_0_10_21)
    seen = observe(IMAGE, Candidate(circle_px, score))
    assert seen is not None
    return seen


def seen(*observations: Observation) -> Seen:
    """Return some observations in a photograph of two people."""
    features, is_person = examples(observations, TWO_PEOPLE)
    return Seen(TWO_PEOPLE, "folder", list(observations), features, is_person, [1.0, 0.4])


def test_the_fit_finds_the_weights_with_which_examples_were_made() -> None:
    chance = np.random.default_rng(0)
    weights, constant = np.array((2.0, -1.0)), 0.5
    features = chance.normal(0, 2, (5000, 2))
    probability = 1 / (1 + np.exp(-features @ weights - constant))
    is_person = (chance.random(5000) < probability).astype(float)
    assert fitted(features, is_person) == pytest.approx([2, -1, 0.5], abs=0.15)


def test_weights_stay_finite_if_a_feature_separates_all_examples() -> None:
    weights = fitted(np.array([(-1.0,), (1.0,)]), np.array((0.0, 1.0)))
    assert 0 < weights[0] < 2


def test_an_example_is_a_person_or_nobody_and_no_duplicate() -> None:
    nearly = observation(LEFT, 0.8, right_px=35)  # resembles a person, but is not found
    observations = [observation(LEFT, 0.9), observation(LEFT, 0.7, 5), observation(NOBODY, 0.6)]
    _, is_person = examples(observations, TWO_PEOPLE)
    assert is_person.tolist() == [1, 0]
    features, is_person = examples([nearly], TWO_PEOPLE)
    assert features.shape == (0, 5)
    assert is_person.shape == (0,)


def test_people_are_found_above_the_threshold_and_once() -> None:
    one = seen(observation(LEFT, 0.9), observation(LEFT, 0.8, 5), observation(RIGHT, 0.55))
    poses_px = found_by(one, BY_DETECTION, 0.5)
    assert poses_px == pytest.approx(np.array([pose_px(LEFT), pose_px(RIGHT)]), abs=1e-2)
    assert len(found_by(one, BY_DETECTION, 0.8)) == 1
    assert found_by(one, BY_DETECTION, 0.999).shape == (0, 17, 2)


def test_the_threshold_is_the_one_with_most_people_less_those_invented() -> None:
    scores = {"person": 0.6, "nobody": 0.52}
    one = seen(observation(LEFT, scores["person"]), observation(NOBODY, scores["nobody"]))
    confidences = {name: score**10 / (score**10 + 0.5**10) for name, score in scores.items()}
    threshold = best_threshold([one], BY_DETECTION)
    assert threshold == min(one for one in THRESHOLDS if one > confidences["nobody"])
    assert threshold < confidences["person"]


def test_each_photograph_is_counted_by_a_fit_to_the_others(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ones = [seen(observation(LEFT, 0.9), observation(NOBODY, 0.4)) for _ in range(3)]
    print_left_out({"full": ones}, folds=3)
    *_, row = capsys.readouterr().out.splitlines()
    assert row == "| folder | full | 3/6 | 3/6 | 0 | – | 3/6 |"
