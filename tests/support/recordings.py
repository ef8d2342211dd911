"""Recordings for tests, and the tables that are written of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.support.results import result
from vitruvian.formats import csv
from vitruvian.recorded.blocks import Blocks
from vitruvian.recorded.header import Header
from vitruvian.recording import Recording

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vitruvian.result import PoseResult

HEADER = Header(
    "dance.mp4", "0123456789abcdef" * 4, {"num_poses": None, "select": [0.5, 0.25], "end_s": None}
)


def recording(
    counts: Sequence[int] = (0, 1, 2, 0, 1), header: Header = HEADER, **changes: Any
) -> Recording:
    """Return a recording of frames with so many people, whose numbers are all different."""
    random = np.random.default_rng(0)
    results = [
        result(
            count,
            pose_landmarks=random.normal(0.5, 0.3, (count, 33, 3)).astype(np.float32),
            pose_world_landmarks=random.normal(0, 0.5, (count, 33, 3)).astype(np.float32),
            visibility=random.random((count, 33), dtype=np.float32),
            presence=random.random((count, 33), dtype=np.float32),
            scores=random.random(count, dtype=np.float32),
            ids=np.arange(1, count + 1) * 3,
            image_size=(640, 480) if index < 3 else (320, 240),
            index=index,
            timestamp_s=index / 30,
        )
        for index, count in enumerate(counts)
    ]
    made = Recording.of_results(header, results)
    is_filled = random.random(len(made.ids)) < 0.5
    return replace(made, **{"is_filled": is_filled, **changes})


def write_csv(path: Path, *results: PoseResult) -> None:
    """Write the results of frames as a table."""
    csv.write(Blocks.of(Recording.of_results(Header(path.name), results)), path)
