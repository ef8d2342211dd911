"""One `Pose` in several threads and processes, and several that share their networks."""

from __future__ import annotations

import asyncio
import copy
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import vitruvian
from tests.support import golden
from vitruvian import networks as shared
from vitruvian.options import PoseOptions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vitruvian.result import PoseResult
    from vitruvian.types import Image

THREADS = 8
CALLS = 96


@pytest.fixture(scope="module")
def images() -> list[Image]:
    return golden.stills()


@pytest.fixture
def pose() -> Iterator[vitruvian.Pose]:
    with vitruvian.Pose(static_image_mode=True, model_complexity="lite", threads=1) as pose:
        yield pose


def assert_each_got_its_own(
    pose: vitruvian.Pose, images: list[Image], results: list[PoseResult]
) -> None:
    expected = [pose.process(image) for image in images]
    for call, result in enumerate(results):
        alone = expected[call % len(images)]
        assert np.array_equal(result.pose_landmarks, alone.pose_landmarks)
        assert result.image_size == alone.image_size
    assert sorted(result.index for result in results) == [*range(len(results))]


def test_each_thread_gets_the_answer_for_its_own_image(
    pose: vitruvian.Pose, images: list[Image]
) -> None:
    calls = [images[call % len(images)] for call in range(CALLS)]
    with ThreadPoolExecutor(THREADS) as threads:
        results = [*threads.map(pose.process, calls)]
    assert_each_got_its_own(pose, images, results)


def test_each_task_of_asyncio_gets_the_answer_for_its_own_image(
    pose: vitruvian.Pose, images: list[Image]
) -> None:
    async def process_all() -> list[PoseResult]:
        calls = (images[call % len(images)] for call in range(CALLS))
        return await asyncio.gather(*(asyncio.to_thread(pose.process, image) for image in calls))

    assert_each_got_its_own(pose, images, asyncio.run(process_all()))


def test_the_frames_of_a_video_from_several_threads_stay_a_video(images: list[Image]) -> None:
    with (
        vitruvian.Pose(model_complexity="lite", threads=1) as pose,
        ThreadPoolExecutor(THREADS) as threads,
    ):
        results = [*threads.map(pose.process, [images[0]] * CALLS)]
    times_s = sorted(result.timestamp_s for result in results)
    assert times_s == pytest.approx(np.arange(CALLS) / 30)
    assert {result.ids.tolist()[0] for result in results} == {1}


def test_each_stream_has_its_own_person(images: list[Image]) -> None:
    """Streams that share their networks give what each gives alone."""

    def landmarks(pose: vitruvian.Pose, image: Image) -> np.ndarray:
        return pose.process(image).pose_landmarks

    shifted = [np.roll(images[0], 3 * step, axis=1) for step in range(5)]
    with vitruvian.Pose(model_complexity="lite", threads=1) as alone:
        expected = [landmarks(alone, image) for image in shifted]
    poses = [vitruvian.Pose(model_complexity="lite", threads=1) for _ in range(THREADS)]
    with ThreadPoolExecutor(THREADS) as threads:
        for step, image in enumerate(shifted):
            for found in threads.map(landmarks, poses, [image] * THREADS):
                assert np.array_equal(found, expected[step])


def test_networks_are_shared_while_they_are_in_use() -> None:
    options = PoseOptions(model_complexity="lite", threads=1)
    networks = [shared.Networks(options) for _ in range(3)]
    assert (len(shared._detectors), len(shared._landmarkers)) == (1, 1)
    networks.append(shared.Networks(replace(options, min_detection_confidence=0.1)))
    assert (len(shared._detectors), len(shared._landmarkers)) == (1, 1)
    networks.append(shared.Networks(replace(options, enable_segmentation=True)))
    assert (len(shared._detectors), len(shared._landmarkers)) == (1, 2)
    del networks
    assert (len(shared._detectors), len(shared._landmarkers)) == (0, 0)


@pytest.mark.parametrize(
    "duplicate", [copy.copy, copy.deepcopy, pickle.dumps], ids=["copy", "deepcopy", "pickle"]
)
def test_a_pose_is_not_copied(pose: vitruvian.Pose, duplicate: Any) -> None:
    with pytest.raises(vitruvian.CopyError, match="cannot be copied or pickled"):
        duplicate(pose)


FORK = """
import os, sys, vitruvian
from tests.support import golden

image = golden.stills()[0]
options = {"model_complexity": "lite", "static_image_mode": True}
pose = vitruvian.Pose(**options)
expected = pose.process(image).pose_landmarks
if os.fork():
    _, status = os.wait()
    assert (pose.process(image).pose_landmarks == expected).all()
    sys.exit(os.waitstatus_to_exitcode(status))
for call in (lambda: pose.process(image), pose.reset):
    try:
        call()
    except vitruvian.ClosedError as error:
        print(error)
with vitruvian.Pose(**options) as own:
    assert (own.process(image).pose_landmarks == expected).all()
print("own", flush=True)
os._exit(0)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_a_forked_process_makes_its_own_pose() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FORK], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    sentence = "This Pose was made before this process was forked: make a new one in the child."
    assert done.stdout.splitlines() == [sentence, sentence, "own"]


FORK_AND_EXIT = """
import os, signal, sys, vitruvian
from tests.support import golden

def close():
    pose.close()

def leave():
    with pose:
        pass

def exit():
    pass

def make_another():
    with vitruvian.Pose(**options) as own:
        own.process(image)

image = golden.stills()[0]
options = {"model_complexity": "lite", "engine": sys.argv[1]}
pose = vitruvian.Pose(**options)
pose.process(image)
for end in (close, leave, exit, make_another):
    if not os.fork():
        signal.alarm(20)  # ends a child that hangs
        end()
        sys.exit(0)
    _, status = os.wait()
    print(end.__name__, os.waitstatus_to_exitcode(status), flush=True)
pose.process(image)
"""


# Not ONNX Runtime: after `import onnxruntime` and a fork, its own clean-up at the exit hangs.
@pytest.mark.parametrize("engine", ["litert", "openvino"])
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_a_forked_process_may_close_its_parents_pose_and_exit(engine: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FORK_AND_EXIT, engine],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["close 0", "leave 0", "exit 0", "make_another 0"]
