"""The protocol of every engine, what an engine is made from, and how it is given batches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np

from vitruvian import options
from vitruvian.engines import threads
from vitruvian.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from vitruvian.options import Device, Precision

# Measured: in a batch of eight, ONNX Runtime takes 10 to 30 % less time per image than for single
# images; a batch of sixteen gains no more.
_LARGEST_BATCH = 8

_T = TypeVar("_T")


@dataclass(frozen=True, eq=False)
class Network:
    """A network that an engine can load.

    Attributes:
        tflite_path: the file with its weights.
        outputs: the outputs to compute, as positions in the file's list of outputs. Operators that
            only other outputs need are left out.
        input_values: (256,) float32, evenly spaced: the network's input for each value of a byte.
    """

    tflite_path: Path
    outputs: tuple[int, ...]
    input_values: NDArray[np.float32]


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

    def infer(self, images: NDArray[np.uint8]) -> list[NDArray[np.float32]]:
        """Run the network on a batch of RGB images (N, H, W, 3).

        Returns:
            The outputs in the order of `Network.outputs`, each with N as its first dimension. They
            are copies, which the next call does not change.

        Raises:
            EngineError: the images have the wrong shape, or the runtime failed.
        """
        ...


def batches(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """Yield the items in batches for an engine: larger ones need more memory and save no time."""
    for first in range(0, len(items), _LARGEST_BATCH):
        yield items[first : first + _LARGEST_BATCH]


def one_by_one(
    infer_one: Callable[[NDArray[np.uint8]], list[NDArray[np.float32]]],
    images: NDArray[np.uint8],
    image_shape: tuple[int, ...],
) -> list[NDArray[np.float32]]:
    """Run a batch image by image, for engines that gain nothing from batches.

    Args:
        infer_one: computes the outputs of an image (H, W, 3), each with a first dimension of one.
        images: (N, H, W, 3).
        image_shape: the (H, W, 3) that the network takes.

    Returns:
        The outputs, each with N as its first dimension.

    Raises:
        EngineError: the images have another shape.
    """
    if images.shape[1:] != image_shape:
        raise EngineError(
            f"The network takes images of shape {image_shape}, not {images.shape[1:]}."
        )
    results = [infer_one(image) for image in images]
    if len(results) == 1:
        return results[0]
    return [np.concatenate(batch) for batch in zip(*results, strict=True)]
