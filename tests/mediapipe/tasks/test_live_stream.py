"""Tests of live streams."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from vitruvian.mediapipe.tasks.python import BaseOptions, vision

from tests.support.tasks import GRAY, STANDING, STILLS, approx, image, make, places
from vitruvian.errors import TimestampError
from vitruvian.mediapipe.tasks.live_stream import LiveStream

if TYPE_CHECKING:
    import vitruvian.mediapipe as mp

RunningMode = vision.RunningMode


class Gate:
    """Processes one frame each time that a test allows it."""

    def __init__(self) -> None:
        self.started = threading.Semaphore(0)
        self.allowed = threading.Semaphore(0)
        self.results: list[int] = []

    def work(self, frame: int) -> tuple[int]:
        self.started.release()
        assert self.allowed.acquire(timeout=10)
        return (frame,)


def test_only_the_newest_waiting_frame_is_kept() -> None:
    gate = Gate()
    stream = LiveStream(gate.work, gate.results.append)
    for frame in range(5):
        stream.send(frame)
    gate.allowed.release()
    assert gate.started.acquire(timeout=10)
    assert gate.started.acquire(
        timeout=10
    )  # the first frame is done, and the fifth is being processed
    for frame in range(5, 9):
        stream.send(frame)
    gate.allowed.release(2)
    stream.close()
    assert gate.results == [0, 4, 8]


def test_no_frame_is_dropped_if_there_is_enough_time() -> None:
    gate = Gate()
    arrived = threading.Semaphore(0)

    def callback(frame: int) -> None:
        gate.results.append(frame)
        arrived.release()

    stream = LiveStream(gate.work, callback)
    for frame in range(5):
        gate.allowed.release()
        stream.send(frame)
        assert arrived.acquire(timeout=10)
    stream.close()
    assert gate.results == [0, 1, 2, 3, 4]


def test_a_slow_callback_does_not_delay_the_processing() -> None:
    gate, worked = Gate(), threading.Semaphore(0)

    def work(frame: int) -> tuple[int]:
        worked.release()
        return (frame,)

    def callback(frame: int) -> None:
        assert gate.allowed.acquire(timeout=10)
        gate.results.append(frame)

    stream = LiveStream(work, callback)
    for frame in range(5):
        stream.send(frame)
        assert worked.acquire(timeout=10)
    assert gate.results == []
    gate.allowed.release(5)
    stream.close()
    assert gate.results == [0, 1, 2, 3, 4]


def test_exceptions_of_the_processing_and_of_the_callback_are_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    results = []

    def work(frame: int) -> tuple[float]:
        return (1 / frame,)

    def callback(number: float) -> None:
        results.append(number)
        if number == 0.5:
            raise KeyError("mine")

    stream = LiveStream(work, callback)
    for frame in (0, 2, 4):
        stream.send(frame)
        stream._newest.exception()  # wait, so that nothing is dropped
    with caplog.at_level(logging.ERROR):
        stream.close()
    assert results == [0.5, 0.25]
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [
        ZeroDivisionError,
        KeyError,
    ]
    assert [record.message for record in caplog.records] == ["A frame failed", "Error in callback"]


def test_the_callback_is_called_in_the_order_of_the_frames(base: BaseOptions) -> None:
    calls: list[tuple[vision.PoseLandmarkerResult, mp.Image, int]] = []
    frame = image(STANDING)
    with make(
        base,
        running_mode=RunningMode.LIVE_STREAM,
        result_callback=lambda *arguments: calls.append(arguments),
    ) as landmarker:
        for timestamp_ms in range(0, 300, 30):
            landmarker.detect_async(frame, timestamp_ms)
        with pytest.raises(TimestampError, match="monotonically"):
            landmarker.detect_async(frame, 0)
    times = [timestamp_ms for _, _, timestamp_ms in calls]
    assert times == sorted(times)
    assert (times[0], times[-1]) == (0, 270)
    assert calls[0][1] is frame
    assert places(calls[0][0]) == approx(STILLS["standing"][2])


def test_a_callback_may_close_and_send(base: BaseOptions) -> None:
    done = threading.Event()

    def callback(_result: object, frame: mp.Image, timestamp_ms: int) -> None:
        if timestamp_ms < 3:
            landmarker.detect_async(frame, timestamp_ms + 1)
        else:
            landmarker.close()
            done.set()

    landmarker = make(base, running_mode=RunningMode.LIVE_STREAM, result_callback=callback)
    landmarker.detect_async(image(GRAY), 1)
    assert done.wait(10)


def test_a_program_that_does_not_call_close_still_ends(base: BaseOptions) -> None:
    code = f"""
import numpy as np
import vitruvian.mediapipe as mp
from vitruvian.mediapipe.tasks.python import vision
landmarker = vision.PoseLandmarker.create_from_options(vision.PoseLandmarkerOptions(
    mp.tasks.BaseOptions({base.model_asset_path!r}),
    running_mode=vision.RunningMode.LIVE_STREAM,
    result_callback=lambda result, image, timestamp_ms: print(timestamp_ms),
))
frame = mp.Image(mp.ImageFormat.SRGB, np.zeros((9, 9, 3), np.uint8))
for timestamp_ms in range(3):
    landmarker.detect_async(frame, timestamp_ms)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert done.stdout.split()[-1] == "2"
