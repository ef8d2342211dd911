"""A fake of matplotlib for the tests of both APIs."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from tests.support.plots import FakePlots


@pytest.fixture
def plots(monkeypatch: pytest.MonkeyPatch) -> FakePlots:
    """Replace matplotlib by a fake."""
    package, pyplot = ModuleType("matplotlib"), FakePlots()
    package.pyplot = pyplot  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "matplotlib", package)
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", pyplot)
    return pyplot
