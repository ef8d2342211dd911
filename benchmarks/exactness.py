"""Prints how far our numbers are from those of MediaPipe 0.10.21.

    python benchmarks/exactness.py LEGACY_PYTHON PICTURE_OR_VIDEO...

LEGACY_PYTHON has mediapipe 0.10.21. Stills are the pictures and every tenth frame of the videos: as
they are, turned by 90°, and at three times the size. Videos are followed and smoothed from the
first frame to the last. Both sides read the same PNG files, as two builds of a decoder give
different pixels. Pixels are the picture's own; a landmark counts where the reference's visibility
is over 0.5.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

import vitruvian
from vitruvian import engines, media
from vitruvian.pose import MODELS
from vitruvian.record import write_picture

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.types import Image

REFERENCE = Path(__file__).with_name("reference.py")
FRAME_RATE = 1e6 / 33_333  # the reference stamps its frames itself


@dataclass
class Differences:
    """Between us and the reference, over any number of frames."""

    alike: list[bool] = field(default_factory=list)
    landmarks_px: list[float] = field(default_factory=list)
    world_mm: list[float] = field(default_factory=list)
    visibility: list[float] = field(default_factory=list)
    mask: list[float] = field(default_factory=list)

    def add(self, ours: vitruvian.PoseResult, theirs: dict[str, NDArray[np.float32]]) -> None:
        """Count one frame; `theirs` is a row of what reference.py writes."""
        landmarks, world = theirs["landmarks"], theirs["world_landmarks"]
        found = not np.isnan(landmarks[0, 0])
        self.alike.append(found == bool(len(ours)))
        if not (found and len(ours)):
            return
        seen = landmarks[:, 3] > 0.5
        off = (ours.pose_landmarks[0, :, :2] - landmarks[:, :2]) * ours.image_size
        self.landmarks_px += np.linalg.norm(off, axis=1)[seen].tolist()
        off = ours.pose_world_landmarks[0] - world[:, :3]
        self.world_mm += (1e3 * np.linalg.norm(off, axis=1))[seen].tolist()
        self.visibility += np.abs(ours.visibility[0] - landmarks[:, 3]).tolist()
        if "mask" in theirs and ours.segmentation_masks is not None:
            off = ours.segmentation_masks[0, ::4, ::4] - theirs["mask"]
            self.mask.append(float(np.abs(off).mean()))

    def row(self) -> str:
        """The numbers of a row of the table."""
        (px, px99), (mm, mm99) = (
            np.percentile(values, (50, 99)) for values in (self.landmarks_px, self.world_mm)
        )
        mask = f"{max(self.mask):.5f}" if self.mask else "–"
        return (
            f"{sum(self.alike)}/{len(self.alike)} | {px:.4f} | {px99:.4f} | {mm:.4f} | {mm99:.4f} "
            f"| {np.percentile(self.visibility, 99):.5f} | {mask}"
        )


def decode(inputs: list[Path], folder: Path) -> tuple[list[Path], dict[str, list[Path]]]:
    """Write the PNG files that both sides read: the stills, and the frames of each video."""
    stills: list[Path] = []
    videos: dict[str, list[Path]] = {}

    def write(image: Image, name: str) -> Path:
        path = folder / f"{name}.png"
        write_picture(path, image)
        return path

    for path in inputs:
        with media.open_source(path) as source:
            for frame in source:
                name = f"{source.stem}_{frame.index:05d}"
                as_it_is = write(frame.image, name)
                if not source.is_picture:
                    videos.setdefault(source.stem, []).append(as_it_is)
                if frame.index % 10 == 0:
                    turned = np.ascontiguousarray(np.rot90(frame.image))
                    larger = np.asarray(cv2.resize(frame.image, None, fx=3, fy=3), np.uint8)
                    stills += (as_it_is, write(turned, f"{name}_turned"))
                    stills += (write(larger, f"{name}_larger"),)
    return stills, videos


def reference(
    python: str, mode: str, complexity: int, files: list[Path]
) -> list[dict[str, NDArray[np.float32]]]:
    """What the reference says, a dictionary a frame."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.npz"
        command = [python, REFERENCE, out, mode, complexity, "--masks", *files]
        subprocess.run([*map(str, command)], check=True, stderr=subprocess.DEVNULL)
        streams = dict(np.load(out))
    masks = {int(name[4:]): streams.pop(name) for name in list(streams) if name[:4] == "mask"}
    return [
        {name: stream[index] for name, stream in streams.items()}
        | ({"mask": masks[index]} if index in masks else {})
        for index in range(len(files))
    ]


def main() -> None:
    """Run, as the file's first lines say."""
    legacy_python, *inputs = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        stills, videos = decode([Path(path) for path in inputs], Path(folder))
        sets = {"stills": ("static", stills)}
        sets |= {name: ("video", frames) for name, frames in videos.items()}
        print(
            "| frames | model | engine | found alike | px median | px p99 | world mm median ",
            end="",
        )
        print("| world mm p99 | visibility p99 | mask, worst mean |")
        print("|---" * 10 + "|")
        for name, (mode, files) in sets.items():
            for complexity, model in enumerate(MODELS):
                theirs = reference(legacy_python, mode, complexity, files)
                for engine in engines.NAMES:
                    pose = vitruvian.Pose(
                        mode == "static", model, enable_segmentation=True, engine=engine,
                        frame_rate=FRAME_RATE,
                    )  # fmt: skip
                    differences = Differences()
                    for path, row in zip(files, theirs, strict=True):
                        with media.open_source(path) as source:
                            image = next(iter(source)).image
                        differences.add(pose.process(image), row)
                    print(f"| {name} | {model} | {engine} | {differences.row()} |", flush=True)


main()
