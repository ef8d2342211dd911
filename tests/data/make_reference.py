"""Makes reference.npz, the golden numbers, with the real MediaPipe.

    python -m tests.data.make_reference LEGACY_PYTHON

LEGACY_PYTHON has mediapipe 0.10.21 and OpenCV. The streams are those of benchmarks/reference.py,
named <mode>_<complexity>_<stream>.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np

from tests.support import golden

ROOT = Path(__file__).parents[2]

numbers = {}
for mode, frames in (("static", golden.stills()), ("video", golden.video())):
    for complexity in range(3):
        with tempfile.TemporaryDirectory() as folder:
            files = [Path(folder) / f"{index:02d}.png" for index in range(len(frames))]
            for file, rgb in zip(files, frames, strict=True):
                cv2.imwrite(str(file), cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR))
            out = Path(folder) / "out.npz"
            script = ROOT / "benchmarks" / "reference.py"
            subprocess.run(
                [*map(str, (sys.argv[1], script, out, mode, complexity, "--masks", *files))],
                check=True,
                stderr=subprocess.DEVNULL,
            )
            for name, stream in np.load(out).items():
                stored = stream.astype(np.float16) if name.startswith("mask") else stream
                numbers[f"{mode}_{complexity}_{name}"] = stored
np.savez_compressed(golden.NUMBERS, **numbers)
