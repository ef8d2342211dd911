"""Engines that record the seconds of each call."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from vitruvian.engines import choice as engines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from vitruvian.engines.protocol import Engine, Network, Setup, Tensor

T = TypeVar("T")
Recorded: TypeAlias = "tuple[Tensor, list[Tensor]]"  # the input and the outputs of one image


class Timed:
    """An engine that records the seconds of each call and, if asked to, its inputs and outputs.

    Attributes:
        network: the network that it runs.
        seconds: the seconds of each call so far, without those of the functions that it is given.
        recorded: the input and outputs of each image so far; if None, they are not recorded.
        replayed: what to use instead of running the network; if None, it runs.
    """

    def __init__(self, engine: Engine, network: Network) -> None:
        self._engine = engine
        self.network = network
        self.seconds: list[float] = []
        self.recorded: list[Recorded] | None = None
        self.replayed: Iterator[Recorded] | None = None

    def infer(
        self,
        count: int,
        write_input: Callable[[int, Tensor], None],
        read_outputs: Callable[[int, Sequence[Tensor]], T],
    ) -> list[T]:
        """Run the network on images, or take the next of `replayed`."""
        others_s = 0.0
        inputs: list[Tensor] = []

        def write(index: int, pixels: Tensor) -> None:
            nonlocal others_s
            start_s = time.perf_counter()
            write_input(index, pixels)
            if self.recorded is not None:
                inputs.append(pixels.copy())
            others_s += time.perf_counter() - start_s

        def read(index: int, outputs: Sequence[Tensor]) -> T:
            nonlocal others_s
            start_s = time.perf_counter()
            result = read_outputs(index, outputs)
            if self.recorded is not None:
                self.recorded.append((inputs[index], [output.copy() for output in outputs]))
            others_s += time.perf_counter() - start_s
            return result

        start_s = time.perf_counter()
        run = self._replay if self.replayed else self._engine.infer
        results = run(count, write, read)
        self.seconds.append(time.perf_counter() - start_s - others_s)
        return results

    def _replay(
        self,
        count: int,
        write: Callable[[int, Tensor], None],
        read: Callable[[int, Sequence[Tensor]], T],
    ) -> list[T]:
        results = []
        for index, (pixels, outputs) in zip(range(count), self.replayed or (), strict=False):
            write(index, pixels)
            results.append(read(index, outputs))
        return results


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
