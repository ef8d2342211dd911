"""Tests of `plot_landmarks`, with a fake of matplotlib."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

import vitruvian
from vitruvian.mediapipe.framework.formats import landmark_pb2
from vitruvian.mediapipe.solutions import drawing_utils

if TYPE_CHECKING:
    from tests.support.plots import FakePlots


def test_a_plot_shows_the_body_upright(plots: FakePlots) -> None:
    marks = [{"x": 1, "y": 2, "z": 3}, {"x": 4, "y": 5, "z": 6}, {"visibility": 0.1}]
    drawing_utils.plot_landmarks(
        landmark_pb2.LandmarkList(landmark=marks), [(0, 1), (1, 2)], elevation=20
    )
    red, line = ({"color": color, "linewidth": 5} for color in ((1, 0, 0), (0, 0, 0)))
    assert plots.calls == [
        ("figure", (), {"figsize": (10, 10)}),
        ("axes", (), {"projection": "3d"}),
        ("view_init", (), {"elev": 20, "azim": 10}),
        ("scatter3D", ([-3], [1], [-2]), red),
        ("scatter3D", ([-6], [4], [-5]), red),
        ("plot3D", ((-3, -6), (1, 4), (-2, -5)), line),
        ("show", (), {}),
    ]


def test_without_matplotlib_a_plot_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(
        ImportError, match=r"needs matplotlib .*pip install .vitruvian\[mediapipe\]"
    ) as raised:
        drawing_utils.plot_landmarks(
            landmark_pb2.NormalizedLandmarkList(landmark=[{"x": 0, "y": 0}])
        )
    assert isinstance(raised.value, vitruvian.VitruvianError)
