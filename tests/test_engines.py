"""What every engine must do alike."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import cv2
import golden
import numpy as np
import pytest
from tolerances import NETWORK_WORST

from vitruvian import engines
from vitruvian.engines import Network
from vitruvian.errors import EngineError, OptionError, WeightsError
from vitruvian.weights import onnx, store

if TYPE_CHECKING:
    from pathlib import Path

VALUES = np.arange(256, dtype=np.float32) / 255


def lite(*outputs: int) -> Network:
    return Network(store.pull("pose_landmark_lite"), outputs, VALUES)


@pytest.mark.parametrize("name", engines.NAMES)
def test_outputs_come_in_the_order_asked_for_with_the_batch_first(name: str) -> None:
    engine = engines.load(name, lite(4, 0))
    images = np.random.default_rng(0).integers(0, 256, (3, 256, 256, 3), np.uint8)
    together = engine.infer(images)
    assert [output.shape for output in together] == [(3, 117), (3, 195)]
    for index, image in enumerate(images):
        for alone, batch in zip(engine.infer(image[np.newaxis]), together, strict=True):
            assert alone[0] == pytest.approx(batch[index], rel=1e-3, abs=1e-2)


def test_engines_agree() -> None:
    images = cv2.resize(golden.stills()[0], (256, 256))[np.newaxis]
    by_name = [engines.load(name, lite(*range(5))).infer(images) for name in engines.NAMES]
    for outputs in zip(*by_name, strict=True):
        for output in outputs[1:]:
            difference = np.abs(output - outputs[0]).max()
            assert difference <= NETWORK_WORST * max(np.abs(outputs[0]).max(), 1)


def test_results_are_kept_by_the_next_call() -> None:
    engine = engines.load("litert", lite(0))
    first = engine.infer(np.zeros((1, 256, 256, 3), np.uint8))[0]
    before = first.copy()
    engine.infer(np.ones((1, 256, 256, 3), np.uint8))
    assert np.array_equal(first, before)


@pytest.mark.parametrize("name", engines.NAMES)
def test_what_cannot_be_loaded_or_run(name: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.tflite"
    path.write_bytes(b"broken")
    with pytest.raises((EngineError, WeightsError), match=r"broken\.tflite"):
        engines.load(name, Network(path, (0,), VALUES))
    engine = engines.load(name, lite(0))
    with pytest.raises(EngineError, match=r"9, 9, 3\)"):
        engine.infer(np.zeros((1, 9, 9, 3), np.uint8))


def test_a_broken_cached_file_names_itself() -> None:
    path = onnx.converted(lite().tflite_path, (2, 1))
    path.write_bytes(b"broken")
    with pytest.raises(EngineError, match="delete the file"):
        engines.load("onnxruntime", lite(2, 1))
    path.unlink()


def test_an_engine_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OptionError, match="litert, onnxruntime"):
        engines.load("abacus", lite(0))
    monkeypatch.setitem(sys.modules, "vitruvian.engines.onnxruntime", None)
    with pytest.raises(EngineError, match="pip install onnxruntime"):
        engines.load("onnxruntime", lite(0))
