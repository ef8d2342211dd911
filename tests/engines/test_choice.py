from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

import vitruvian
from tests.support.networks import lite
from vitruvian.engines import choice as engines
from vitruvian.engines.protocol import Setup
from vitruvian.errors import EngineError, OptionError

if TYPE_CHECKING:
    from vitruvian.options import Device


def test_an_engine_that_is_unknown_or_not_installed_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(OptionError, match="litert, onnxruntime"):
        engines.load("abacus", lite(0))
    monkeypatch.setitem(sys.modules, "vitruvian.engines.onnxruntime", None)
    monkeypatch.setattr(engines, "installed", lambda: ("litert",))
    with pytest.raises(EngineError, match="is not installed: run pip install onnxruntime"):
        engines.load("onnxruntime", lite(0))


def test_an_engine_that_is_installed_and_cannot_be_imported_says_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "vitruvian.engines.onnxruntime", raising=False)
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    monkeypatch.setattr(engines, "installed", lambda: ("litert", "onnxruntime"))
    words = "onnxruntime cannot be imported: .*sys.modules.*. Reinstall "
    with pytest.raises(EngineError, match=rf"{words}onnxruntime\.$"):
        engines.load("onnxruntime", lite(0))
    with pytest.raises(EngineError, match=rf"{words}'onnxruntime-gpu\[cuda,cudnn\]'\.$"):
        engines.load("onnxruntime", lite(0), Setup(device="cuda"))


def test_a_device_that_the_engine_does_not_run_on_is_refused() -> None:
    with pytest.raises(OptionError, match="litert does not run on"):
        engines.load("litert", lite(0), Setup(device="cuda"))


def test_which_engine_is_chosen_depends_on_processor_device_and_packages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engines, "_is_intel", lambda: False)
    assert engines.choose()[0] == engines.EXACT
    assert engines.choose(device="cuda")[0] == "onnxruntime"
    monkeypatch.setattr(engines, "_is_intel", lambda: True)
    assert engines.choose()[0] == "openvino"
    assert engines.choose("litert")[0] == "litert"
    monkeypatch.setattr(engines, "installed", lambda: ("litert",))
    assert engines.choose()[0] == engines.EXACT


@pytest.mark.parametrize(
    ("device", "package"),
    [
        ("cpu", "onnxruntime"),
        ("coreml", "onnxruntime"),
        ("cuda", "'onnxruntime-gpu[cuda,cudnn]'"),
        ("tensorrt", "'onnxruntime-gpu[cuda,cudnn]' tensorrt"),
        ("directml", "onnxruntime-directml"),
    ],
)
def test_the_missing_package_of_a_device_is_named(
    monkeypatch: pytest.MonkeyPatch, device: Device, package: str
) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    monkeypatch.delitem(sys.modules, "vitruvian.engines.onnxruntime", raising=False)
    with pytest.raises(EngineError) as refused:
        engines.load("onnxruntime", lite(0), Setup(device=device))
    assert str(refused.value).endswith(f": run pip install {package}.")
    assert (f"for the device {device!r}" in str(refused.value)) == (device != "cpu")


def test_pose_names_the_missing_package_of_a_device(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    monkeypatch.delitem(sys.modules, "vitruvian.engines.onnxruntime", raising=False)
    with (
        pytest.raises(EngineError, match="onnxruntime-gpu"),
        vitruvian.Pose(model_complexity="lite", device="cuda") as pose,
    ):
        pose.process(np.zeros((48, 64, 3), np.uint8))
