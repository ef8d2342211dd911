"""Engines that keep the seconds of each call."""

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
    """An engine that keeps the seconds of each call, and may remember what it said.

    Attributes:
        network: what it runs.
        seconds: of each call.
        remembered: the outputs of each call; None does not keep them.
        again: outputs to give in place of running the network.
    """

    def __init__(self, engine: Engine, network: Network) -> None:
        self._engine = engine
        self.network = network
        self.seconds: list[float] = []
        self.remembered: list[Outputs] | None = None
        self.again: Iterator[Outputs] | None = None

    def infer(self, images: NDArray[np.uint8]) -> Outputs:
        """Run the network, as any engine does."""
        start_s = time.perf_counter()
        outputs = next(self.again) if self.again else self._engine.infer(images)
        self.seconds.append(time.perf_counter() - start_s)
        if self.remembered is not None:
            self.remembered.append(outputs)
        return outputs


@contextmanager
def timed_engines() -> Iterator[list[Timed]]:
    """A list of the engines that are loaded in the block, each of them timed."""
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
