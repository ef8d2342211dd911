from __future__ import annotations

import struct
from random import Random
from typing import TYPE_CHECKING

import flatbuffers
import numpy as np
import pytest
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter

from tests.support.damaged_networks import damaged
from tests.support.tiny_network import tiny_network
from vitruvian.errors import WeightsError
from vitruvian.weights import cache, onnx, tflite, tflite_pruning, tflite_writer

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


def run(path: Path) -> None:
    """Do everything with a file that any engine does."""
    graph = tflite.read(path)
    onnx.write(graph, range(len(graph.outputs)))
    interpreter = Interpreter(model_content=tflite_pruning.pruned(path, (0,)), num_threads=1)
    interpreter.allocate_tensors()
    interpreter.invoke()


def tries(path: Path, content: bytes, count: int) -> int:
    """Run damaged copies of a file, and return how many were refused. Another error is raised."""
    refused = 0
    for seed in range(count):
        _, damaged_content = damaged(content, Random(seed))  # noqa: S311 - it decides nothing secret
        path.write_bytes(damaged_content)
        try:
            run(path)
        except WeightsError:
            refused += 1
    return refused


def test_a_damaged_network_is_refused_or_runs(tmp_path: Path) -> None:
    content = tflite_writer.written(tiny_network())
    assert 100 < tries(tmp_path / "tiny.tflite", content, 200) < 200


def test_a_damaged_detector_is_refused_or_runs(tmp_path: Path) -> None:
    content = cache.pull("pose_detection").read_bytes()
    assert 2 < tries(tmp_path / "detector.tflite", content, 8) < 8


def test_a_model_without_pinned_bytes_gives_the_same_graph(tmp_path: Path) -> None:
    content = cache.pull("pose_landmark_lite").read_bytes()
    path = tmp_path / "with_metadata.tflite"
    path.write_bytes(content + b"metadata")
    pinned, copy = tflite.read(cache.pull("pose_landmark_lite")), tflite.read(path)
    assert copy.operators == pinned.operators
    for ours, theirs in zip(copy.tensors, pinned.tensors, strict=True):
        assert ours.shape == theirs.shape
        assert np.array_equal(ours.data, theirs.data)  # type: ignore[arg-type]


def test_a_network_with_float32_weights_is_read(tmp_path: Path) -> None:
    pinned = tflite.read(cache.pull("pose_detection"))
    path = tmp_path / "float32.tflite"
    path.write_bytes(tflite_writer.written(pinned))
    assert tflite.read(path).operators == pinned.operators


@pytest.mark.parametrize("change", ["order", "size"])
def test_sparse_weights_that_would_end_the_process_are_refused(tmp_path: Path, change: str) -> None:
    """LiteRT writes outside of the tensor, or allocates gigabytes."""
    content = cache.pull("pose_detection").read_bytes()
    model = schema.ModelT.InitFromObj(schema.Model.GetRootAs(bytearray(content), 0))
    sparsity = next(t.sparsity for t in model.subgraphs[0].tensors if t.sparsity)
    if change == "order":
        sparsity.traversalOrder[0] = 1
    else:
        sparsity.dimMetadata[0].denseSize = 2**28
    builder = flatbuffers.Builder(len(content))
    builder.Finish(model.Pack(builder), b"TFL3")
    path = tmp_path / "sparse.tflite"
    path.write_bytes(builder.Output())
    with pytest.raises(WeightsError, match=r"order|dense level"):
        run(path)


def test_a_list_that_claims_millions_of_entries_is_refused(tmp_path: Path) -> None:
    content = bytearray(tflite_writer.written(tiny_network()))
    tensors = schema.Model.GetRootAs(content, 0).Subgraphs(0)._tab
    struct.pack_into("<I", content, tensors.Vector(tensors.Offset(4)) - 4, 2**27)
    path = tmp_path / "long.tflite"
    path.write_bytes(content + bytes(2**20))
    with pytest.raises(WeightsError, match="134217728 Tensors"):
        run(path)


def test_a_file_that_is_too_long_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "long.tflite"
    with path.open("wb") as file:
        file.truncate(10**12)  # the file is sparse, and takes no space
    with pytest.raises(WeightsError, match="too long"):
        tflite.read(path)
