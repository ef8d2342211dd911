"""Print how many of the people in annotated images are found, and why the others are not.

    python -m benchmarks.people ANNOTATIONS.json FOLDER [--model NAME]... [--search NAME]
        [--boxes RESULTS.json] [--tasks PYTHON TASKS]

The annotations are COCO's person keypoints. The people with at least 8 keypoints are to be found.
Results and annotated people are matched one to one, the most similar first. A person counts as
found if the object keypoint similarity (OKS) of the match is at least 0.5; the table also counts
those of at least 0.75. A result is invented if it is not matched to any of these people with an OKS
of 0.3, and if it does not lie, with more than half of its keypoints, in the bounding box of another
annotated person. The ceiling is what the landmark model finds in regions made from the annotated
hips, shoulders and farthest keypoint: the best of three sizes, each looked at twice.

For each person who is missed, a second table says at which step, with the person's size (the root
of the area as a fraction of the image's shorter side), the fraction of keypoints that are labelled
(the others are occluded or cut off), the incline of the trunk, and the OKS of the ceiling.

--boxes names a file of COCO's results for boxes, such as `benchmarks.second_system.boxes` writes.
The boxes with a score of at least 0.3 are further candidates, like those of the option `finder`.
The time that they took is not in the table.

--tasks names a Python with mediapipe 1.2.2, which is asked for ten people, and the folder with the
three pose_landmarker_*.task files.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benchmarks.people.boxes import RecordedBoxes
from benchmarks.people.ceiling import best_similarities
from benchmarks.people.count import FOUND, FOUND_WELL, Count
from benchmarks.people.missed import Missed
from benchmarks.people.reasons import reasons
from benchmarks.people.systems import Vitruvian, tasks_poses_px
from benchmarks.people.truth import read_photographs
from vitruvian.options import MODELS, SEARCHES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.people.truth import Photograph
    from vitruvian.options import Model, Search
    from vitruvian.tracking.protocol import FindBoxes


def search_all(
    model: Model, photographs: Sequence[Photograph], search: Search, find_boxes: FindBoxes | None
) -> list[Missed]:
    """Print the rows of our search and of its ceiling, and return the people who were missed."""
    system, count, ceiling = Vitruvian(model, search, find_boxes), Count(), []
    system.poses_px(photographs[0].image)  # because the first call is slower
    missed = []
    for photograph in photographs:
        poses_px, seconds = system.poses_px(photograph.image)
        found = count.add(poses_px, photograph, seconds)
        best = best_similarities(system.networks.landmark, photograph)
        ceiling += best
        why = reasons(system.search, system.networks.landmark, photograph, found)
        missed += [
            Missed.of(photograph, person, reason, ceiling_oks)
            for person, reason, ceiling_oks in zip(photograph.wanted, why, best, strict=True)
            if reason
        ]
    print(f"| Vitruvian, {model} | {count.row()} |", flush=True)
    reached = (sum(oks >= least for oks in ceiling) for least in (FOUND, FOUND_WELL))
    cells = " | ".join(f"{number}/{len(ceiling)}" for number in reached)
    print(f"| ceiling, {model} | {cells} | – | – |", flush=True)
    return missed


def print_missed(model: Model, missed: Sequence[Missed]) -> None:
    """Print who was missed, by reason, the largest people first."""
    print(f"\n{model}: missed {len(missed)}")
    for reason, number in Counter(person.reason for person in missed).most_common():
        print(f"- {reason}: {number}")
    print("\n| reason | image | size | labelled | incline | ceiling |")
    print("|---" * 6 + "|")
    for person in sorted(missed, key=lambda person: (person.reason, -person.size)):
        print(f"| {person.row()} |")


@click.command(help=__doc__)
@click.argument("annotations", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--model", "models", multiple=True, type=click.Choice(MODELS), default=MODELS)
@click.option("--search", type=click.Choice(SEARCHES), default="auto", show_default=True)
@click.option("--boxes", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--tasks", type=(str, click.Path(exists=True, path_type=Path)))
def main(
    annotations: Path,
    folder: Path,
    models: tuple[Model, ...],
    search: Search,
    boxes: Path | None,
    tasks: tuple[str, Path] | None,
) -> None:
    """Print the tables."""
    photographs = read_photographs(annotations, folder)
    find_boxes = RecordedBoxes(boxes, photographs) if boxes else None
    print("| people found at OKS | 0.5 | 0.75 | invented | ms per image |")
    print("|---" * 5 + "|")
    missed = {}
    for model in models:
        missed[model] = search_all(model, photographs, search, find_boxes)
        if tasks:
            python, task_folder = tasks
            count = Count()
            task = task_folder / f"pose_landmarker_{model}.task"
            for poses_px, photograph in zip(
                tasks_poses_px(python, task, photographs), photographs, strict=True
            ):
                count.add(poses_px, photograph)
            print(f"| MediaPipe Tasks, {model} | {count.row()} |", flush=True)
    for model, people in missed.items():
        print_missed(model, people)


if __name__ == "__main__":
    main()
