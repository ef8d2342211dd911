"""Writes every landmark of pictures or videos as JSON, from the native API.

    python benchmarks/landmarks.py OUT.json static|video lite|full|heavy FILE...

The JSON is that of the peer's runner, so that the two can be compared number by number. A video may
be given as a folder of PNG frames, which both sides then see alike; frames without a time of their
own lie 33,333 µs apart, as in MediaPipe.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import vitruvian
from vitruvian import media

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vitruvian.types import Float32, Image

FRAME_RATE = 1e6 / 33_333


def frames_of(path: Path) -> Iterator[Image]:
    """The pictures of a file, or of a folder of frames."""
    for file in sorted(path.iterdir()) if path.is_dir() else [path]:
        with media.open_source(file) as source:
            for frame in source:
                yield frame.image


def rows(points: Float32, visibility: Float32) -> list[list[float]] | None:
    """x, y, z and visibility of the first person's landmarks."""
    return np.column_stack((points[0], visibility[0])).tolist() if len(points) else None


def landmarks(result: vitruvian.PoseResult) -> dict[str, Any]:
    """What the peer's runner writes for a frame."""
    return {
        "image": rows(result.pose_landmarks, result.visibility),
        "world": rows(result.pose_world_landmarks, result.visibility),
    }


def main() -> None:
    """Run, as the file's first lines say."""
    out, mode, model, *files = sys.argv[1:]
    pose = vitruvian.Pose(mode == "static", model, frame_rate=FRAME_RATE)
    said: dict[str, Any] = {}
    for path in map(Path, files):
        pose.reset()
        frames, seconds = [], 0.0
        for image in frames_of(path):
            start_s = time.perf_counter()
            result = pose.process(image)
            seconds += time.perf_counter() - start_s
            frames.append(landmarks(result))
        said[path.name] = {"size": result.image_size}
        if mode == "static":
            said[path.name] |= frames[0]
        else:
            said[path.name] |= {"frames": frames, "ms_per_frame": 1e3 * seconds / len(frames)}
    Path(out).write_text(json.dumps(said))


main()
