"""Feed broken and hostile inputs to Vitruvian, and count what does not hold.

    python -m benchmarks.fuzz [--inputs 2000] [--seed 1] [--workers 2] [--kind NAME]...
    python -m benchmarks.fuzz --only NUMBER [--seed 1]
    python -m benchmarks.fuzz --minutes 15

An input is decided by the seed and its number. It may end with a result or with an error of
Vitruvian's own, within 20 s and 1.5 GB, and must leave only whole files. Everything else is a
fault: it is printed, its input is kept, and the exit status is 1. The second form tries one input
again. The third tries inputs in a single process, and prints its memory, descriptors and threads.
In the folder benchmarks/, `python -m fuzz` does the same. It runs on Linux only.
"""

from __future__ import annotations

import itertools
import math
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
from tqdm import tqdm

from . import seed_images, seed_videos
from .attempt import KINDS, Attempt
from .place import Place
from .report import Report
from .soak import HEAD, Vitals
from .workers import try_all

if TYPE_CHECKING:
    from collections.abc import Generator

    from .verdict import Tried
    from .workers import Worker

    Results = Generator[tuple[Worker, Tried], None, None]

_KEPT = Path(__file__).parents[2] / "build" / "fuzz"
# A program that reads one input holds less before it. What a process holds after thousands of them,
# such as all three networks, is no part of the next one. The soak shows whether it grows.
_HELD_LIMIT_BYTES = 300e6
_ROW_S = 30.0  # between two rows of the soak


@click.command(help=__doc__)
@click.option("--inputs", default=2000, show_default=True, help="How many inputs.")
@click.option("--minutes", type=float, help="How long one process is watched.")
@click.option("--only", type=int, help="The number of a single input.")
@click.option("--first", default=0, help="The number of the first input.")
@click.option("--seed", default=1, show_default=True)
@click.option("--workers", default=len(os.sched_getaffinity(0)), show_default=True)
@click.option("--kind", "kinds", multiple=True, type=click.Choice(list(KINDS)), default=list(KINDS))
@click.option("--kept", type=click.Path(path_type=Path), default=_KEPT, help="For the faults.")
def main(
    inputs: int,
    minutes: float | None,
    only: int | None,
    first: int,
    seed: int,
    workers: int,
    kinds: tuple[str, ...],
    kept: Path,
) -> None:
    """Print what the module's docstring describes."""
    numbers: range | itertools.count[int] = range(first, first + inputs)
    if only is not None:
        numbers = range(only, only + 1)
    if minutes is not None:
        numbers, workers = itertools.count(first), 1
    report = Report(kept, seed)
    with tempfile.TemporaryDirectory() as folder:
        seeds = Path(folder, "seeds")
        seeds.mkdir()
        seed_videos.write(seeds)
        seed_images.write(seeds)
        places = [Place(Path(folder, str(number)), seeds) for number in range(workers)]
        held_limit_bytes = math.inf if minutes else _HELD_LIMIT_BYTES
        results = try_all(Attempt(seed, kinds), numbers, places, held_limit_bytes=held_limit_bytes)
        total = None if minutes else len(numbers)
        shown = tqdm(_until(minutes, results), total=total, unit=" inputs", smoothing=0)
        for worker, tried in shown:
            if text := report.add(tried, worker.place):
                tqdm.write(text)
    print(report.table())
    sys.exit(0 if report.is_good else 1)


def _until(minutes: float | None, results: Results) -> Results:
    """Yield the results, all of them or for some minutes; then, print the soak's table."""
    if minutes is None:
        yield from results
        return
    start_s, next_s = time.monotonic(), 0.0
    print(HEAD, flush=True)
    for count, (worker, tried) in enumerate(results, start=1):
        yield worker, tried
        passed_s = time.monotonic() - start_s
        if passed_s >= next_s:
            next_s = passed_s + _ROW_S
            tqdm.write(Vitals.of(worker.pid).row(passed_s / 60, count, worker.pid))
        if passed_s > 60 * minutes:
            results.close()
            return


if __name__ == "__main__":
    main()
