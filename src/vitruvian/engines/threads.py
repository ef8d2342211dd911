"""How many threads can run at the same time, and how many an engine uses."""

from __future__ import annotations

import math
import os
from pathlib import Path

# Measured: a second thread makes the networks 1.6 to 1.9 times as fast. Each further thread gains
# less, and takes a core from decoding and encoding. MediaPipe uses at most four too.
_MOST_USEFUL = 4

_CGROUPS = Path("/sys/fs/cgroup")
_OWN_CGROUPS = Path("/proc/self/cgroup")


def available() -> int:
    """Return the number of threads that can run at the same time, at least 1."""
    return max(1, math.floor(min(_cores(), _granted_cores())))


def choose() -> int:
    """Return the number of threads for a network: all that can run, up to a useful number."""
    return min(available(), _MOST_USEFUL)


def _cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _granted_cores() -> float:
    """Return how many cores' time Linux's control groups grant this process; inf for no limit."""
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
        # Groups are nested, and each may have a limit. In a container the process's own group may
        # be mounted as the root, whatever its path is.
        own = root / path.strip("/")
        nested = (folder for folder in (own, *own.parents) if folder.is_relative_to(root))
        granted += [_limit([folder / name for name in names]) for folder in nested]
    return min(granted)


def _limit(files: list[Path]) -> float:
    """Return the limit in cores: the run time per period, so "150000 100000" is 1.5 cores."""
    try:
        run_us, period_us = map(float, " ".join(file.read_text() for file in files).split())
    except (OSError, ValueError):
        return math.inf  # there is no such group, or its limit is "max"
    return run_us / period_us if run_us > 0 else math.inf  # -1 means no limit
