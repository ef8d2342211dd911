"""What every engine takes and gives: one protocol of one method."""

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

# Measured: of eight pictures at a time each takes ONNX Runtime 10 to 30 % less than alone; with
# sixteen it gains no more.
_MOST_AT_A_TIME = 8

_T = TypeVar("_T")


@dataclass(frozen=True, eq=False)
class Network:
    """What an engine loads.

    Attributes:
        tflite_path: its weights.
        outputs: positions, in the file's list of outputs, of those that are wanted. What only the
            others need is left out.
        input_values: (256,) evenly spaced: what each byte of an image is to the network.
    """

    tflite_path: Path
    outputs: tuple[int, ...]
    input_values: NDArray[np.float32]


@dataclass(frozen=True)
class Setup:
    """How an engine is to compute.

    Attributes:
        device: one of `DEVICES`.
        precision: one of `PRECISIONS`: what is multiplied. Inputs and outputs are float32.
        threads: on the processor, from 1 to 256; None chooses.

    Raises:
        OptionError: a value that is none of these.
    """

    device: Device = "cpu"
    precision: Precision = "float32"
    threads: int | None = None

    def __post_init__(self) -> None:
        for name in ("device", "precision", "threads"):
            options.check(name, getattr(self, name))

    @property
    def thread_count(self) -> int:
        """`threads`, or the number chosen."""
        return self.threads or threads.choose()


class Engine(Protocol):
    """A network ready to run."""

    def infer(self, images: NDArray[np.uint8]) -> list[NDArray[np.float32]]:
        """Run the network on a batch of RGB images (N, H, W, 3).

        Returns:
            Its outputs in the order they were asked for, each with N first. The next call leaves
            them as they are.

        Raises:
            EngineError: the runtime failed.
        """
        ...


def batches(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """As many at a time as an engine should be given: more take memory, and save no time."""
    for first in range(0, len(items), _MOST_AT_A_TIME):
        yield items[first : first + _MOST_AT_A_TIME]


def one_by_one(
    infer_one: Callable[[NDArray[np.uint8]], list[NDArray[np.float32]]],
    images: NDArray[np.uint8],
    image_shape: tuple[int, ...],
) -> list[NDArray[np.float32]]:
    """For engines that gain nothing by a batch: run it picture by picture.

    Args:
        infer_one: (H, W, 3) → outputs, each with an axis of one before its own.
        images: (N, H, W, 3).
        image_shape: the (H, W, 3) that the network takes.

    Raises:
        EngineError: the images are of another shape.
    """
    if images.shape[1:] != image_shape:
        raise EngineError(f"The network takes {image_shape}, not {images.shape[1:]}.")
    results = [infer_one(image) for image in images]
    if len(results) == 1:
        return results[0]
    return [np.concatenate(batch) for batch in zip(*results, strict=True)]
