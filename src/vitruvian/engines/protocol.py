"""The protocol of every engine, and what an engine is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from vitruvian import options
from vitruvian.engines import threads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from vitruvian.options import Device, Precision

Tensor: TypeAlias = NDArray[np.float32]

# Measured: in a batch of eight, ONNX Runtime takes 10 to 30 % less time per image than for single
# images; a batch of sixteen gains no more.
_LARGEST_BATCH = 8

_T = TypeVar("_T")


@dataclass(frozen=True)
class Network:
    """A network that an engine can load.

    Attributes:
        tflite_path: the file with its weights.
        outputs: the outputs to compute, as positions in the file's list of outputs. Operators that
            only other outputs need are left out.
    """

    tflite_path: Path
    outputs: tuple[int, ...]


@dataclass(frozen=True)
class Setup:
    """How an engine computes.

    Attributes:
        device: one of `options.DEVICES`.
        precision: one of `options.PRECISIONS`: the type of the numbers that are multiplied. Inputs
            and outputs are float32 with all.
        threads: the number of threads on the CPU, from 1 to 256; None for as many as are useful.

    Raises:
        OptionError: a value is not permitted.
    """

    device: Device = "cpu"
    precision: Precision = "float32"
    threads: int | None = None

    def __post_init__(self) -> None:
        for name in ("device", "precision", "threads"):
            options.check(name, getattr(self, name))

    @property
    def thread_count(self) -> int:
        """`threads`, or the number of threads that is useful here."""
        return self.threads or threads.choose()


class Engine(Protocol):
    """A network that is loaded and ready to run."""

    def infer(
        self,
        count: int,
        write_input: Callable[[int, Tensor], None],
        read_outputs: Callable[[int, Sequence[Tensor]], _T],
    ) -> list[_T]:
        """Run the network on a number of images, and return what was read from its outputs.

        The arrays that the two functions get are the runtime's own memory where it allows that, so
        that nothing is copied. They are valid only until the function returns.

        Args:
            count: the number of images.
            write_input: fills the input (H, W, 3) of the image of that index. What the array
                contains before is not specified.
            read_outputs: returns a result for the image of that index. It gets the outputs in the
                order of `Network.outputs`, each without the dimension of the batch.

        Returns:
            The results of `read_outputs`, one for each image.

        Raises:
            EngineError: the runtime failed.
        """
        ...


def batches(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """Yield the items in batches for an engine: larger ones need more memory and save no time."""
    for first in range(0, len(items), _LARGEST_BATCH):
        yield items[first : first + _LARGEST_BATCH]
