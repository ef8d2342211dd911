"""Runs the program as a user does, and reads what it wrote."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

SAMPLE = Path(__file__).parents[2] / "samples" / "jumping_jacks.mp4"


def vitruvian(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command with warnings as errors, and wait for its end."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "vitruvian", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run `vitruvian run` with the model that loads fastest."""
    return vitruvian("run", "--model-complexity", "lite", *arguments)


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
