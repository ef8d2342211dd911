from __future__ import annotations

import sys

import onnxruntime
import pytest

from tests.support.networks import lite
from vitruvian.engines import choice as engines
from vitruvian.engines import onnxruntime as onnxruntime_engine
from vitruvian.engines.protocol import Setup
from vitruvian.errors import EngineError
from vitruvian.weights import onnx_file


def test_a_broken_onnx_file_is_named_in_the_error() -> None:
    path = onnx_file.converted(lite().tflite_path, (2, 1))
    path.write_bytes(b"broken")
    with pytest.raises(EngineError, match="delete the file"):
        engines.load("onnxruntime", lite(2, 1))
    path.unlink()


def test_a_device_that_is_not_available_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = "coreml" if sys.platform == "win32" else "directml"
    with pytest.raises(EngineError, match=r"ONNX Runtime has no \w+: .*pip install onnxruntime"):
        engines.load("onnxruntime", lite(0), Setup(device=missing))
    # If the driver or a library of a provider is missing, the runtime silently uses the CPU.
    on_cpu = onnxruntime.InferenceSession(
        onnx_file.converted(lite().tflite_path, (0,)), providers=["CPUExecutionProvider"]
    )
    provider = "CUDAExecutionProvider"
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [provider])
    monkeypatch.setattr(onnxruntime_engine, "_session", lambda *_: on_cpu)
    with pytest.raises(EngineError, match=f"cannot use its {provider}"):
        engines.load("onnxruntime", lite(0), Setup(device="cuda"))
