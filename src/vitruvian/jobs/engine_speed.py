"""How fast each engine runs the networks on this machine."""

from __future__ import annotations

import statistics
import time
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.engines import choice
from vitruvian.options import MODELS, EngineName
from vitruvian.stages import detector, landmarker
from vitruvian.weights import cache

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vitruvian.engines.protocol import Network, Setup, Tensor

_WARM_UPS, _RUNS = 3, 15


def networks() -> dict[str, Network]:
    """Return the four networks by name.

    Raises:
        WeightsError: Weights are not in the cache, and no source has them.
    """
    return {"detector": detector.network(cache.pull("pose_detection"))} | {
        model: landmarker.network(cache.pull(f"pose_landmark_{model}"), with_masks=False)
        for model in MODELS
    }


def milliseconds(name: EngineName, network: Network, setup: Setup) -> float:
    """Return how many milliseconds a network takes for one image: the median of several runs.

    Args:
        name: The engine.
        network: The network.
        setup: How the engine computes.

    Raises:
        OptionError: The engine does not have the device or the precision.
        EngineError: The engine is not installed, or it fails.
    """
    engine = choice.load(name, network, setup)
    noise = np.random.default_rng(0)
    start_s = 0.0

    def write_noise(_index: int, pixels: Tensor) -> None:
        nonlocal start_s
        noise.random(out=pixels, dtype=np.float32)
        start_s = time.perf_counter()

    def elapsed_s(_index: int, _outputs: Sequence[Tensor]) -> float:
        return time.perf_counter() - start_s

    seconds = [*chain(*(engine.infer(1, write_noise, elapsed_s) for _ in range(_WARM_UPS + _RUNS)))]
    return 1e3 * statistics.median(seconds[_WARM_UPS:])
