"""A `solutions.pose.Pose` in a forked process."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

FORK = """
import os, signal, sys
from tests.support import golden
from vitruvian.errors import ClosedError
from vitruvian.mediapipe.solutions.pose import Pose

image = golden.stills()[0]
pose = Pose(model_complexity=0)
expected = pose.process(image)
pose._lock.acquire()  # as if another thread were in `process`
if os.fork():
    _, status = os.wait()
    pose._lock.release()
    assert pose.process(image).pose_landmarks
    pose.close()
    sys.exit(os.waitstatus_to_exitcode(status))
signal.alarm(20)  # ends a child that hangs
for call in (lambda: pose.process(image), pose.reset):
    try:
        call()
    except ClosedError as error:
        print(error)
pose.close()
with pose:
    pass
with Pose(model_complexity=0) as own:
    assert own.process(image) == expected
print("own")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_a_forked_process_is_refused_the_pose_and_does_not_wait_for_its_lock() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FORK], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    sentence = "This Pose was made before this process was forked: make a new one in the child."
    assert done.stdout.splitlines() == [sentence, sentence, "own"]
