"""ONNX Runtime, on the CPU or on a device for which it has an execution provider."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import onnxruntime

from vitruvian.engines.packages import install_command
from vitruvian.errors import EngineError, OptionError
from vitruvian.weights import onnx_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from vitruvian.engines.protocol import Network, Setup, Tensor
    from vitruvian.options import Device

_T = TypeVar("_T")

_FATAL = 4  # other log messages would go to stderr, and errors are raised as exceptions too

_PROVIDERS: dict[Device, str] = {
    "cpu": "CPUExecutionProvider",
    "cuda": "CUDAExecutionProvider",
    "tensorrt": "TensorrtExecutionProvider",
    "coreml": "CoreMLExecutionProvider",
    "directml": "DmlExecutionProvider",
}
# What the device needs besides its package.
_REQUIREMENTS: dict[Device, str] = {
    "cuda": ", and install NVIDIA's driver",
    "tensorrt": ", and install NVIDIA's driver",
    "coreml": " on macOS",
    "directml": " on Windows",
}


class OnnxRuntimeEngine:
    """Runs a network that is converted to ONNX; see `vitruvian.engines.choice.load`."""

    def __init__(self, network: Network, setup: Setup) -> None:
        provider, remedy = _PROVIDERS[setup.device], _remedy(setup.device)
        _check_precision(setup)
        if provider not in onnxruntime.get_available_providers():
            raise EngineError(f"The installed ONNX Runtime has no {provider}: {remedy}.")
        onnx_path = onnx_file.converted(network.tflite_path, network.outputs)
        try:
            self._session = _session(onnx_path, provider, setup)
        except Exception as error:  # the exceptions of ONNX Runtime have no other common base
            raise EngineError(
                f"ONNX Runtime cannot load {onnx_path}: {error}; delete the file so that it is "
                "written again."
            ) from error
        # ONNX Runtime silently uses another provider if this one does not work.
        if self._session.get_providers()[0] != provider:
            raise EngineError(f"ONNX Runtime cannot use its {provider}: {remedy}.")
        image = self._session.get_inputs()[0]
        self._input_name = image.name
        self._inputs = np.empty((1, *image.shape[1:]), np.float32)  # grows to the largest batch

    def infer(
        self,
        count: int,
        write_input: Callable[[int, Tensor], None],
        read_outputs: Callable[[int, Sequence[Tensor]], _T],
    ) -> list[_T]:
        """Run the network on all images at once."""
        if len(self._inputs) < count:
            self._inputs = np.empty((count, *self._inputs.shape[1:]), np.float32)
        inputs = self._inputs[:count]
        for index, pixels in enumerate(inputs):
            write_input(index, pixels)
        try:
            outputs = self._session.run(None, {self._input_name: inputs})
        except Exception as error:  # as above
            raise EngineError(f"ONNX Runtime failed on {count} images: {error}.") from error
        return [
            read_outputs(index, [output[index] for output in outputs]) for index in range(count)
        ]


def _remedy(device: Device) -> str:
    """Return what to do if ONNX Runtime lacks the provider of a device, or cannot use it."""
    command = install_command("onnxruntime", device)
    return f"run pip uninstall onnxruntime, then {command}{_REQUIREMENTS.get(device, '')}"


def _check_precision(setup: Setup) -> None:
    known = ("float32", "float16") if setup.device == "tensorrt" else ("float32",)
    if setup.precision not in known:
        raise OptionError(
            f"precision is {setup.precision!r}: onnxruntime on the device {setup.device!r} "
            f"supports {' and '.join(known)} only."
        )


def _session(onnx_path: Path, provider: str, setup: Setup) -> onnxruntime.InferenceSession:
    onnxruntime.disable_telemetry_events()  # on Windows it reports what it runs to the system
    options = onnxruntime.SessionOptions()
    options.log_severity_level = _FATAL
    options.intra_op_num_threads = setup.thread_count
    # Threads that spin while they wait are 10 % faster if nothing else runs, but use twice the
    # processor time, for which a second tracker or the decoder would have to wait.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if setup.device in {"cuda", "tensorrt"}:
        with redirect_stdout(sys.stderr):  # it prints which library is missing
            onnxruntime.preload_dlls()
    return onnxruntime.InferenceSession(
        onnx_path,
        options,
        providers=[(provider, _provider_options(onnx_path, setup))],
        enable_fallback=False,
    )


def _provider_options(onnx_path: Path, setup: Setup) -> dict[str, object]:
    if setup.device == "cuda":
        return {"use_tf32": 0}  # its products have 10 bits, and so are not float32
    if setup.device == "tensorrt":
        return {
            "trt_fp16_enable": int(setup.precision == "float16"),
            "trt_engine_cache_enable": 1,  # building an engine takes minutes
            "trt_engine_cache_path": str(onnx_path.parent),
        }
    if setup.device == "coreml":
        return {"ModelFormat": "MLProgram"}  # the other format supports float16 only
    return {}
