"""The benchmarks start and print a table. No time is asserted."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.sample import ROOT, SAMPLE


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (("speed", "--model", "lite", "--frames", "2", "--blocks", "1", SAMPLE), "whole job"),
        (("stages", "--model", "lite", "--frames", "3", SAMPLE), "GFLOP/s"),
        pytest.param(
            ("streams", "--streams", "3", "--seconds", "1"),
            "RSS, MB",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc"),
        ),
        pytest.param(
            ("jobs", "--model", "lite", "--copies", "2", "--turns", "1", SAMPLE),
            "--jobs",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="it pins processes to cores"),
        ),
    ],
)
def test_benchmarks_start(command: tuple[object, ...], expected: str) -> None:
    name, *arguments = map(str, command)
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert expected in done.stdout
    assert "| lite |" in done.stdout
