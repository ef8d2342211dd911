"""ONNX Runtime: the processor, or one of the devices that it has providers for."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from typing import TYPE_CHECKING

import cv2
import numpy as np
import onnxruntime

from vitruvian.errors import EngineError, OptionError
from vitruvian.weights import onnx_file

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from vitruvian.engines.protocol import Network, Setup

_FATAL = 4  # its log goes to stderr; what matters comes as an exception

# Device: its provider, and what to do where that is missing.
_PROVIDERS = {
    "cpu": ("CPUExecutionProvider", "install onnxruntime anew"),
    "cuda": (
        "CUDAExecutionProvider",
        "with NVIDIA's driver there, put onnxruntime-gpu[cuda,cudnn] in place of onnxruntime",
    ),
    "tensorrt": (
        "TensorrtExecutionProvider",
        "with NVIDIA's driver there, put onnxruntime-gpu[cuda,cudnn] and tensorrt in place of "
        "onnxruntime",
    ),
    "coreml": ("CoreMLExecutionProvider", "install onnxruntime on macOS"),
    "directml": (
        "DmlExecutionProvider",
        "on Windows, put onnxruntime-directml in place of onnxruntime",
    ),
}


class OnnxRuntimeEngine:
    """Runs a network rewritten as ONNX; see `vitruvian.engines.load`."""

    def __init__(self, network: Network, setup: Setup) -> None:
        provider, remedy = _PROVIDERS[setup.device]
        _check_precision(setup)
        if provider not in onnxruntime.get_available_providers():
            raise EngineError(f"ONNX Runtime has no {provider} here: {remedy}.")
        onnx_path = onnx_file.converted(network.tflite_path, network.outputs)
        try:
            self._session = _session(onnx_path, provider, setup)
        except Exception as error:  # its exceptions share no other base
            raise EngineError(
                f"ONNX Runtime cannot load {onnx_path}: {error}; delete the file, it is made anew."
            ) from error
        if self._session.get_providers()[0] != provider:  # it goes on with another and says nothing
            raise EngineError(f"ONNX Runtime cannot use its {provider} here: {remedy}.")
        self._values = network.input_values
        self._input_name = self._session.get_inputs()[0].name

    def infer(self, images: NDArray[np.uint8]) -> list[NDArray[np.float32]]:
        """Run the network on a batch of RGB images (N, H, W, 3)."""
        pixels = np.empty(images.shape, np.float32)
        # A lookup by numpy takes three times as long. OpenCV wants one image: rows of all.
        rows = (-1, *images.shape[2:])
        cv2.LUT(images.reshape(rows), self._values, pixels.reshape(rows))
        try:
            outputs: list[NDArray[np.float32]] = self._session.run(None, {self._input_name: pixels})
        except Exception as error:  # likewise
            raise EngineError(f"ONNX Runtime failed on {images.shape}: {error}.") from error
        return outputs


def _check_precision(setup: Setup) -> None:
    known = ("float32", "float16") if setup.device == "tensorrt" else ("float32",)
    if setup.precision not in known:
        raise OptionError(
            f"precision is {setup.precision!r}: onnxruntime on the device {setup.device!r} has "
            f"{' and '.join(known)} only."
        )


def _session(onnx_path: Path, provider: str, setup: Setup) -> onnxruntime.InferenceSession:
    onnxruntime.disable_telemetry_events()  # on Windows it would tell the system what it runs
    options = onnxruntime.SessionOptions()
    options.log_severity_level = _FATAL
    options.intra_op_num_threads = setup.thread_count
    # Threads that spin while they wait gain 10 % where nobody else computes, but take the processor
    # twice as long: a second tracker, or the decoder, would wait for them.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if setup.device in {"cuda", "tensorrt"}:
        with redirect_stdout(sys.stderr):  # where it says which library is missing
            onnxruntime.preload_dlls()
    return onnxruntime.InferenceSession(
        onnx_path,
        options,
        providers=[(provider, _provider_options(onnx_path, setup))],
        enable_fallback=False,
    )


def _provider_options(onnx_path: Path, setup: Setup) -> dict[str, object]:
    if setup.device == "cuda":
        return {"use_tf32": 0}  # products of 10 bits are not float32
    if setup.device == "tensorrt":
        return {
            "trt_fp16_enable": int(setup.precision == "float16"),
            "trt_engine_cache_enable": 1,  # it takes minutes to make
            "trt_engine_cache_path": str(onnx_path.parent),
        }
    if setup.device == "coreml":
        return {"ModelFormat": "MLProgram"}  # the other format knows float16 only
    return {}
