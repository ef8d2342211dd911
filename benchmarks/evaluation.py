"""Time an evaluation beside `vitruvian.detect` alone, and the scoring of ten systems.

    python -m benchmarks.evaluation [--images N] [--scored N] [--turns N]

The images are frames of the sample video, as JPEG files of 1280×720 pixels, and their truth is what
the heavy model finds in them. An evaluation with three models and all of its files takes turns with
`vitruvian.detect`, once for each model; the seconds are medians. The memory is the greatest that
the process has taken, after a quarter of the images and after all. Scoring is that of `evaluate`,
with one person an image and intervals of 1,000 resamplings, without a model.
"""

from __future__ import annotations

import json
import resource
import statistics
import tempfile
import time
from itertools import cycle
from pathlib import Path
from typing import Any

import click
import numpy as np
import PIL.Image

import vitruvian
from vitruvian.evaluation import evaluate
from vitruvian.evaluation.report import sections
from vitruvian.jobs import evaluation, evaluation_files
from vitruvian.options import MODELS
from vitruvian.skeleton import COCO_17

SAMPLE = Path(__file__).parents[1] / "samples" / "jumping_jacks.mp4"
SIZE = (1280, 720)
SYSTEMS = 10
ACTIVITIES = ("Yoga", "Dance", "HIIT")


def write_images(folder: Path, count: int) -> list[Path]:
    """Write frames of the sample video as JPEG files."""
    with vitruvian.frames(SAMPLE) as frames:
        images = [PIL.Image.fromarray(frame.image).resize(SIZE) for frame in frames]
    paths = [folder / f"{number:04d}.jpg" for number in range(count)]
    for path, image in zip(paths, cycle(images), strict=False):
        image.save(path, quality=92)
    return paths


def detect(paths: list[Path], model: str) -> list[vitruvian.PoseResult]:
    """Find the person in each image, as an evaluation does."""
    options: Any = {"model_complexity": model, "search": "frame", "engine": "litert"}
    return list(vitruvian.detect(paths, **options))


def write_truth(path: Path, names: list[str], people_px: list[np.ndarray]) -> Path:
    """Write annotations of one person an image; people are (17, 2)."""
    images = [
        {
            "id": number,
            "file_name": name,
            "width": SIZE[0],
            "height": SIZE[1],
            "activity": ACTIVITIES[number % len(ACTIVITIES)],
        }
        for number, name in enumerate(names)
    ]
    people = [
        {
            **person(number, keypoints_px),
            "id": number,
            "area": float(np.prod(np.ptp(keypoints_px, 0))),
        }
        for number, keypoints_px in enumerate(people_px)
    ]
    path.write_text(json.dumps({"images": images, "annotations": people}))
    return path


def person(image: int, keypoints_px: np.ndarray) -> dict[str, Any]:
    """Return a person as COCO's results have them."""
    keypoints = np.column_stack((keypoints_px, np.full(len(keypoints_px), 2.0)))
    return {
        "image_id": image,
        "category_id": 1,
        "keypoints": keypoints.ravel().tolist(),
        "score": 1,
    }


def run(truth: Path, images: Path, out: Path) -> None:
    """Evaluate three models as the command does."""
    request = evaluation.Request(
        truth, images, {}, MODELS, 1, "frame", None, "torso", 0.2, resamplings=1000, seed=0
    )
    outcome = evaluation.run(request, show_progress=False)
    tables = list(sections(outcome.evaluation, details=True, published=True))
    evaluation_files.write(out, outcome, tables)


def seconds(function: Any, *arguments: object) -> float:
    """Return how long a call takes."""
    start_s = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - start_s


def memory_mb() -> int:
    """Return the greatest memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000


def time_models(folder: Path, count: int, turns: int) -> None:
    """Print the times of an evaluation and of `vitruvian.detect`."""
    paths = write_images(folder, count)
    people_px = [result.landmarks_px[0, list(COCO_17), :2] for result in detect(paths, "heavy")]
    names = [path.name for path in paths]
    quarter = count // 4
    few = write_truth(folder / "few.json", names[:quarter], people_px[:quarter])
    truth = write_truth(folder / "truth.json", names, people_px)
    run(few, folder, folder / "out")
    memory_of_few_mb = memory_mb()
    alone, evaluated = [], []
    for _ in range(turns):
        alone.append(sum(seconds(detect, paths, model) for model in MODELS))
        evaluated.append(seconds(run, truth, folder, folder / "out"))
    detect_s, evaluate_s = statistics.median(alone), statistics.median(evaluated)
    print(
        f"| {count} | {detect_s:.1f} | {evaluate_s:.1f} | {evaluate_s / detect_s:.2f} "
        f"| {memory_of_few_mb} | {memory_mb()} |"
    )


def time_scoring(folder: Path, count: int) -> None:
    """Print how long the scoring of ten systems takes, with the reading of their files."""
    chance = np.random.default_rng(0)
    with vitruvian.frames(SAMPLE) as frames:
        result = vitruvian.detect(next(iter(frames)).image, model_complexity="lite")
    one_px = result.landmarks_px[0, list(COCO_17), :2]
    people_px = [one_px + chance.normal(0, 50, 2) for _ in range(count)]
    truth = write_truth(folder / "truth.json", [f"{n}.jpg" for n in range(count)], people_px)
    results = {}
    for number in range(SYSTEMS):
        path = folder / f"{number}.json"
        moved_px = [points + chance.normal(0, 5 + number, (17, 2)) for points in people_px]
        path.write_text(json.dumps([person(*pair) for pair in enumerate(moved_px)]))
        results[f"System {number}"] = path
    print(f"\n{SYSTEMS} systems on {count} images: {seconds(evaluate, truth, results):.1f} s")


@click.command(help=__doc__)
@click.option("--images", default=1000, show_default=True)
@click.option("--scored", default=1000, show_default=True)
@click.option("--turns", default=3, show_default=True)
def main(images: int, scored: int, turns: int) -> None:
    """Print what the module's docstring describes."""
    columns = "images", "detect, s", "evaluate, s", "times", "memory after a quarter, MB", "all, MB"
    print(f"| {' | '.join(columns)} |\n{'|---' * len(columns)}|")
    with tempfile.TemporaryDirectory() as folder:
        time_models(Path(folder), images, turns)
    with tempfile.TemporaryDirectory() as folder:
        time_scoring(Path(folder), scored)


if __name__ == "__main__":
    main()
