"""Tests of the solutions that this package does not have."""

from __future__ import annotations

import pytest

import vitruvian.mediapipe as mp


def test_other_solutions_raise_an_error_only_when_they_are_used() -> None:
    hands = mp.solutions.hands
    with pytest.raises(AttributeError, match=r"no hands\.Hands: .* only pose"):
        hands.Hands  # noqa: B018
    for owner in (mp, mp.solutions):
        with pytest.raises(AttributeError, match="nonsense"):
            owner.nonsense  # noqa: B018
