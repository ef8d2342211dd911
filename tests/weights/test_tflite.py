from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np
import pytest

from vitruvian.errors import WeightsError
from vitruvian.weights import cache, tflite, tflite_pruning

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_the_graph_is_float32_and_does_not_unpack_weights() -> None:
    graph = tflite.read(cache.pull("pose_detection"))
    assert [graph.tensors[index].shape for index in graph.inputs] == [(1, 224, 224, 3)]
    assert [graph.tensors[index].shape for index in graph.outputs] == [(1, 2254, 12), (1, 2254, 1)]
    kinds = {operator.kind for operator in graph.operators}
    assert not kinds & {"DENSIFY", "DEQUANTIZE"}
    for operator in graph.operators:
        if "CONV_2D" in operator.kind:
            _, kernels, bias = (graph.tensors[index].data for index in operator.inputs)
            assert kernels is not None
            assert bias is not None
            assert kernels.dtype == bias.dtype == np.float32


def test_three_quarters_of_the_sparse_weights_are_zero() -> None:
    """The detector was pruned before it was published; a wrong reader would mix up the weights."""
    graph = tflite.read(cache.pull("pose_detection"))
    shares = [
        (data == 0).mean()
        for operator in graph.operators
        if operator.kind == "CONV_2D"
        for data in [graph.tensors[operator.inputs[1]].data]
        if data is not None and data.shape[:3] == (1152, 1, 1)
    ]
    assert shares == pytest.approx([0.75] * 4, abs=0.001)


def _prune(path: Path) -> None:
    tflite_pruning.pruned(path, (0,))


@pytest.mark.parametrize("use", [tflite.read, _prune])
@pytest.mark.parametrize("content", [b"", b"no model", b"\x1c\0\0\0TFL3", b"\xff\xff\xff\x7fTFL3"])
def test_a_file_that_is_not_a_model_is_refused(
    tmp_path: Path, content: bytes, use: Callable[[Path], object]
) -> None:
    path = tmp_path / "model.tflite"
    path.write_bytes(content)
    with pytest.raises(WeightsError, match=r"model\.tflite"):
        use(path)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_model_is_refused(tmp_path: Path, part: float) -> None:
    whole = cache.pull("pose_landmark_lite").read_bytes()
    path = tmp_path / "cut.tflite"
    path.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(WeightsError, match="broken"):
        tflite.read(path)


def test_damaged_bytes_raise_no_other_error(tmp_path: Path) -> None:
    whole = cache.pull("pose_landmark_lite").read_bytes()
    random = np.random.default_rng(0)
    path = tmp_path / "damaged.tflite"
    # The tables are at the end of the file; the weights before them may be any numbers.
    for position in random.integers(len(whole) - 60_000, len(whole), 60):
        path.write_bytes(whole[:position] + random.bytes(4) + whole[position + 4 :])
        for use in (tflite.read, _prune):
            with suppress(WeightsError):  # any other error fails the test
                use(path)
