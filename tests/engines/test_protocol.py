"""The requirements that all engines share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from tests.support import golden
from tests.support.networks import BYTE_VALUES, lite
from tests.tolerances import NETWORK_WORST, REDUCED_PRECISION
from vitruvian.engines import choice as engines
from vitruvian.engines import protocol
from vitruvian.engines.protocol import Network, Setup
from vitruvian.errors import EngineError, OptionError, WeightsError
from vitruvian.options import ENGINES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", ENGINES)
def test_outputs_are_in_the_order_of_the_request_with_the_batch_first(name: str) -> None:
    engine = engines.load(name, lite(4, 0))
    images = np.random.default_rng(0).integers(0, 256, (3, 256, 256, 3), np.uint8)
    together = engine.infer(images)
    assert [output.shape for output in together] == [(3, 117), (3, 195)]
    for index, image in enumerate(images):
        for alone, batch in zip(engine.infer(image[np.newaxis]), together, strict=True):
            assert alone[0] == pytest.approx(batch[index], rel=1e-3, abs=1e-2)


def test_engines_agree() -> None:
    images = cv2.resize(golden.stills()[0], (256, 256))[np.newaxis]
    by_name = [engines.load(name, lite(*range(5))).infer(images) for name in ENGINES]
    for outputs in zip(*by_name, strict=True):
        for output in outputs[1:]:
            difference = np.abs(output - outputs[0]).max()
            assert difference <= NETWORK_WORST * max(np.abs(outputs[0]).max(), 1)


@pytest.mark.parametrize("count", [0, 1, 8, 9, 100])
def test_batches_are_small_and_in_order(count: int) -> None:
    batches = list(protocol.batches(range(count)))
    assert [item for batch in batches for item in batch] == list(range(count))
    assert all(0 < len(batch) <= 8 for batch in batches)


@pytest.mark.parametrize("name", ENGINES)
def test_the_next_call_does_not_change_earlier_results(name: str) -> None:
    engine = engines.load(name, lite(0))
    first = engine.infer(np.zeros((1, 256, 256, 3), np.uint8))[0]
    before = first.copy()
    engine.infer(np.ones((1, 256, 256, 3), np.uint8))
    assert np.array_equal(first, before)


@pytest.mark.parametrize("precision", ["float16", "bfloat16"])
def test_a_precision_is_used_or_refused(precision: str) -> None:
    setup = Setup(precision=precision)
    for name in ("litert", "onnxruntime"):
        with pytest.raises(OptionError, match=f"{precision}.*{name}.*float32 only"):
            engines.load(name, lite(0), setup)
    images = cv2.resize(golden.stills()[0], (256, 256))[np.newaxis]
    (full,) = engines.load("openvino", lite(0)).infer(images)
    try:
        (reduced,) = engines.load("openvino", lite(0), setup).infer(images)
    except OptionError as error:  # the processor does not support it
        assert "instead" in str(error)  # noqa: PT017
    else:
        assert not np.array_equal(reduced, full)
        assert np.abs(reduced - full).max() < REDUCED_PRECISION * np.abs(full).max()


@pytest.mark.parametrize("name", ENGINES)
def test_a_broken_file_and_a_wrong_shape_raise_an_error(name: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.tflite"
    path.write_bytes(b"broken")
    with pytest.raises((EngineError, WeightsError), match=r"broken\.tflite"):
        engines.load(name, Network(path, (0,), BYTE_VALUES))
    engine = engines.load(name, lite(0))
    with pytest.raises(EngineError, match=r"9, 9, 3\)"):
        engine.infer(np.zeros((1, 9, 9, 3), np.uint8))


@pytest.mark.parametrize(
    "options",
    [
        {"device": "abacus"},
        {"precision": "float8"},
        {"threads": 0},
        {"threads": 257},
        {"threads": 1.5},
        {"threads": True},
    ],
)
def test_values_that_are_not_permitted_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(OptionError, match=next(iter(options))):
        Setup(**options)
