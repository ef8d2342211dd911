from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vitruvian.errors import WeightsError
from vitruvian.weights import cache, tflite, tflite_pruning
from vitruvian.weights.graph import needed

if TYPE_CHECKING:
    from pathlib import Path


def test_a_pruned_file_has_the_wanted_outputs_in_their_order(tmp_path: Path) -> None:
    whole = tflite.read(cache.pull("pose_landmark_lite"))
    path = tmp_path / "pruned.tflite"
    path.write_bytes(tflite_pruning.pruned(cache.pull("pose_landmark_lite"), (3, 0)))
    graph = tflite.read(path)
    assert graph.outputs == (whole.outputs[3], whole.outputs[0])
    assert graph.operators == tuple(needed(whole.operators, graph.outputs))
    assert len(graph.operators) < len(whole.operators)


def test_an_output_that_does_not_exist_is_refused() -> None:
    with pytest.raises(WeightsError, match="pose_landmark_lite"):
        tflite_pruning.pruned(cache.pull("pose_landmark_lite"), (0, 5))
