"""Print how far Vitruvian's numbers are from MediaPipe's.

    python -m benchmarks.exactness legacy LEGACY_PYTHON IMAGE_OR_VIDEO...
    python -m benchmarks.exactness tasks TASKS_PYTHON TASK_FOLDER IMAGE_OR_VIDEO...

LEGACY_PYTHON is a Python with mediapipe 0.10.21, and TASKS_PYTHON one with mediapipe 1.2.2.
TASK_FOLDER has the three pose_landmarker_*.task files, which both programs use.

Stills are the images and every tenth frame of the videos, each in three versions: unchanged, turned
by 90°, and enlarged to three times the size. Videos are tracked and smoothed from the first frame
to the last. Both programs read the same PNG files, because two builds of a video decoder give
different pixels. In the table, pixels are those of the input image, and a landmark counts where the
reference's visibility is over 0.5.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import cv2
import numpy as np

import vitruvian
from vitruvian.engines import choice as engines
from vitruvian.images.writer import write_image
from vitruvian.media.opening import open_source
from vitruvian.options import MODELS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.types import Image

Frame: TypeAlias = "dict[str, NDArray[np.float32]]"  # one frame of the streams that a runner writes

REFERENCE = Path(__file__).with_name("reference.py")
TASKS_RUNNER = Path(__file__).with_name("tasks_runner.py")
OUT = object()  # stands for the path of OUT.npz among a runner's arguments
FRAME_RATE = 1e6 / 33_333  # mp.solutions assigns these timestamps itself


@dataclass
class Differences:
    """The differences between Vitruvian and the reference, over any number of frames.

    Attributes:
        agree: for each person of each frame, whether both found the person or both found none.
        landmarks_px: the distance of each visible landmark.
        world_mm: the distance of each visible world landmark.
        visibility: the absolute difference of each visibility.
        mask: the mean absolute difference of each mask.
    """

    agree: list[bool] = field(default_factory=list)
    landmarks_px: list[float] = field(default_factory=list)
    world_mm: list[float] = field(default_factory=list)
    visibility: list[float] = field(default_factory=list)
    mask: list[float] = field(default_factory=list)

    def add(self, ours: Frame, theirs: Frame, image_size: tuple[int, int]) -> None:
        """Add one person of one frame. The landmarks are NaN if the person was not found."""
        mine, other = ours["landmarks"], theirs["landmarks"]
        found = [not np.isnan(landmarks[0, 0]) for landmarks in (mine, other)]
        self.agree.append(found[0] == found[1])
        if not all(found):
            return
        seen = other[:, 3] > 0.5
        off = (mine - other)[:, :2] * image_size
        self.landmarks_px += np.linalg.norm(off, axis=1)[seen].tolist()
        off = (ours["world_landmarks"] - theirs["world_landmarks"])[:, :3]
        self.world_mm += (1e3 * np.linalg.norm(off, axis=1))[seen].tolist()
        self.visibility += np.abs(mine - other)[:, 3].tolist()
        if "mask" in theirs and "mask" in ours:
            self.mask.append(float(np.abs(ours["mask"] - theirs["mask"]).mean()))

    def row(self) -> str:
        """Return the cells of a row of the table."""
        (px, px99), (mm, mm99) = (
            np.percentile(values, (50, 99)) for values in (self.landmarks_px, self.world_mm)
        )
        mask = f"{max(self.mask):.5f}" if self.mask else "–"
        return (
            f"{sum(self.agree)}/{len(self.agree)} | {px:.4f} | {px99:.4f} | {mm:.4f} | {mm99:.4f} "
            f"| {np.percentile(self.visibility, 99):.5f} | {mask}"
        )


def write_frames(inputs: list[Path], folder: Path) -> tuple[list[Path], dict[str, list[Path]]]:
    """Write the PNG files that both programs read: the stills, and the frames of each video."""
    stills: list[Path] = []
    videos: dict[str, list[Path]] = {}

    def write(image: Image, name: str) -> Path:
        path = folder / f"{name}.png"
        write_image(path, image)
        return path

    for path in inputs:
        with open_source(path) as source:
            for frame in source:
                name = f"{path.stem}_{frame.index:05d}"
                unchanged = write(frame.image, name)
                if not source.is_image:
                    videos.setdefault(path.stem, []).append(unchanged)
                if frame.index % 10 == 0:
                    turned = np.ascontiguousarray(np.rot90(frame.image))
                    larger = np.asarray(cv2.resize(frame.image, None, fx=3, fy=3), np.uint8)
                    stills += (unchanged, write(turned, f"{name}_turned"))
                    stills += (write(larger, f"{name}_larger"),)
    return stills, videos


def run(python: str, script: Path, *arguments: object) -> dict[str, NDArray[np.float32]]:
    """Run a runner and return the arrays of the file that it writes in place of `OUT`."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.npz"
        words = [str(out if argument is OUT else argument) for argument in arguments]
        subprocess.run([python, str(script), *words], check=True, stderr=subprocess.DEVNULL)
        return dict(np.load(out))


