"""How fast the engines are on this machine."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.engines import choice as engines
from vitruvian.options import MODELS, EngineName
from vitruvian.stages import detector, landmarker
from vitruvian.stages.reference import SOLUTIONS_0_10_21
from vitruvian.weights import cache

if TYPE_CHECKING:
    from vitruvian.engines.protocol import Network, Setup

_WARM_UPS, _RUNS = 3, 15


def networks() -> dict[str, tuple[Network, int]]:
    """The four networks, and the sides of their pictures in pixels."""
    detection = detector.network(cache.pull("pose_detection"), SOLUTIONS_0_10_21)
    landmarks = {
        model: landmarker.network(cache.pull(f"pose_landmark_{model}"), with_masks=False)
        for model in MODELS
    }
    return {"detector": (detection, detector.INPUT_SIZE_PX)} | {
        model: (network, landmarker.INPUT_SIZE_PX) for model, network in landmarks.items()
    }


def milliseconds(name: EngineName, network: Network, side_px: int, setup: Setup) -> float:
    """What a picture takes: the median of some runs.

    Raises:
        OptionError: the engine cannot compute as `setup` says.
        EngineError: it is not installed, or fails.
    """
    engine = engines.load(name, network, setup)
    noise = np.random.default_rng(0).integers(0, 256, (1, side_px, side_px, 3), np.uint8)
    seconds = []
    for _ in range(_WARM_UPS + _RUNS):
        start = time.perf_counter()
        engine.infer(noise)
        seconds.append(time.perf_counter() - start)
    return 1e3 * statistics.median(seconds[_WARM_UPS:])
