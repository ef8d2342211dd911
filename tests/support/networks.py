"""A small network for tests of the engines, and a way to run any network on bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.engines.protocol import Network
from vitruvian.weights import cache

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vitruvian.engines.protocol import Engine, Tensor

BYTE_VALUES = np.arange(256, dtype=np.float32) / 255


def lite(*outputs: int) -> Network:
    return Network(cache.pull("pose_landmark_lite"), outputs)


def infer(engine: Engine, images: NDArray[np.uint8]) -> list[NDArray[np.float32]]:
    """Return copies of the outputs for RGB images (N, H, W, 3), each with N as first dimension."""

    def write_input(index: int, pixels: Tensor) -> None:
        pixels[...] = BYTE_VALUES[images[index]]

    def read_outputs(_index: int, outputs: Sequence[Tensor]) -> list[Tensor]:
        return [output.copy() for output in outputs]

    by_image = engine.infer(len(images), write_input, read_outputs)
    return [np.stack(tensors) for tensors in zip(*by_image, strict=True)]
