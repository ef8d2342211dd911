"""The ONNX models that are written, compared with the original runtime."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import av
import numpy as np
import onnx as onnx_package
import pytest
from ai_edge_litert.interpreter import Interpreter

from tests.support.networks import BYTE_VALUES, infer
from tests.support.sample import SAMPLE
from tests.tolerances import NETWORK_MEDIAN, NETWORK_WORST, NETWORK_WORST_ON_NOISE
from vitruvian.engines.onnxruntime import OnnxRuntimeEngine
from vitruvian.engines.protocol import Network, Setup
from vitruvian.errors import WeightsError
from vitruvian.weights import cache, catalogue, onnx, onnx_file, tflite

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray


def image(side: int) -> NDArray[np.uint8]:
    with av.open(SAMPLE) as container:
        frame = next(container.decode(video=0))
    return frame.to_ndarray(format="rgb24", width=side, height=side)[np.newaxis]


def run(path: Path, outputs: Sequence[int], images: NDArray[np.uint8]) -> list[NDArray[np.float32]]:
    return infer(OnnxRuntimeEngine(Network(path, (*outputs,)), Setup()), images)


def original(path: Path, images: NDArray[np.uint8]) -> list[NDArray[np.float32]]:
    """Return all outputs of LiteRT, which runs one image after the other."""
    interpreter = Interpreter(str(path), num_threads=1)
    interpreter.allocate_tensors()
    outputs = []
    for image in BYTE_VALUES[images]:
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], image[np.newaxis])
        interpreter.invoke()
        details = interpreter.get_output_details()
        outputs.append([interpreter.get_tensor(detail["index"]) for detail in details])
    return [np.concatenate(tensors) for tensors in zip(*outputs, strict=True)]


@pytest.mark.parametrize("name", catalogue.WEIGHTS)
def test_every_output_agrees_with_the_original_runtime(name: str) -> None:
    path = cache.pull(name)
    graph = tflite.read(path)
    side = graph.tensors[graph.inputs[0]].shape[1]
    noise = np.random.default_rng(0).integers(0, 256, (2, side, side, 3), np.uint8)
    for images, worst in ((image(side), NETWORK_WORST), (noise, NETWORK_WORST_ON_NOISE)):
        outputs = run(path, range(len(graph.outputs)), images)
        for ours, theirs in zip(outputs, original(path, images), strict=True):
            assert ours.shape == theirs.shape
            difference = np.abs(ours - theirs) / max(np.abs(theirs).max(), 1)
            assert np.median(difference) <= NETWORK_MEDIAN
            assert difference.max() <= worst


def test_leaving_out_outputs_changes_no_number_and_removes_nodes() -> None:
    path = cache.pull("pose_landmark_lite")
    everything, chosen = (run(path, outputs, image(256)) for outputs in (range(5), (3, 0)))
    assert len(chosen) == 2
    for ours, theirs in zip(chosen, (everything[3], everything[0]), strict=True):
        assert ours == pytest.approx(theirs, rel=1e-4, abs=1e-3)
    whole, pruned = (
        onnx_package.load(onnx_file.converted(path, o)).graph for o in (range(5), (3, 0))
    )
    assert len(pruned.node) < len(whole.node)


def test_what_is_written_is_valid_onnx(tmp_path: Path) -> None:
    graph = tflite.read(cache.pull("pose_detection"))
    path = tmp_path / "detector.onnx"
    path.write_bytes(onnx.write(graph, (0, 1)))
    onnx_package.checker.check_model(path, full_check=True)


def test_a_graph_that_cannot_be_written_is_refused() -> None:
    graph = tflite.read(cache.pull("pose_landmark_lite"))
    with pytest.raises(WeightsError):
        onnx.write(graph, (5,))
    strange = replace(graph.operators[-1], kind="SOFTMAX")
    with pytest.raises(WeightsError, match="SOFTMAX"):
        onnx.write(replace(graph, operators=(*graph.operators[:-1], strange)), range(5))
