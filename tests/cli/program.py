"""Runs the program as a user does, and reads what it wrote."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from click.testing import CliRunner

from vitruvian.cli.main import main

SAMPLE = Path(__file__).parents[2] / "samples" / "jumping_jacks.mp4"


def vitruvian(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a command in this process, which has loaded everything, and wait for its end."""
    given = [*map(str, arguments)]
    done = CliRunner().invoke(main, given, prog_name="vitruvian", catch_exceptions=False)
    return subprocess.CompletedProcess(given, done.exit_code, done.stdout, done.stderr)


def program(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a program of its own, with warnings as errors."""
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


def run_after(setup: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run `vitruvian run` in a process that first executes some lines of Python."""
    command = ["vitruvian", "run", "--model-complexity", "lite", *map(str, arguments)]
    main = f"import sys; sys.argv = {command!r}; from vitruvian.cli.main import main; main()"
    return subprocess.run(
        [sys.executable, "-c", f"{setup}\n{main}"], capture_output=True, text=True, check=False
    )


def start(*arguments: object, model: str = "heavy") -> subprocess.Popen[str]:
    """Start `vitruvian run`, by default with the slowest model, and return at once."""
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "vitruvian", "run", "--model-complexity", model),
            *map(str, arguments),
        ],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        # The tests may run in the background of a shell, where Ctrl-C is ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )


def wait_for_temporary_files(folder: Path, count: int) -> None:
    """Wait until a running program has begun to write so many files."""
    deadline_s = time.monotonic() + 60
    while sum(path.suffix == ".part" for path in folder.iterdir()) < count:
        assert time.monotonic() < deadline_s
        time.sleep(0.02)


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
