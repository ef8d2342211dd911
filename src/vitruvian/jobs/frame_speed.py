"""How long a frame of a video takes on this machine, from the image to the result."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.assembly import person_tracker
from vitruvian.evaluation.published import LATENCIES_MS
from vitruvian.evaluation.table import Column, Table
from vitruvian.networks import Networks
from vitruvian.options import MODELS, Model, PoseOptions
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21
from vitruvian.tracking.clock import FrameClock
from vitruvian.tracking.stream import Stream
from vitruvian.types import Detections, Region

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vitruvian.types import Image, Landmarks

_WARM_UPS, _RUNS = 5, 30
_SIZE_PX = (720, 1280)  # height and width
# A person who stands upright and fills two thirds of the image's height.
_REGION = Region(*map(np.float32, (0.5, 0.5, 0.45, 0.8, 0.1)))
_DETECTION = Detections(
    boxes=np.zeros((1, 4), np.float32),
    keypoints=np.array([((0.5, 0.5), (0.5, 0.18), (0.5, 0.3), (0.5, 0.1))], np.float32),
    scores=np.ones(1, np.float32),
)


def tracked_frame_ms(model: Model, threads: int | None) -> float:
    """Return the median milliseconds of a frame of 1280×720 in which a person is tracked.

    The frame is noise, and the person is always found in the same region. So no video is needed,
    and all stages but the detector do the work that they do in a video: crop, network, landmarks,
    filters and result.

    Args:
        model: the landmark model.
        threads: of the network; None for as many as are useful.

    Raises:
        WeightsError: the weights are not in the cache, and no source has them.
        EngineError: the engine fails.
    """
    options = PoseOptions(model_complexity=model, search="frame", threads=threads)
    networks = Networks(options)

    def detect(_: Image, regions: Sequence[Region]) -> list[Detections]:
        return [_DETECTION] * len(regions)

    def landmark(image: Image, regions: Sequence[Region]) -> list[Landmarks]:
        people = networks.landmark(image, [_REGION] * len(regions))
        return [replace(person, scores=np.ones(1, np.float32)) for person in people]

    tracker = person_tracker(options, detect, landmark, SOLUTIONS_0_10_21)
    clock = FrameClock(is_video=True, frame_rate=options.frame_rate)
    process = Stream(tracker, clock, with_masks=False)
    noise = np.random.default_rng(0).integers(0, 256, (*_SIZE_PX, 3), np.uint8)
    seconds = []
    for _ in range(_WARM_UPS + _RUNS):
        start_s = time.perf_counter()
        process(noise)
        seconds.append(time.perf_counter() - start_s)
    return 1e3 * statistics.median(seconds[_WARM_UPS:])


def latency_table(threads: int | None) -> Table:
    """Return the table of latencies of MediaPipe's page, with a column for this machine.

    The arguments and errors are those of `tracked_frame_ms`.
    """
    models = tuple(reversed(MODELS))
    here = [tracked_frame_ms(model, threads) for model in models]
    columns = [Column("this machine", here, None)] + [
        Column(machine, [latencies_ms[model] for model in models], None, decimals=0)
        for machine, latencies_ms in LATENCIES_MS.items()
    ]
    return Table([f"BlazePose.{model.capitalize()}" for model in models], columns)
