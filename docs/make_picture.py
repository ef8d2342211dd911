"""Makes the README's picture from the sample.

python docs/make_picture.py
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

import vitruvian
from vitruvian import media, record

ROOT = Path(__file__).parents[1]
FRAMES = (0, 6, 12, 18, 24)
COLUMNS = slice(170, 470)

with media.open_source(ROOT / "samples" / "jumping_jacks.mp4") as frames, vitruvian.Pose() as pose:
    annotated = [vitruvian.annotate(frame.image, pose(frame.image)) for frame in frames]
parts = [annotated[index][20:450, COLUMNS] for index in FRAMES]
record.write_picture(ROOT / "docs" / "jumping_jacks.png", np.concatenate(parts, axis=1))
