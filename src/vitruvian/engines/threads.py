"""How many cores there are, and how many threads an engine is given."""

from __future__ import annotations

import math
import os
import sys
from pathlib import Path

# Measured: a second thread makes the networks 1.6 to 1.9 times as fast. Each further one gives
# less and takes a core from whoever decodes and encodes; MediaPipe's own choice is at most four.
_MOST_CHOSEN = 4

_CGROUPS = Path("/sys/fs/cgroup")
_OWN_CGROUPS = Path("/proc/self/cgroup")


def available() -> int:
    """How many threads can run at the same time."""
    return max(1, math.floor(min(_cores(), _granted_cores())))


def choose() -> int:
    """How many a network is given: as many as can run, up to a number that still pays."""
    return min(available(), _MOST_CHOSEN)


def _cores() -> int:
    """Those that this process may run on."""
    if sys.version_info >= (3, 13):
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _granted_cores() -> float:
    """How many cores' time a container grants this process, by Linux's control groups."""
    try:
        groups = _OWN_CGROUPS.read_text().splitlines()
    except OSError:
        return math.inf  # not Linux
    granted = [math.inf]
    for group in groups:
        _, controllers, path = group.split(":", 2)
        if not controllers:  # version 2
            root, names = _CGROUPS, ["cpu.max"]
        elif "cpu" in controllers.split(","):  # version 1
            root, names = _CGROUPS / "cpu", ["cpu.cfs_quota_us", "cpu.cfs_period_us"]
        else:
            continue
        # A group is inside of others, each with a limit. Seen from within a container, its own
        # may be the root, whatever its path.
        own = root / path.strip("/")
        inside_of = (folder for folder in (own, *own.parents) if folder.is_relative_to(root))
        granted += [_limit([folder / name for name in names]) for folder in inside_of]
    return min(granted)


def _limit(files: list[Path]) -> float:
    """Run time divided by the period in which it is granted: "150000 100000" is 1.5 cores."""
    try:
        run_us, period_us = map(float, " ".join(file.read_text() for file in files).split())
    except (OSError, ValueError):
        return math.inf  # no such group here, or its limit is "max"
    return run_us / period_us if run_us > 0 else math.inf  # -1 is no limit
