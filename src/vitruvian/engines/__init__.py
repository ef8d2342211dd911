"""Runtimes, each behind the same protocol of one method, each loaded only when chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from vitruvian.errors import EngineError, OptionError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

# MediaPipe runs on LiteRT: with it, the numbers are MediaPipe's to the last bit.
DEFAULT = "litert"
_PACKAGES = {"litert": "ai-edge-litert", "onnxruntime": "onnxruntime"}  # by engine
NAMES = tuple(_PACKAGES)


class Engine(Protocol):
    """A network ready to run."""

    def infer(self, images: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        """Run the network on a batch of images (N, H, W, 3).

        Returns:
            Its outputs in the order they were asked for, each with N first.

        Raises:
            EngineError: the runtime failed.
        """
        ...


def load(name: str, tflite_path: Path, outputs: Sequence[int]) -> Engine:
    """Load a network, pruned to its outputs at the given positions.

    Args:
        name: one of `NAMES`.
        tflite_path: the network's weights.
        outputs: positions in the network's list of outputs.

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

            return LiteRtEngine(tflite_path, outputs)
        from vitruvian.engines.onnxruntime import OnnxRuntimeEngine  # noqa: PLC0415

        return OnnxRuntimeEngine(tflite_path, outputs)
    except ImportError as error:
        raise EngineError(
            f"The engine {name} is not installed: pip install {_PACKAGES[name]}."
        ) from error
