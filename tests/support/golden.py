"""The images and the video of the reference numbers: bit for bit the same on every machine."""

from __future__ import annotations

import numpy as np
import PIL.Image
from skimage.data import astronaut

from tests.support.sample import DATA

NUMBERS = DATA / "reference.npz"


def still(number: int) -> np.ndarray:
    """Return frame 0 or 40 of the sample, which is stored without loss, as an RGB image."""
    return np.asarray(PIL.Image.open(DATA / f"jumping_jacks_{number}.png").convert("RGB"))


def stills() -> list[np.ndarray]:
    """Return a standing mannequin, one lying on its side, and a woman cut off by the lower edge."""
    return [still(0), np.ascontiguousarray(np.rot90(still(40))), astronaut()]


def video() -> list[np.ndarray]:
    """Return frames of a moving mannequin. Three black frames are in the middle."""
    standing = still(0)
    shifts = [(0, 3 * step) for step in range(8)] + [(10, -5 * step) for step in range(8)]
    frames = [np.roll(standing, shift, axis=(0, 1)) for shift in shifts]
    return frames[:8] + [np.zeros_like(standing)] * 3 + frames[8:]
