"""Drawn videos with their truth, as `python -m benchmarks.drawn --clips` writes them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.support.clips import Truth
from vitruvian.media.opening import open_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vitruvian.types import Image


@dataclass(frozen=True)
class DrawnClip:
    """A video. Iterating gives each frame, (H, W, 3) uint8 RGB, with its truth.

    Attributes:
        path: of the video.
        frames: the entries of its frames in the annotations, in their order.
        people: the annotated people of each frame.
    """

    path: Path
    frames: list[dict[str, Any]]
    people: list[list[dict[str, Any]]]

    @property
    def frame_rate(self) -> float:
        """Frames per second."""
        return 1 / (self.frames[1]["timestamp_s"] - self.frames[0]["timestamp_s"])

    def __iter__(self) -> Iterator[tuple[Image, Truth]]:
        with open_source(self.path) as video:
            for frame, people in zip(video, self.people, strict=True):
                yield frame.image, _truth(people)


def read_clips(folder: Path) -> dict[str, DrawnClip]:
    """Return the videos of a drawn dataset by their names."""
    truth = json.loads((folder / "annotations.json").read_text())
    people: dict[int, list[dict[str, Any]]] = {}
    for person in truth["annotations"]:
        people.setdefault(person["image_id"], []).append(person)
    videos: dict[str, list[dict[str, Any]]] = {}
    for frame in sorted(truth["images"], key=lambda image: image["frame"]):
        videos.setdefault(frame["video"], []).append(frame)
    return {
        name: DrawnClip(folder / name, frames, [people.get(frame["id"], []) for frame in frames])
        for name, frames in videos.items()
    }


def _truth(people: list[dict[str, Any]]) -> Truth:
    visible = np.array([person["visibility"] for person in people]).reshape(-1, 33) > 0
    return Truth(
        ids=np.array([person["track_id"] for person in people], np.int64),
        keypoints_px=np.array([person["landmarks"] for person in people]).reshape(-1, 33, 2),
        visible=visible,
        visible_fraction=visible.mean(axis=1),  # of the landmarks, as pixels are not counted
    )
