"""Writes files of glTF for Khronos' validator: python -m tests.support.gltf_files FOLDER."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from tests.support.dancers import dance, filmed
from tests.support.recordings import recording


def main(folder: Path) -> None:
    """Write a recording of two people, one of whom is not always there, and broken ones."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = (0, 1, *range(20, 40), 50, 51, 59)
    dancers = filmed(dance(missing=missing), dance(id=2))
    dancers.save(folder / "dance.glb")
    filmed(dance(1)).save(folder / "one_frame.glb")
    recording([0, 0]).save(folder / "nobody.glb")
    recording().save(folder / "random.glb")
    equal_m = np.ones_like(dancers.pose_world_landmarks)
    replace(dancers, pose_world_landmarks=equal_m).save(folder / "equal_landmarks.glb")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
