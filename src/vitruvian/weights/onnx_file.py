"""The .onnx file of a .tflite file, written at the first use."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from vitruvian.files import write_bytes
from vitruvian.weights import onnx, tflite

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def converted(tflite_path: Path, outputs: Sequence[int], batch_size: int | None = None) -> Path:
    """Return the path of an .onnx file with the chosen outputs, after writing it if needed.

    It is beside the .tflite file. Its name contains the hash of the weights and the version of the
    writer, so that a file from other weights or an older writer is never used.

    Args:
        tflite_path: the weights.
        outputs: positions in the .tflite file's list of outputs.
        batch_size: the number of images that the network takes at once; None for any number.

    Raises:
        WeightsError: the .tflite file cannot be read, or cannot be written as ONNX.
        OutputError: the folder cannot be written to.
    """
    weights_hash = hashlib.sha256(tflite_path.read_bytes()).hexdigest()[:16]
    chosen = "".join(map(str, outputs))
    path = tflite_path.with_name(
        f"{tflite_path.stem}.{weights_hash}.outputs{chosen}.batch{batch_size or 'N'}"
        f".v{onnx.WRITER_VERSION}.onnx"
    )
    if not path.exists():
        content = onnx.write(tflite.read(tflite_path), outputs, batch_size)
        write_bytes(path, content)
    return path
