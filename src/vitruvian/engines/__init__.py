"""Runtimes, each behind the same protocol of one method, each loaded only when chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from vitruvian.errors import EngineError, OptionError

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

# MediaPipe runs on LiteRT: with it, the numbers are MediaPipe's to the last bit.
DEFAULT = "litert"
_PACKAGES = {"litert": "ai-edge-litert", "onnxruntime": "onnxruntime"}  # by engine
NAMES = tuple(_PACKAGES)


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


class Engine(Protocol):
    """A network ready to run."""

    def infer(self, images: NDArray[np.uint8]) -> list[NDArray[np.float32]]:
        """Run the network on a batch of RGB images (N, H, W, 3).

        Returns:
            Its outputs in the order they were asked for, each with N first.

        Raises:
            EngineError: the runtime failed.
        """
        ...


def load(name: str, network: Network) -> Engine:
    """Make a network ready to run on the engine of that name, one of `NAMES`.

    Raises:
        OptionError: there is no engine of that name.
        WeightsError: the file is no network, or has no such output.
        EngineError: the runtime is not installed, or cannot load the network.
    """
    if name not in NAMES:
        raise OptionError(f"engine is {name!r}: give one of {', '.join(NAMES)}.")
    try:
        if name == "litert":
            from vitruvian.engines.litert import LiteRtEngine  # noqa: PLC0415

            return LiteRtEngine(network)
        from vitruvian.engines.onnxruntime import OnnxRuntimeEngine  # noqa: PLC0415

        return OnnxRuntimeEngine(network)
    except ImportError as error:
        raise EngineError(
            f"The engine {name} is not installed: pip install {_PACKAGES[name]}."
        ) from error
