"""LiteRT, formerly TensorFlow Lite: MediaPipe's own runtime, and so its numbers to the last bit."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter

from vitruvian.errors import EngineError
from vitruvian.weights import tflite

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

_THREADS = 2  # beyond two these small networks gain little; the numbers are the same for any


class LiteRtEngine:
    """Runs a .tflite file; see `vitruvian.engines.load`."""

    def __init__(self, tflite_path: Path, outputs: Sequence[int]) -> None:
        try:
            self._interpreter = Interpreter(
                model_content=_pruned(tflite_path.read_bytes(), outputs), num_threads=_THREADS
            )
            self._interpreter.allocate_tensors()
        except (IndexError, RuntimeError, TypeError, ValueError, struct.error) as error:
            raise EngineError(f"LiteRT cannot load {tflite_path}: {error}.") from error
        self._input = self._interpreter.get_input_details()[0]["index"]
        self._outputs = [detail["index"] for detail in self._interpreter.get_output_details()]

    def infer(self, images: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        """Run the network on a batch of images (N, H, W, 3), one after the other."""
        results = [self._infer_one(image) for image in images]
        return [np.concatenate(batch) for batch in zip(*results, strict=True)]

    def _infer_one(self, image: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        try:
            self._interpreter.set_tensor(self._input, image[np.newaxis])
            self._interpreter.invoke()
        except (RuntimeError, ValueError) as error:
            raise EngineError(f"LiteRT failed on {image.shape}: {error}.") from error
        return [self._interpreter.get_tensor(output) for output in self._outputs]


def _pruned(content: bytes, outputs: Sequence[int]) -> bytes:
    """The model without the operators that the outputs at these positions do not need."""
    model: Any = schema.ModelT.InitFromPackedBuf(content)
    graph = model.subgraphs[0]
    graph.outputs = [graph.outputs[position] for position in outputs]
    graph.operators = tflite.needed(graph.operators, graph.outputs)
    model.signatureDefs = None  # they would still name the outputs that are gone
    builder = flatbuffers.Builder()
    builder.Finish(model.Pack(builder), file_identifier=b"TFL3")
    return bytes(builder.Output())
