"""Networks that take no time: they answer to every image as the real ones do to a mannequin."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

import cv2
import numpy as np

from tests.support.sample import mannequin
from vitruvian.engines import choice
from vitruvian.stages import detector, landmarker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from vitruvian.engines.protocol import Network, Setup

Outputs: TypeAlias = "list[NDArray[np.float32]]"

_load = choice.load
_answers: dict[tuple[str, tuple[int, ...]], Outputs] = {}  # by weights and outputs


class Replayed:
    """An engine that returns the same outputs for every image."""

    def __init__(self, outputs: Outputs) -> None:
        self._outputs = outputs

    def infer(self, images: NDArray[np.uint8]) -> Outputs:
        """Return the outputs once for each image (N, H, W, 3)."""
        return [np.repeat(output, len(images), axis=0) for output in self._outputs]


@contextmanager
def replayed_networks() -> Iterator[None]:
    """Let every network that is loaded in the block be a `Replayed` one."""
    choice.load = _load_replayed
    try:
        yield
    finally:
        choice.load = _load


@contextmanager
def real_networks() -> Iterator[None]:
    """Change nothing: the counterpart of `replayed_networks`."""
    yield


def _load_replayed(_name: str, network: Network, _setup: Setup | None = None) -> Replayed:
    key = network.tflite_path.stem, network.outputs
    if key not in _answers:
        is_detector = network.tflite_path.stem == "pose_detection"
        side_px = (detector if is_detector else landmarker).INPUT_SIZE_PX
        image = cv2.resize(mannequin(), (side_px, side_px))
        _answers[key] = _load(choice.EXACT, network).infer(np.asarray(image)[np.newaxis])
    return Replayed(_answers[key])
