"""Networks that take no time: they answer to every image as the real ones do to a mannequin."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import PIL.Image

from tests.support.networks import infer
from tests.support.sample import mannequin
from vitruvian.engines import choice
from vitruvian.stages import detector, landmarker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from vitruvian.engines.protocol import Network, Setup, Tensor

T = TypeVar("T")

_load = choice.load
_answers: dict[tuple[str, tuple[int, ...]], list[Tensor]] = {}  # by weights and outputs


class Replayed:
    """An engine that returns the same outputs for every image of a side in pixels."""

    def __init__(self, outputs: list[Tensor], side_px: int) -> None:
        self._outputs = outputs
        self._input = np.empty((side_px, side_px, 3), np.float32)

    def infer(
        self,
        count: int,
        write_input: Callable[[int, Tensor], None],
        read_outputs: Callable[[int, Sequence[Tensor]], T],
    ) -> list[T]:
        """Let the images be written, and the outputs be read, once for each image."""
        for index in range(count):
            write_input(index, self._input)
        return [read_outputs(index, self._outputs) for index in range(count)]


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
    is_detector = network.tflite_path.stem == "pose_detection"
    side_px = (detector if is_detector else landmarker).INPUT_SIZE_PX
    key = network.tflite_path.stem, network.outputs
    if key not in _answers:
        image = np.asarray(PIL.Image.fromarray(mannequin()).resize((side_px, side_px)))
        _answers[key] = [
            output[0] for output in infer(_load(choice.EXACT, network), image[np.newaxis])
        ]
    return Replayed(_answers[key], side_px)
