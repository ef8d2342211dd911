"""Print how many of the people in annotated images are found, and the false positives.

    python -m benchmarks.people ANNOTATIONS.json IMAGE_FOLDER [TASKS_PYTHON TASK_FOLDER]

The annotations are COCO's person keypoints. The people with at least 8 keypoints are to be found.
Results and annotated people are matched one to one, the most similar first. A person counts as
found if the object keypoint similarity (OKS) of the match is at least 0.5; the table also counts
those of at least 0.75. A result is a false positive if it is not matched to any of these people
with an OKS of 0.3, and if it does not lie, with more than half of its keypoints, in the bounding
box of a person with fewer keypoints. TASKS_PYTHON is a Python with mediapipe 1.2.2, which is asked
for ten people, and TASK_FOLDER has the three pose_landmarker_*.task files.
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

from vitruvian.assembly import Networks
from vitruvian.keypoint_similarity import oks
from vitruvian.media.opening import open_source
from vitruvian.options import MODELS, PoseOptions
from vitruvian.skeleton import COCO_17
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21
from vitruvian.tracking.search import Searcher

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from vitruvian.types import Image

Poses: TypeAlias = "NDArray[np.floating]"  # (N, 17, 2) COCO's keypoints in pixel coordinates
Annotation: TypeAlias = "dict[str, Any]"

TASKS_RUNNER = Path(__file__).with_name("tasks_runner.py")
MIN_KEYPOINTS = 8
FOUND, FOUND_WELL, RESEMBLES = 0.5, 0.75, 0.3
TASKS_PEOPLE = 10


@dataclass
class Count:
    """The people found in any number of images.

    Attributes:
        similarities: for each person to be found, the OKS of the matched result, or 0.
        false_positives: for each image, their number.
        seconds: the time of all images together.
    """

    similarities: list[float] = field(default_factory=list)
    false_positives: list[int] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, poses: Poses, annotations: list[Annotation]) -> None:
        """Add the people found in one image, in pixel coordinates, and its annotations."""
        wanted = [one for one in annotations if one["num_keypoints"] >= MIN_KEYPOINTS]
        others = [one for one in annotations if one["num_keypoints"] < MIN_KEYPOINTS]
        table = np.array([[similarity(pose, one) for one in wanted] for pose in poses])
        table = table.reshape(len(poses), len(wanted))
        matched = [0.0] * len(wanted)
        unmatched = set(range(len(poses)))
        while table.size and table.max() > 0:  # the most similar first, one to one
            pose, person = np.unravel_index(table.argmax(), table.shape)
            matched[person] = float(table[pose, person])
            if matched[person] >= RESEMBLES:
                unmatched.discard(int(pose))
            table[pose], table[:, person] = 0, 0
        self.similarities += matched
        self.false_positives.append(
            sum(
                not any(lies_in(poses[pose], other["bbox"]) for other in others)
                for pose in unmatched
            )
        )

    def row(self) -> str:
        """Return the cells of a row of the table."""
        oks_values = np.array(self.similarities)
        found, well = ((oks_values >= least).sum() for least in (FOUND, FOUND_WELL))
        milliseconds = (
            f"{1e3 * self.seconds / len(self.false_positives):.0f}" if self.seconds else "–"
        )
        return (
            f"{found}/{len(oks_values)} | {well}/{len(oks_values)} | {sum(self.false_positives)} "
            f"({', '.join(map(str, self.false_positives))}) | {milliseconds}"
        )


def similarity(pose: Poses, annotation: Annotation) -> float:
    """Return the object keypoint similarity, over the keypoints that are annotated."""
    x, y, seen = np.array(annotation["keypoints"], float).reshape(17, 3).T
    return oks(pose, np.column_stack((x, y)), annotation["area"], (seen > 0).astype(float))


def lies_in(pose: Poses, box: list[float]) -> bool:
    """Return whether more than half of the keypoints are in a box: left, top, width, height."""
    left_top, size = np.array(box[:2]), np.array(box[2:])
    inside = ((pose >= left_top) & (pose <= left_top + size)).all(axis=1)
    return bool(inside.mean() > 0.5)


def in_pixels(landmarks: NDArray[np.floating], image: Image) -> Poses:
    """Convert normalized landmarks (N, 33, 2 or more) to COCO's keypoints in pixels."""
    return landmarks[:, list(COCO_17), :2] * (image.shape[1], image.shape[0])


def ours(model: str, images: list[Image]) -> Iterator[tuple[Poses, float]]:
    """Yield the people that Vitruvian finds in each image, and the seconds that it took."""
    networks = Networks(PoseOptions(model_complexity=model, engine="litert"))
    searcher = Searcher(networks.detect, networks.landmark, "auto", reference=SOLUTIONS_0_10_21)
    searcher(images[0])  # because the first call is slower
    for image in images:
        start = time.perf_counter()
        people = searcher(image)
        yield in_pixels(people.landmarks, image), time.perf_counter() - start


def tasks(
    python: str, task: Path, paths: list[Path], images: list[Image]
) -> Iterator[tuple[Poses, float]]:
    """Yield the people that the Tasks API finds in each image, without a time."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.npz"
        arguments = ("mediapipe", out, "image", task, str(TASKS_PEOPLE), *paths)
        subprocess.run([python, TASKS_RUNNER, *arguments], check=True, stderr=subprocess.DEVNULL)
        with np.load(out) as arrays:
            landmarks = arrays["landmarks"]
    for people, image in zip(landmarks, images, strict=True):
        yield in_pixels(people[~np.isnan(people[:, 0, 0])], image), 0.0


def main(annotations: str, folder: str, python: str = "", task_folder: str = "") -> None:
    """Print the table that the module's docstring describes."""
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

    print("people found at OKS | 0.5 | 0.75 | false positives (by image) | ms per image")
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
