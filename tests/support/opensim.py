"""OpenSim and Pose2Sim's models for the long tests, which `scripts/test --all` installs."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest

REASON = "scripts/test --all installs it, with Python 3.11 to 3.13"


def opensim_or_skip() -> Any:
    """Return the package, which writes no log."""
    module = pytest.importorskip("opensim", reason=f"opensim is missing: {REASON}")
    module.Logger.removeFileSink()  # it writes opensim.log into the current folder
    module.Logger.setLevelString("Off")
    return module


def models_or_skip() -> Path:
    """Return the folder with Pose2Sim's models."""
    try:
        return Path(str(distribution("pose2sim").locate_file("Pose2Sim/OpenSim_Setup")))
    except PackageNotFoundError:
        pytest.skip(f"pose2sim is missing: {REASON}")
