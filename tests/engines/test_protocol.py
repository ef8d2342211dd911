"""The requirements that all engines share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support import golden
from tests.support.images import resized
from tests.support.networks import infer, lite
from tests.tolerances import NETWORK_WORST, REDUCED_PRECISION
from vitruvian.engines import choice as engines
from vitruvian.engines import protocol
from vitruvian.engines.protocol import Network, Setup
from vitruvian.errors import EngineError, OptionError, WeightsError
from vitruvian.options import ENGINES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vitruvian.engines.protocol import Tensor


@pytest.mark.parametrize("name", ENGINES)
def test_outputs_are_in_the_order_of_the_request_with_the_batch_first(name: str) -> None:
    engine = engines.load(name, lite(4, 0))
    images = np.random.default_rng(0).integers(0, 256, (3, 256, 256, 3), np.uint8)
    together = infer(engine, images)
    assert [output.shape for output in together] == [(3, 117), (3, 195)]
    for index, image in enumerate(images):
        for alone, batch in zip(infer(engine, image[np.newaxis]), together, strict=True):
            assert alone[0] == pytest.approx(batch[index], rel=1e-3, abs=1e-2)


def test_engines_agree() -> None:
    images = resized(golden.stills()[0], 256, 256)[np.newaxis]
    by_name = [infer(engines.load(name, lite(*range(5))), images) for name in ENGINES]
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
def test_each_image_has_its_own_input_and_result(name: str) -> None:
    engine = engines.load(name, lite(0, 3))
    written: list[tuple[int, tuple[int, ...]]] = []

    def write_input(index: int, pixels: Tensor) -> None:
        written.append((index, pixels.shape))
        pixels.fill(index / 2)

    def read_outputs(index: int, outputs: Sequence[Tensor]) -> tuple[int, list[tuple[int, ...]]]:
        return index, [output.shape for output in outputs]

    read = engine.infer(3, write_input, read_outputs)
    assert written == [(index, (256, 256, 3)) for index in range(3)]
    assert read == [(index, [(195,), (64, 64, 39)]) for index in range(3)]
    assert engine.infer(0, write_input, read_outputs) == []


@pytest.mark.parametrize("precision", ["float16", "bfloat16"])
def test_a_precision_is_used_or_refused(precision: str) -> None:
    setup = Setup(precision=precision)
    for name in ("litert", "onnxruntime"):
        with pytest.raises(OptionError, match=f"{precision}.*{name}.*float32 only"):
            engines.load(name, lite(0), setup)
    images = resized(golden.stills()[0], 256, 256)[np.newaxis]
    (full,) = infer(engines.load("openvino", lite(0)), images)
    try:
        (reduced,) = infer(engines.load("openvino", lite(0), setup), images)
    except OptionError as error:  # the processor does not support it
        assert "instead" in str(error)  # noqa: PT017
    else:
        assert not np.array_equal(reduced, full)
        assert np.abs(reduced - full).max() < REDUCED_PRECISION * np.abs(full).max()


@pytest.mark.parametrize("name", ENGINES)
def test_a_broken_file_raises_an_error(name: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.tflite"
    path.write_bytes(b"broken")
    with pytest.raises((EngineError, WeightsError), match=r"broken\.tflite"):
        engines.load(name, Network(path, (0,)))


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
