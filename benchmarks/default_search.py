"""Prints what the default search finds beside MediaPipe's, and what it costs.

    python -m benchmarks.default_search [--model lite]... [--truth ANNOTATIONS FOLDER]... VIDEO...

For each video: the time of the first frame, the median time of the others, in how many of the first
ten frames a person is found, and with which mean visibility. For photographs with COCO annotations:
in how many the person found is an annotated one (OKS over 0.5), and the time, apart for photographs
in which the whole frame is enough and those in which it is not. `frame` is MediaPipe's search,
`default` is ours. Both are timed in turn.
"""

from __future__ import annotations

import json
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import numpy as np

import vitruvian
from vitruvian.keypoint_similarity import oks
from vitruvian.media.opening import open_source
from vitruvian.options import MODELS
from vitruvian.skeleton import COCO_17

if TYPE_CHECKING:
    from vitruvian.options import Model, Search
    from vitruvian.result import PoseResult
    from vitruvian.types import Image

SEARCHES: dict[str, Search | None] = {"frame": "frame", "default": None}
FIRST_FRAMES = 10
TURNS = 9
FOUND_OKS = 0.5
MIN_KEYPOINTS = 8


def images_of(path: Path) -> list[Image]:
    """Return an image, or the first 120 frames of a video."""
    with open_source(path) as source:
        return [frame.image for frame in islice(source, 120)]


def timed(pose: vitruvian.Pose, image: Image) -> tuple[PoseResult, float]:
    """Return the result of a frame, and its milliseconds."""
    start_s = time.perf_counter()
    result = pose.process(image)
    return result, 1e3 * (time.perf_counter() - start_s)


def print_video(model: Model, path: Path) -> None:
    """Print the rows of a video."""
    images = images_of(path)
    for name, search in SEARCHES.items():
        with vitruvian.Pose(model_complexity=model, search=search) as pose:
            pose.process(np.zeros((64, 64, 3), np.uint8))  # the first call is slower
            pose.reset()
            results, took_ms = zip(*(timed(pose, image) for image in images), strict=True)
        first = results[:FIRST_FRAMES]
        visibility = [float(result.visibility.mean()) for result in first if len(result)]
        print(
            f"| {path.name} | {model} | {name} | {took_ms[0]:.0f} | {np.median(took_ms[1:]):.2f} "
            f"| {len(visibility)}/{len(first)} | {np.mean(visibility or [0]):.2f} |"
        )


def is_annotated(result: PoseResult, people: list[dict[str, Any]]) -> bool:
    """Return whether the person found is one of those annotated."""
    for person in result:
        keypoints_px = person.landmarks_px[0, list(COCO_17), :2]
        for annotation in people:
            x, y, flag = np.array(annotation["keypoints"], float).reshape(17, 3).T
            truth_px = np.column_stack((x, y))
            weights = (flag > 0).astype(float)
            if oks(keypoints_px, truth_px, annotation["area"], weights) > FOUND_OKS:
                return True
    return False


def print_photographs(model: Model, path: Path, folder: Path) -> None:
    """Print the rows of a folder of annotated photographs."""
    truth = json.loads(path.read_text())
    found: dict[str, list[bool]] = {name: [] for name in SEARCHES}
    took_ms: dict[str, list[float]] = {name: [] for name in SEARCHES}
    poses = {name: vitruvian.Pose(True, model, search=search) for name, search in SEARCHES.items()}
    for entry in truth["images"]:
        people = [
            one
            for one in truth["annotations"]
            if one["image_id"] == entry["id"] and one["num_keypoints"] >= MIN_KEYPOINTS
        ]
        if not people:
            continue
        (image,) = images_of(folder / entry["file_name"])
        turns = {name: [timed(pose, image) for _ in range(TURNS)] for name, pose in poses.items()}
        for name, runs in turns.items():
            found[name].append(is_annotated(runs[0][0], people))
            took_ms[name].append(float(np.median([ms for _, ms in runs])))
    enough = np.array(found["frame"])
    for name in SEARCHES:
        ms = np.array(took_ms[name])
        print(
            f"| {folder.name} | {model} | {name} | {sum(found[name])}/{len(found[name])} "
            f"| {np.median(ms[enough]):.1f} | {np.median(ms[~enough]):.1f} |"
        )


@click.command(help=__doc__)
@click.argument("videos", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--model", "models", type=click.Choice(MODELS), multiple=True, default=("lite",))
@click.option("--truth", nargs=2, type=click.Path(exists=True, path_type=Path), multiple=True)
def main(
    videos: tuple[Path, ...], models: tuple[Model, ...], truth: tuple[tuple[Path, Path], ...]
) -> None:
    """Print the tables."""
    if videos:
        print(
            "| video | model | search | first frame, ms | others, ms | found first | visibility |"
        )
        print("|---" * 7 + "|")
    for model in models:
        for video in videos:
            print_video(model, video)
    if truth:
        print("\n| photographs | model | search | found | frame is enough, ms | is not, ms |")
        print("|---" * 6 + "|")
    for model in models:
        for path, folder in truth:
            print_photographs(model, path, folder)


if __name__ == "__main__":
    main()
