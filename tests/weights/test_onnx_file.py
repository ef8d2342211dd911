from __future__ import annotations

from typing import TYPE_CHECKING

from vitruvian.weights import cache, onnx_file

if TYPE_CHECKING:
    from pathlib import Path


def test_the_file_is_written_once_and_named_after_its_weights(tmp_path: Path) -> None:
    weights = tmp_path / "weights.tflite"
    weights.write_bytes(cache.pull("pose_landmark_lite").read_bytes())
    path = onnx_file.converted(weights, (0,))
    written = path.stat().st_mtime_ns
    assert onnx_file.converted(weights, (0,)).stat().st_mtime_ns == written
    assert onnx_file.converted(weights, (1,)) != path
    weights.write_bytes(cache.pull("pose_landmark_full").read_bytes())
    assert onnx_file.converted(weights, (0,)) != path
    assert not [left for left in tmp_path.iterdir() if left.name.startswith(".")]
