"""The pictures whose golden numbers we keep: the same to the last bit on every machine."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from skimage.data import astronaut

DATA = Path(__file__).parents[1] / "data"
NUMBERS = DATA / "reference.npz"


def stills() -> list[np.ndarray]:
    """A mannequin twice, once lying on its side, and a woman cut by the picture's edge."""
    standing, jumping = (cv2.imread(str(DATA / f"jumping_jacks_{n}.png")) for n in (0, 40))
    return [
        *(np.ascontiguousarray(bgr[..., ::-1]) for bgr in (standing, np.rot90(jumping))),
        astronaut(),
    ]


def video() -> list[np.ndarray]:
    """The mannequin slides, is gone for three frames, and slides on from elsewhere."""
    still = stills()[0]
    shifts = [(0, 3 * step) for step in range(8)] + [(10, -5 * step) for step in range(8)]
    frames = [np.roll(still, shift, axis=(0, 1)) for shift in shifts]
    return frames[:8] + [np.zeros_like(still)] * 3 + frames[8:]
