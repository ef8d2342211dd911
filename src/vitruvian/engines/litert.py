"""LiteRT, formerly TensorFlow Lite: MediaPipe's runtime, and so its numbers to the last bit."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from ai_edge_litert.interpreter import Interpreter

from vitruvian.engines import litert_greeting
from vitruvian.errors import EngineError, OptionError
from vitruvian.weights import tflite_pruning

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vitruvian.engines.protocol import Network, Setup, Tensor

_T = TypeVar("_T")


class LiteRtEngine:
    """Runs a .tflite file on the CPU; see `vitruvian.engines.choice.load`."""

    def __init__(self, network: Network, setup: Setup) -> None:
        if setup.precision != "float32":
            raise OptionError(f"precision is {setup.precision!r}: litert supports float32 only.")
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
        tensors = self._interpreter.get_input_details() + self._interpreter.get_output_details()
        if any(tensor["shape"][:1].tolist() != [1] for tensor in tensors):
            raise EngineError(
                f"LiteRT cannot use {network.tflite_path}: it is no network for single images."
            )
        # Functions that return views of the interpreter's memory: the input and the outputs.
        self._input, *self._outputs = (
            self._interpreter.tensor(tensor["index"]) for tensor in tensors
        )

    def infer(
        self,
        count: int,
        write_input: Callable[[int, Tensor], None],
        read_outputs: Callable[[int, Sequence[Tensor]], _T],
    ) -> list[_T]:
        """Run the network on one image after the other, as batches gain nothing."""
        results = []
        for index in range(count):
            # No view of the interpreter's memory may exist while it runs.
            write_input(index, self._input()[0])
            try:
                self._interpreter.invoke()
            except (RuntimeError, ValueError) as error:
                raise EngineError(f"LiteRT failed: {error}.") from error
            results.append(read_outputs(index, [output()[0] for output in self._outputs]))
        return results