def reference(python: str, mode: str, complexity: int, files: list[Path]) -> list[Frame]:
    """Return the result of `mp.solutions.pose` for each frame."""
    streams = run(python, REFERENCE, OUT, mode, complexity, "--masks", *files)
    masks = {int(name[4:]): streams.pop(name) for name in list(streams) if name[:4] == "mask"}
    return [
        {name: stream[index] for name, stream in streams.items()}
        | ({"mask": masks[index]} if index in masks else {})
        for index in range(len(files))
    ]


def frame(result: vitruvian.PoseResult) -> Frame:
    """Convert one of Vitruvian's results to the form that the runners write."""
    if not len(result):
        missing = np.full((33, 5), np.nan, np.float32)
        return {"landmarks": missing, "world_landmarks": missing}
    rest = np.stack((result.visibility[0], result.presence[0]), axis=1)
    person = {
        "landmarks": np.concatenate((result.pose_landmarks[0], rest), axis=1),
        "world_landmarks": np.concatenate((result.pose_world_landmarks[0], rest), axis=1),
    }
    if result.segmentation_masks is not None:
        person["mask"] = result.segmentation_masks[0, ::4, ::4]
    return person


def legacy(python: str, name: str, mode: str, files: list[Path]) -> None:
    """Print the rows of a set of frames, compared with `mp.solutions.pose`."""
    for complexity, model in enumerate(MODELS):
        theirs = reference(python, mode, complexity, files)
        for engine in engines.installed():
            pose = vitruvian.Pose(
                mode == "static", model, enable_segmentation=True, search="frame", engine=engine,
                frame_rate=FRAME_RATE,
            )  # fmt: skip
            differences = Differences()
            for path, row in zip(files, theirs, strict=True):
                result = pose.process(read_image(path))
                differences.add(frame(result), row, result.image_size)
            print(f"| {name} | {model} | {engine} | {differences.row()} |", flush=True)


def tasks(python: str, folder: str, name: str, mode: str, files: list[Path]) -> None:
    """Print the rows of a set of frames, compared with the Tasks API."""
    for model in MODELS:
        for num_poses in (1, 5):
            arguments = (OUT, mode, f"{folder}/pose_landmarker_{model}.task", num_poses, *files)
            theirs = run(python, TASKS_RUNNER, "mediapipe", *arguments)
            ours = run(sys.executable, TASKS_RUNNER, "vitruvian.mediapipe", *arguments)
            differences = Differences()
            for index, path in enumerate(files):
                height, width = read_image(path).shape[:2]
                for person in range(num_poses):
                    mine, other = (person_of(streams, index, person) for streams in (ours, theirs))
                    differences.add(mine, other, (width, height))
            engine = f"{engines.EXACT}, num_poses={num_poses}"
            print(f"| {name} | {model} | {engine} | {differences.row()} |", flush=True)


def person_of(streams: dict[str, NDArray[np.float32]], index: int, person: int) -> Frame:
    """Return one person of one frame from the streams of a Tasks API."""
    names = ("landmarks", "world_landmarks")
    mask = streams.get(f"mask{index}_{person}")
    return {name: streams[name][index, person] for name in names} | (
        {} if mask is None else {"mask": mask}
    )


def read_image(path: Path) -> Image:
    """Return the image of a PNG file, as RGB."""
    with open_source(path) as source:
        return next(iter(source)).image


def main() -> None:
    """Print the table that the module's docstring describes."""
    api, python, *inputs = sys.argv[1:]
    task_folder = inputs.pop(0) if api == "tasks" else ""
    with tempfile.TemporaryDirectory() as folder:
        stills, videos = write_frames([Path(path) for path in inputs], Path(folder))
        print(
            "| frames | model | engine | agree | px median | px p99 | world mm median "
            "| world mm p99 | visibility p99 | mask, worst mean |"
        )
        print("|---" * 10 + "|")
        for name, files in {"stills": stills, **videos}.items():
            if api == "tasks":
                mode = "image" if name == "stills" else "video"
                tasks(python, task_folder, name, mode, files)
            else:
                legacy(python, name, "static" if name == "stills" else "video", files)


main()
