"""A `PoseLandmarker` in a forked process."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from vitruvian.mediapipe.tasks.python import BaseOptions

FORK = """
import os, signal, sys
from tests.support.tasks import STANDING, image
from vitruvian.errors import ClosedError
from vitruvian.mediapipe.tasks.python import BaseOptions, vision

options = vision.PoseLandmarkerOptions(
    BaseOptions(model_asset_path=sys.argv[1]),
    running_mode=vision.RunningMode.LIVE_STREAM,
    result_callback=lambda *_: None,
)
landmarker = vision.PoseLandmarker.create_from_options(options)
landmarker.detect_async(image(STANDING), 1)
landmarker._lock.acquire()  # as if another thread were in `detect_async`
if os.fork():
    _, status = os.wait()
    landmarker._lock.release()
    landmarker.close()
    sys.exit(os.waitstatus_to_exitcode(status))
signal.alarm(20)  # ends a child that hangs
try:
    landmarker.detect_async(image(STANDING), 2)
except ClosedError as error:
    print(error)
with landmarker:
    pass
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_a_forked_process_is_refused_the_landmarker_and_does_not_wait_for_its_lock(
    base: BaseOptions,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FORK, str(base.model_asset_path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == (
        "This PoseLandmarker was made before this process was forked: make a new one in the "
        "child.\n"
    )
