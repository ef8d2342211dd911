"""Frames come in whenever they come; results go out in order, on another thread."""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import get_ident
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_LOGGER = logging.getLogger(__name__)
_Frame = TypeVar("_Frame")


class LiveStream(Generic[_Frame]):
    """Works on one frame while the newest of those that come meanwhile waits; the rest are dropped.

    That is what mediapipe/calculators/core/flow_limiter_calculator.cc does with one frame in flight
    and one in its queue (AddFlowLimiterCalculator in mediapipe/tasks/cc/core/utils.h). Only work
    holds frames up: for a slow callback the results wait, however many, as in the reference.

    Args:
        work: frame → what the callback is called with. What it raises is logged.
        callback: the user's. What it raises is logged, and it is called again all the same.
    """

    def __init__(
        self, work: Callable[[_Frame], tuple[Any, ...]], callback: Callable[..., object]
    ) -> None:
        self._work = work
        self._callback = callback
        self._worker = ThreadPoolExecutor(1, "pose-work")
        self._caller = ThreadPoolExecutor(1, "pose-callback")
        self._caller_thread: int | None = None
        nothing: Future[tuple[Any, ...]] = Future()
        nothing.cancel()
        self._ahead = self._newest = nothing

    def send(self, frame: _Frame) -> None:
        """Take a frame in, and return at once. To be called by one thread at a time."""
        # The newest frame waits as long as there is another ahead of it; so long it can be dropped.
        if self._ahead.done() or not self._newest.cancel():
            self._ahead = self._newest
        self._newest = self._worker.submit(self._work, frame)
        self._newest.add_done_callback(_log_as("A frame failed"))
        called = self._caller.submit(self._call_back, self._newest)
        called.add_done_callback(_log_as("Error in callback"))

    def close(self) -> None:
        """Wait for the frames taken in, and, unless called by the callback, for the callbacks."""
        self._worker.shutdown()
        self._caller.shutdown(wait=get_ident() != self._caller_thread)

    def _call_back(self, result: Future[tuple[Any, ...]]) -> None:
        self._caller_thread = get_ident()
        wait((result,))
        # Cancelled is whose place a newer frame took.
        if not result.cancelled() and not result.exception():
            self._callback(*result.result())


def _log_as(what: str) -> Callable[[Future[Any]], None]:
    """Logs what was raised, as nobody waits for it."""

    def log(ended: Future[Any]) -> None:
        if not ended.cancelled() and (error := ended.exception()):
            _LOGGER.error(what, exc_info=error)

    return log
