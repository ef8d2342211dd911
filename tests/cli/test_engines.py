"""The command `engines`, and the option `--engine` of `run`."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.support import golden
from vitruvian.engines import choice
from vitruvian.images.writer import write_image
from vitruvian.native import library
from vitruvian.options import ENGINES

if TYPE_CHECKING:
    from pathlib import Path


def test_the_speed_of_every_installed_engine_and_of_a_frame_is_shown() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "vitruvian", "engines", "--threads", "1"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    header, *rows = done.stdout.splitlines()[:4]
    assert header.split() == ["detector", "lite", "full", "heavy"]
    assert [row[2:].split()[0] for row in rows] == list(ENGINES)
    chosen, _ = choice.choose()
    assert [row[2:].split()[0] for row in rows if row.startswith("*")] == [chosen]
    for row in rows:
        assert all(float(number) > 0 for number in row[2:].split()[1:])
    assert "1 thread." in done.stdout
    assert f"networks: {library.description()}." in done.stdout
    latencies = [line.split("|")[1:] for line in done.stdout.splitlines() if "BlazePose" in line]
    assert [name.strip() for name, *_ in latencies] == [
        "BlazePose.Heavy", "BlazePose.Full", "BlazePose.Lite",
    ]  # fmt: skip
    assert all(float(here) > 0 for _, here, *_ in latencies)


def test_run_accepts_every_engine_and_prints_no_warnings(tmp_path: Path) -> None:
    write_image(tmp_path / "person.png", golden.stills()[0])
    for name in ENGINES:
        command = ("run", "person.png", "--engine", name, "--threads", "1", "--no-annotate")
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "vitruvian", *command],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr == ""
        assert len((tmp_path / "person.csv").read_text().splitlines()) == 1 + 33
    refused = subprocess.run(
        [sys.executable, "-m", "vitruvian", *command[:2], "--device", "cuda", "--engine", "litert"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 2
    assert "does not run on" in refused.stderr
    assert "Traceback" not in refused.stderr
