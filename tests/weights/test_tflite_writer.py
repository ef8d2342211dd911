"""Files that are written again give the same numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter

from tests.support.tiny_network import tiny_network
from vitruvian.weights import cache, catalogue, tflite, tflite_writer

if TYPE_CHECKING:
    from numpy.typing import NDArray


def outputs(content: bytes) -> list[NDArray[np.float32]]:
    interpreter = Interpreter(model_content=content, num_threads=1)
    interpreter.allocate_tensors()
    image = interpreter.get_input_details()[0]
    values = np.random.default_rng(0).random(image["shape"], np.float32)
    interpreter.set_tensor(image["index"], values)
    interpreter.invoke()
    details = interpreter.get_output_details()
    return [interpreter.get_tensor(detail["index"]) for detail in details]


@pytest.mark.parametrize("name", catalogue.WEIGHTS)
def test_a_written_network_gives_the_same_numbers_to_the_last_bit(name: str) -> None:
    content = cache.pull(name).read_bytes()
    graph = tflite.read_stored(schema.Model.GetRootAs(content, 0))
    again = outputs(tflite_writer.written(graph))
    for ours, theirs in zip(again, outputs(content), strict=True):
        assert np.array_equal(ours, theirs)


def test_writing_what_was_written_changes_no_byte() -> None:
    content = tflite_writer.written(tiny_network())
    graph = tflite.read_stored(schema.Model.GetRootAs(content, 0))
    assert tflite_writer.written(graph) == content


def test_the_values_of_constants_are_aligned() -> None:
    """Processors other than x86 may need it."""
    content = tflite_writer.written(tiny_network())
    model = schema.Model.GetRootAs(content, 0)
    buffers = [model.Buffers(index) for index in range(model.BuffersLength())]
    starts = [
        buffer._tab.Vector(buffer._tab.Offset(4)) for buffer in buffers if buffer.DataLength()
    ]
    assert len(starts) > 5
    assert not np.any(np.array(starts) % 16)
