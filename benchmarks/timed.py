"""Engines that record the seconds of each call."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from vitruvian.engines import choice as engines

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from vitruvian.engines.protocol import Engine, Network, Setup

Outputs: TypeAlias = "list[NDArray[np.float32]]"


class Timed:
    """An engine that records the seconds of each call and, if asked to, its outputs.

    Attributes:
        network: the network that it runs.
        seconds: the seconds of each call so far.
        recorded: the outputs of each call so far; if None, they are not recorded.
        replayed: outputs to return instead of running the network; if None, it runs.
    """

    def __init__(self, engine: Engine, network: Network) -> None:
        self._engine = engine
        self.network = network
        self.seconds: list[float] = []
        self.recorded: list[Outputs] | None = None
        self.replayed: Iterator[Outputs] | None = None

    def infer(self, images: NDArray[np.uint8]) -> Outputs:
        """Run the network on RGB images (N, H, W, 3), or return the next outputs of `replayed`."""
        start_s = time.perf_counter()
        outputs = next(self.replayed) if self.replayed else self._engine.infer(images)
        self.seconds.append(time.perf_counter() - start_s)
        if self.recorded is not None:
            self.recorded.append(outputs)
        return outputs


@contextmanager
def timed_engines() -> Iterator[list[Timed]]:
    """Time every engine that is loaded in the block, and return the list of these engines."""
    loaded: list[Timed] = []
    load = engines.load

    def load_timed(name: str, network: Network, setup: Setup | None = None) -> Timed:
        loaded.append(Timed(load(name, network, setup), network))
        return loaded[-1]

    engines.load = load_timed
    try:
        yield loaded
    finally:
        engines.load = load
