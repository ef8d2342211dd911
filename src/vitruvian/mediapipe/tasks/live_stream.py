"""Processes the frames of a live stream on other threads, and drops frames that come too fast."""

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
    """Processes one frame at a time; meanwhile the newest frame waits and older ones are dropped.

    mediapipe/calculators/core/flow_limiter_calculator.cc does the same with one frame in flight and
    one in its queue (AddFlowLimiterCalculator in mediapipe/tasks/cc/core/utils.h). As in MediaPipe,
    a slow callback does not cause frames to be dropped: the results wait in an unlimited queue.

    Args:
        work: takes a frame and returns the arguments of the callback. Its exceptions are logged.
        callback: the user's function. It is called in the order of the frames. Its exceptions are
            logged and do not end the stream.
    """

    def __init__(
        self, work: Callable[[_Frame], tuple[Any, ...]], callback: Callable[..., object]
    ) -> None:
        self._work = work
        self._callback = callback
        self._worker = ThreadPoolExecutor(1, "pose-work")
        self._caller = ThreadPoolExecutor(1, "pose-callback")
        self._caller_thread: int | None = None
        no_frame: Future[tuple[Any, ...]] = Future()
        no_frame.cancel()
        self._ahead = self._newest = no_frame

    def send(self, frame: _Frame) -> None:
        """Accept a frame and return at once. Only one thread may call this at a time."""
        # The newest frame can be dropped as long as it waits for the frame ahead of it.
        if self._ahead.done() or not self._newest.cancel():
            self._ahead = self._newest
        self._newest = self._worker.submit(self._work, frame)
        self._newest.add_done_callback(_log_as("A frame failed"))
        called = self._caller.submit(self._call_back, self._newest)
        called.add_done_callback(_log_as("Error in callback"))

    def close(self) -> None:
        """Wait until all accepted frames are processed and their callbacks have returned.

        A call from inside the callback does not wait for the callbacks.
        """
        self._worker.shutdown()
        self._caller.shutdown(wait=get_ident() != self._caller_thread)

    def _call_back(self, result: Future[tuple[Any, ...]]) -> None:
        self._caller_thread = get_ident()
        wait((result,))
        # The result is cancelled if a newer frame replaced this one.
        if not result.cancelled() and not result.exception():
            self._callback(*result.result())


def _log_as(message: str) -> Callable[[Future[Any]], None]:
    """Return a function that logs the exception of a future, which no other code would see."""

    def log(done: Future[Any]) -> None:
        if not done.cancelled() and (error := done.exception()):
            _LOGGER.error(message, exc_info=error)

    return log
