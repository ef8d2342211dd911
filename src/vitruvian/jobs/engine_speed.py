"""How fast each engine runs the networks on this machine."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.engines import choice
from vitruvian.options import MODELS, EngineName
from vitruvian.stages import detector, landmarker
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21
from vitruvian.weights import cache

if TYPE_CHECKING:
    from vitruvian.engines.protocol import Network, Setup

_WARM_UPS, _RUNS = 3, 15


def networks() -> dict[str, tuple[Network, int]]:
    """Return the four networks by name, each with the side of its square input in pixels.

    Raises:
        WeightsError: Weights are not in the cache, and no source has them.
    """
    detection = detector.network(cache.pull("pose_detection"), SOLUTIONS_0_10_21)
    landmarks = {
        model: landmarker.network(cache.pull(f"pose_landmark_{model}"), with_masks=False)
        for model in MODELS
    }
    return {"detector": (detection, detector.INPUT_SIZE_PX)} | {
        model: (network, landmarker.INPUT_SIZE_PX) for model, network in landmarks.items()
    }


def milliseconds(name: EngineName, network: Network, side_px: int, setup: Setup) -> float:
    """Return how many milliseconds a network takes for one image: the median of several runs.

    Args:
        name: The engine.
        network: The network.
        side_px: The side of the network's square input in pixels.
        setup: How the engine computes.

    Raises:
        OptionError: The engine does not have the device or the precision.
        EngineError: The engine is not installed, or it fails.
    """
    engine = choice.load(name, network, setup)
    noise = np.random.default_rng(0).integers(0, 256, (1, side_px, side_px, 3), np.uint8)
    seconds = []
    for _ in range(_WARM_UPS + _RUNS):
        start_s = time.perf_counter()
        engine.infer(noise)
        seconds.append(time.perf_counter() - start_s)
    return 1e3 * statistics.median(seconds[_WARM_UPS:])
