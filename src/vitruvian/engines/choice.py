"""Runtimes, each behind the same protocol of one method, each loaded only when chosen."""

from __future__ import annotations

import importlib.util
import platform
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np

from vitruvian.engines import threads
from vitruvian.errors import EngineError, OptionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

# MediaPipe runs on LiteRT: with it, the numbers are MediaPipe's to the last bit.
EXACT = "litert"
PACKAGES = {"litert": "ai-edge-litert", "onnxruntime": "onnxruntime", "openvino": "openvino"}
NAMES = tuple(PACKAGES)
DEVICES = ("cpu", "cuda", "tensorrt", "coreml", "directml")
PRECISIONS = ("float32", "float16", "bfloat16")
MOST_THREADS = 256
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

    device: str = "cpu"
    precision: str = "float32"
    threads: int | None = None

    def __post_init__(self) -> None:
        for name, value, known in (
            ("device", self.device, DEVICES),
            ("precision", self.precision, PRECISIONS),
        ):
            if value not in known:
                raise OptionError(f"{name} is {value!r}: give one of {', '.join(known)}.")
        if self.threads is None:
            return
        whole = isinstance(self.threads, int) and not isinstance(self.threads, bool)
        if not whole or not 1 <= self.threads <= MOST_THREADS:
            raise OptionError(
                f"threads is {self.threads!r}: give a whole number from 1 to {MOST_THREADS}, "
                "or None to have it chosen."
            )

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


def installed() -> tuple[str, ...]:
    """Names of the engines whose packages are here."""
    return tuple(
        name for name, package in PACKAGES.items()
        if importlib.util.find_spec(package.replace("-", "_"))
    )  # fmt: skip


def choose(name: str | None = None, device: str = "cpu") -> tuple[str, str]:
    """Name of the engine for a device, and in a few words why that one.

    Args:
        name: one of `NAMES`, which is then the answer; None chooses.
        device: one of `DEVICES`.

    Raises:
        OptionError: there is no engine of that name, or it does not run on the device.
    """
    if name is not None:
        if name not in NAMES:
            raise OptionError(f"engine is {name!r}: give one of {', '.join(NAMES)}.")
        if device != "cpu" and name != "onnxruntime":
            raise OptionError(
                f"The engine {name} does not run on the device {device!r}: take onnxruntime, "
                "or leave the engine out."
            )
        return name, "you say so"
    if device != "cpu":
        return "onnxruntime", f"it runs on {device}"
    if _is_intel() and "openvino" in installed():
        return "openvino", "it is here, and the processor is Intel's"
    return EXACT, "its numbers are MediaPipe's"


def load(name: str, network: Network, setup: Setup | None = None) -> Engine:
    """Make a network ready to run on the engine of that name, one of `NAMES`.

    Raises:
        OptionError: there is no engine of that name, or it cannot compute as `setup` says.
        WeightsError: the file is no network, or has no such output.
        EngineError: the runtime is not installed, or cannot load the network.
    """
    setup = setup or Setup()
    choose(name, setup.device)
    try:
        if name == "litert":
            from vitruvian.engines.litert import LiteRtEngine  # noqa: PLC0415

            return LiteRtEngine(network, setup)
        if name == "openvino":
            from vitruvian.engines.openvino import OpenVinoEngine  # noqa: PLC0415

            return OpenVinoEngine(network, setup)
        from vitruvian.engines.onnxruntime import OnnxRuntimeEngine  # noqa: PLC0415

        return OnnxRuntimeEngine(network, setup)
    except ImportError as error:
        raise EngineError(
            f"The engine {name} is not installed: pip install {PACKAGES[name]}."
        ) from error


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


def _is_intel() -> bool:
    try:
        vendor = Path("/proc/cpuinfo").read_text(errors="replace")
    except OSError:
        vendor = platform.processor()  # on Windows: "Intel64 Family 6 Model 154 …, GenuineIntel"
    return "GenuineIntel" in vendor
