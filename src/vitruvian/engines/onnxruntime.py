"""ONNX Runtime, on the CPU."""

from __future__ import annotations

from typing import TYPE_CHECKING

import onnxruntime

from vitruvian.errors import EngineError
from vitruvian.weights import onnx

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from vitruvian.engines import Network

_FATAL = 4  # its log goes to stderr; what matters comes as an exception


class OnnxRuntimeEngine:
    """Runs a network rewritten as ONNX; see `vitruvian.engines.load`."""

    def __init__(self, network: Network) -> None:
        self._values = network.input_values
        onnx_path = onnx.converted(network.tflite_path, network.outputs)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = _FATAL
        try:
            self._session = onnxruntime.InferenceSession(
                onnx_path, options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # its exceptions share no other base
            raise EngineError(
                f"ONNX Runtime cannot load {onnx_path}: {error}; delete the file, it is made anew."
            ) from error
        self._input_name = self._session.get_inputs()[0].name

    def infer(self, images: NDArray[np.uint8]) -> list[NDArray[np.float32]]:
        """Run the network on a batch of RGB images (N, H, W, 3)."""
        try:
            outputs: list[NDArray[np.float32]] = self._session.run(
                None, {self._input_name: self._values[images]}
            )
        except Exception as error:  # likewise
            raise EngineError(f"ONNX Runtime failed on {images.shape}: {error}.") from error
        return outputs
