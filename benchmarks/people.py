"""Prints how many of the people in annotated pictures are found, and how many are invented.

    python -m benchmarks.people ANNOTATIONS.json PICTURE_FOLDER [TASKS_PYTHON TASK_FOLDER]

The annotations are COCO's person keypoints. People with at least 8 keypoints are to be found: found
where the object keypoint similarity, of landmarks and keypoints one to one, is at least 0.5, found
well from 0.75. Invented is who resembles none of them (0.3) that another does not resemble more,
and does not lie, for the greater part, where others are annotated. TASKS_PYTHON has mediapipe
1.2.2, TASK_FOLDER the three pose_landmarker_*.task files; it is asked for ten people.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from vitruvian.engines import choice as engines
from vitruvian.media.opening import open_source
from vitruvian.options import MODELS
from vitruvian.skeleton import COCO_17
from vitruvian.stages import detector, landmarker
from vitruvian.stages.detector import Detector
from vitruvian.stages.landmarker import Landmarker
from vitruvian.tracking.search import Searcher
from vitruvian.tracking.similarity import oks
from vitruvian.weights import cache

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from vitruvian.types import Image

Poses: TypeAlias = "NDArray[np.floating]"  # (N, 17, 2) COCO's keypoints in pixels
Annotation: TypeAlias = "dict[str, Any]"

TASKS_RUNNER = Path(__file__).with_name("tasks_runner.py")
MIN_KEYPOINTS = 8
FOUND, FOUND_WELL, RESEMBLES = 0.5, 0.75, 0.3
TASKS_PEOPLE = 10


@dataclass
class Count:
    """Over any number of pictures."""

    similarities: list[float] = field(default_factory=list)  # of the people to be found
    invented: list[int] = field(default_factory=list)  # a picture
    seconds: float = 0.0

    def add(self, poses: Poses, annotations: list[Annotation]) -> None:
        """Count the people found in a picture."""
        wanted = [one for one in annotations if one["num_keypoints"] >= MIN_KEYPOINTS]
        others = [one for one in annotations if one["num_keypoints"] < MIN_KEYPOINTS]
        table = np.array([[similarity(pose, one) for one in wanted] for pose in poses])
        table = table.reshape(len(poses), len(wanted))
        matched = [0.0] * len(wanted)
        left = set(range(len(poses)))
        while table.size and table.max() > 0:  # the most alike first, one to one
            pose, person = np.unravel_index(table.argmax(), table.shape)
            matched[person] = float(table[pose, person])
            if matched[person] >= RESEMBLES:
                left.discard(int(pose))
            table[pose], table[:, person] = 0, 0
        self.similarities += matched
        self.invented.append(
            sum(not any(lies_in(poses[pose], other["bbox"]) for other in others) for pose in left)
        )

    def row(self) -> str:
        """The numbers of a row of the table."""
        alike = np.array(self.similarities)
        found, well = ((alike >= least).sum() for least in (FOUND, FOUND_WELL))
        milliseconds = f"{1e3 * self.seconds / len(self.invented):.0f}" if self.seconds else "–"
        return (
            f"{found}/{len(alike)} | {well}/{len(alike)} | {sum(self.invented)} "
            f"({', '.join(map(str, self.invented))}) | {milliseconds}"
        )


def similarity(pose: Poses, annotation: Annotation) -> float:
    """Object keypoint similarity, over the keypoints that are annotated."""
    x, y, seen = np.array(annotation["keypoints"], float).reshape(17, 3).T
    return oks(pose, np.column_stack((x, y)), annotation["area"], (seen > 0).astype(float))


def lies_in(pose: Poses, box: list[float]) -> bool:
    """Whether more than half of the keypoints are in a box: left, top, width, height."""
    left_top, size = np.array(box[:2]), np.array(box[2:])
    inside = ((pose >= left_top) & (pose <= left_top + size)).all(axis=1)
    return bool(inside.mean() > 0.5)


def in_pixels(landmarks: NDArray[np.floating], image: Image) -> Poses:
    """COCO's keypoints of (N, 33, 2+) landmarks."""
    return landmarks[:, list(COCO_17), :2] * (image.shape[1], image.shape[0])


def ours(model: str, images: list[Image]) -> Iterator[tuple[Poses, float]]:
    """The people in each picture, and the seconds it took."""
    detection = engines.load("litert", detector.network(cache.pull("pose_detection")))
    weights = landmarker.network(cache.pull(f"pose_landmark_{model}"), with_masks=False)
    searcher = Searcher(Detector(detection), Landmarker(engines.load("litert", weights)))
    searcher(images[0])  # the first call is slower
    for image in images:
        start = time.perf_counter()
        people = searcher(image)
        yield in_pixels(people.landmarks, image), time.perf_counter() - start


def tasks(
    python: str, task: Path, paths: list[Path], images: list[Image]
) -> Iterator[tuple[Poses, float]]:
    """The people in each picture, of the Tasks API."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.npz"
        arguments = ("mediapipe", out, "image", task, str(TASKS_PEOPLE), *paths)
        subprocess.run([python, TASKS_RUNNER, *arguments], check=True, stderr=subprocess.DEVNULL)
        with np.load(out) as arrays:
            landmarks = arrays["landmarks"]
    for people, image in zip(landmarks, images, strict=True):
        yield in_pixels(people[~np.isnan(people[:, 0, 0])], image), 0.0


def main(annotations: str, folder: str, python: str = "", task_folder: str = "") -> None:
    """Print the table."""
    truth = json.loads(Path(annotations).read_text())
    paths = [Path(folder) / image["file_name"] for image in truth["images"]]
    people = [
        [one for one in truth["annotations"] if one["image_id"] == image["id"]]
        for image in truth["images"]
    ]
    images = []
    for path in paths:
        with open_source(path) as frames:
            images.append(next(iter(frames)).image)

    print("people found at OKS | 0.5 | 0.75 | invented (by picture) | ms a picture")
    for model in MODELS:
        runs = {"vitruvian": ours(model, images)}
        if python:
            task = Path(task_folder) / f"pose_landmarker_{model}.task"
            runs["MediaPipe Tasks"] = tasks(python, task, paths, images)
        for name, results in runs.items():
            count = Count()
            for (poses, seconds), annotated in zip(results, people, strict=True):
                count.add(poses, annotated)
                count.seconds += seconds
            print(f"{name}, {model} | {count.row()}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
