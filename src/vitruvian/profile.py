"""Says which stage the seconds went to."""

from __future__ import annotations

import time
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_T = TypeVar("_T")
_P = ParamSpec("_P")


class Profile:
    """Seconds by stage, added up over any number of calls."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def measure(self, stage: str) -> Iterator[None]:
        """Add what the block takes to a stage."""
        start_s = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] += time.perf_counter() - start_s

    def timed(self, stage: str, function: Callable[_P, _T]) -> Callable[_P, _T]:
        """The same function, its calls added to a stage."""

        def measured(*args: _P.args, **kwargs: _P.kwargs) -> _T:
            with self.measure(stage):
                return function(*args, **kwargs)

        return measured

    def iterate(self, stage: str, items: Iterable[_T]) -> Iterator[_T]:
        """The same items, the making of each added to a stage."""
        iterator = iter(items)
        while True:
            with self.measure(stage):
                try:
                    item = next(iterator)
                except StopIteration:
                    return
            yield item

    def __str__(self) -> str:
        """A line a stage, the longest first."""
        total_s = sum(self.seconds.values())
        return "\n".join(
            f"{stage:<10} {seconds:8.2f} s {seconds / total_s:6.1%}"
            for stage, seconds in sorted(self.seconds.items(), key=lambda item: -item[1])
        )
