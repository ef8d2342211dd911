"""OpenVINO, on the CPU."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from vitruvian.errors import EngineError, OptionError
from vitruvian.weights import onnx_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vitruvian.engines.protocol import Network, Setup, Tensor

_T = TypeVar("_T")

_TELEMETRY = "openvino_telemetry"
_TYPES = {"float32": "f32", "float16": "f16", "bfloat16": "bf16"}  # by precision


def _import_without_telemetry() -> Any:
    """Import the package `openvino` as if its telemetry were not installed.

    With telemetry, the import alone sends a message to its makers and writes to the home folder.
    """
    telemetry = sys.modules.get(_TELEMETRY)
    sys.modules[_TELEMETRY] = None  # type: ignore[assignment]  # importing it then raises ImportError
    try:
        return import_module("openvino")
    finally:
        del sys.modules[_TELEMETRY]
        if telemetry is not None:
            sys.modules[_TELEMETRY] = telemetry


openvino = _import_without_telemetry()


class OpenVinoEngine:
    """Runs a network that is converted to ONNX; see `vitruvian.engines.choice.load`."""

    def __init__(self, network: Network, setup: Setup) -> None:
        onnx_path = onnx_file.converted(network.tflite_path, network.outputs, batch_size=1)
        wanted = _TYPES[setup.precision]
        try:
            model = openvino.Core().compile_model(
                onnx_path,
                "CPU",
                {
                    "PERFORMANCE_HINT": "LATENCY",
                    "INFERENCE_PRECISION_HINT": wanted,
                    "INFERENCE_NUM_THREADS": setup.thread_count,
                    # Two networks pinned to the same cores wait for each other.
                    "ENABLE_CPU_PINNING": False,
                    # Keeping the compiled network saves half a second at the next start.
                    "CACHE_DIR": str(onnx_path.parent / "openvino"),
                },
            )
            used = model.get_property("INFERENCE_PRECISION_HINT").to_string()
            self._request = model.create_infer_request()
        except Exception as error:  # the exceptions of OpenVINO have no other common base
            raise EngineError(
                f"OpenVINO cannot load {onnx_path}: {error}; delete the file so that it is written "
                "again."
            ) from error
        # OpenVINO silently uses another precision if the processor does not support this one.
        if used != wanted:
            raise OptionError(
                f"precision is {setup.precision!r}: on this processor OpenVINO computes {used} "
                "instead, so choose another precision."
            )
        self._input = self._request.get_input_tensor().data[0]  # a view of its memory

    def infer(
        self,
        count: int,
        write_input: Callable[[int, Tensor], None],
        read_outputs: Callable[[int, Sequence[Tensor]], _T],
    ) -> list[_T]:
        """Run the network on one image after the other, as batches gain nothing."""
        results = []
        for index in range(count):
            write_input(index, self._input)
            try:
                outputs = self._request.infer(share_outputs=True)
            except Exception as error:  # as above
                raise EngineError(f"OpenVINO failed: {error}.") from error
            results.append(read_outputs(index, [output[0] for output in outputs.values()]))
        return results
