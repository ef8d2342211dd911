"""A small network for tests of the engines."""

import numpy as np

from vitruvian.engines.protocol import Network
from vitruvian.weights import cache

BYTE_VALUES = np.arange(256, dtype=np.float32) / 255


def lite(*outputs: int) -> Network:
    return Network(cache.pull("pose_landmark_lite"), outputs, BYTE_VALUES)
