"""LiteRT, formerly TensorFlow Lite: MediaPipe's runtime, and so its numbers to the last bit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
from ai_edge_litert.interpreter import Interpreter

from vitruvian.engines import litert_greeting
from vitruvian.engines.protocol import one_by_one
from vitruvian.errors import EngineError, OptionError
from vitruvian.weights import tflite_pruning

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from vitruvian.engines.protocol import Network, Setup


class LiteRtEngine:
    """Runs a .tflite file on the CPU; see `vitruvian.engines.choice.load`."""

    def __init__(self, network: Network, setup: Setup) -> None:
        if setup.precision != "float32":
            raise OptionError(f"precision is {setup.precision!r}: litert supports float32 only.")
        self._values = network.input_values
        content = tflite_pruning.pruned(network.tflite_path, network.outputs)
        try:
            self._interpreter = Interpreter(
                model_content=content,
                num_threads=setup.thread_count,  # does not change the numbers
            )
            with litert_greeting.removed():
                self._interpreter.allocate_tensors()
        except (RuntimeError, ValueError) as error:
            raise EngineError(f"LiteRT cannot load {network.tflite_path}: {error}.") from error
        image = self._interpreter.get_input_details()[0]
        self._input, self._image_shape = image["index"], tuple(image["shape"][1:])
        self._outputs = [detail["index"] for detail in self._interpreter.get_output_details()]

    def infer(self, images: NDArray[np.uint8]) -> list[NDArray[np.float32]]:
        """Run the network on a batch of RGB images (N, H, W, 3), one after the other."""
        return one_by_one(self._infer_one, images, self._image_shape)

    def _infer_one(self, image: NDArray[np.uint8]) -> list[NDArray[np.float32]]:
        # This writes into the interpreter's memory, of which no view may exist during `invoke`.
        cv2.LUT(image, self._values, self._interpreter.tensor(self._input)()[0])
        try:
            self._interpreter.invoke()
        except (RuntimeError, ValueError) as error:
            raise EngineError(
                f"LiteRT failed on an image of shape {image.shape}: {error}."
            ) from error
        return [self._interpreter.get_tensor(output) for output in self._outputs]
