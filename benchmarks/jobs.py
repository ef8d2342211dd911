"""Time `vitruvian run` on several videos, one after the other and several at the same time.

    python -m benchmarks.jobs [--model NAME] [--copies N] VIDEO

It runs copies of the video without drawing, in three ways: with one thread for the networks and
everything on a single core; with one thread for the networks and all cores, so that decoding runs
on another core; and with one of `--jobs` per core. The three ways take turns, and the seconds
are medians. It runs on Linux only, because it sets the CPU affinity.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click

from vitruvian.options import MODELS

ONE_THREAD = ("--jobs", "1", "--threads", "1")


@click.command(help=__doc__)
@click.argument("video", type=click.Path(exists=True, path_type=Path))
@click.option("--model", "models", multiple=True, type=click.Choice(MODELS), default=MODELS)
@click.option("--copies", default=4, show_default=True)
@click.option("--turns", default=3, show_default=True)
def main(video: Path, models: tuple[str, ...], copies: int, turns: int) -> None:
    """Print the table that the module's docstring describes."""
    cores = os.sched_getaffinity(0)
    jobs = ("--jobs", str(len(cores)))
    ways = [(ONE_THREAD, {min(cores)}), (ONE_THREAD, cores), (jobs, cores)]
    print(f"{copies} × {video.name}\n")
    columns = ("model", "one core, s", "decoding on other cores, s", f"{' '.join(jobs)}, s")
    print(f"| {' | '.join(columns)} | times as fast |")
    print("|---" * 5 + "|")
    with tempfile.TemporaryDirectory() as folder:
        videos = [Path(folder, f"{number}{video.suffix}") for number in range(copies)]
        for path in videos:
            shutil.copy(video, path)
        for model in models:
            command = [sys.executable, "-m", "vitruvian", "run", *videos, "-o", folder]
            command += ["--no-annotate", "--model-complexity", model]
            seconds: list[list[float]] = [[] for _ in ways]
            for _ in range(turns):
                for way, (options, allowed) in zip(seconds, ways, strict=True):
                    os.sched_setaffinity(0, allowed)
                    start_s = time.perf_counter()
                    subprocess.run(
                        [*map(str, (*command, *options))], check=True, capture_output=True
                    )
                    way.append(time.perf_counter() - start_s)
            medians = [statistics.median(way) for way in seconds]
            cells = (f"{median:.1f}" for median in medians)
            ratios = " and ".join(f"{slow / medians[-1]:.2f}" for slow in medians[:-1])
            print(f"| {model} | {' | '.join(cells)} | {ratios} |", flush=True)


main()
