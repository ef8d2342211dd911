from __future__ import annotations

import sys

import pytest

from tests.support.networks import lite
from vitruvian.engines import choice as engines
from vitruvian.engines.protocol import Setup
from vitruvian.errors import EngineError, OptionError


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
    words = r"onnxruntime cannot be imported: .*sys\.modules.*\. Reinstall onnxruntime\."
    with pytest.raises(EngineError, match=words):
        engines.load("onnxruntime", lite(0))


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
