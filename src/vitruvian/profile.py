"""Measures how much time each stage takes."""

from __future__ import annotations

import time
from collections import defaultdict
from contextlib import contextmanager
from threading import Lock, local
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_T = TypeVar("_T")
_P = ParamSpec("_P")


class Profile:
    """Adds up how long each stage was busy, over any number of calls in any threads.

    Attributes:
        wall_s: Elapsed seconds. The sum over stages that overlap can be greater.
        seconds: Busy seconds by stage.
    """

    def __init__(self) -> None:
        self.wall_s = 0.0
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._whole_of: dict[str, str] = {}  # by nested stage: the stage that contains it
        self._lock = Lock()
        self._thread = local()

    @contextmanager
    def measure_wall(self) -> Iterator[None]:
        """Add the duration of the block to `wall_s`."""
        start_s = time.perf_counter()
        try:
            yield
        finally:
            self.wall_s += time.perf_counter() - start_s

    @contextmanager
    def measure(self, stage: str) -> Iterator[None]:
        """Add the duration of the block to a stage.

        A stage that is measured inside the block of another stage is a part of that stage.
        """
        whole = getattr(self._thread, "stage", None)
        self._thread.stage = stage
        start_s = time.perf_counter()
        try:
            yield
        finally:
            seconds = time.perf_counter() - start_s
            self._thread.stage = whole
            with self._lock:
                self.seconds[stage] += seconds
                if whole is not None:
                    self._whole_of[stage] = whole

    def timed(self, stage: str, function: Callable[_P, _T]) -> Callable[_P, _T]:
        """Return the function, with the duration of its calls added to a stage."""

        def measured(*args: _P.args, **kwargs: _P.kwargs) -> _T:
            with self.measure(stage):
                return function(*args, **kwargs)

        return measured

    def iterate(self, stage: str, items: Iterable[_T]) -> Iterator[_T]:
        """Yield the items, with the time to produce each added to a stage."""
        iterator = iter(items)
        while True:
            with self.measure(stage):
                try:
                    produced = [next(iterator)]
                except StopIteration:
                    return
            yield produced.pop()  # without keeping it, because it may be large

    def __str__(self) -> str:
        """Return one line per stage, the longest first, each followed by its parts.

        Percentages are of the elapsed time. Of stages that overlap, the first line is the
        bottleneck: only making that stage faster makes the whole faster.
        """
        lines = [f"{'':<12}    busy  of {self.wall_s:.2f} s"]
        for stage in self._longest_first(None):
            lines.append(self._line(stage))
            lines += [self._line(part, "  ") for part in self._longest_first(stage)]
        return "\n".join(lines)

    def _longest_first(self, whole: str | None) -> list[str]:
        stages = [stage for stage in self.seconds if self._whole_of.get(stage) == whole]
        return sorted(stages, key=lambda stage: -self.seconds[stage])

    def _line(self, stage: str, indent: str = "") -> str:
        seconds = self.seconds[stage]
        share = seconds / self.wall_s if self.wall_s else 0.0
        return f"{indent + stage:<12} {seconds:7.2f} s {share:8.1%}"
