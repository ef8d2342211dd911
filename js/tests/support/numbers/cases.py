"""What the cases have in common: the reference, sizes of images, random numbers, a fake engine."""

from dataclasses import replace

import numpy as np

from vitruvian.stages.mediapipe_versions import TASKS_1_2_2
from vitruvian.types import ImageSize, Region

# The options of the browser's graph, with sines that are rounded correctly. Its window in the
# heatmap has 7 cells, as that of the Tasks API.
BROWSER = replace(TASKS_1_2_2, pads_regions=True, min_suppression_overlap=0.3)
SIZES = (ImageSize(640, 480), ImageSize(480, 640), ImageSize(512, 512), ImageSize(1768, 994))

random = np.random.default_rng(0)


def normal(*shape: int, scale: float = 1.0) -> np.ndarray:
    """Return normally distributed float32 numbers."""
    return (random.normal(size=shape) * scale).astype(np.float32)


def some_region(index: int) -> Region:
    """Return a random region; the first one is not rotated."""
    center, size = random.uniform(0.2, 0.8, 2), random.uniform(0.1, 1.5, 2)
    angle_rad = 0 if index == 0 else random.uniform(-np.pi, np.pi)
    return Region(*map(np.float32, (*center, *size, angle_rad)))


def black(size: ImageSize) -> np.ndarray:
    """Return a black image."""
    return np.zeros((size.height, size.width, 3), np.uint8)
