"""Annotated images and the results of systems, made by chance, for the tests of the evaluation."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from vitruvian.evaluation.annotation_file import read_annotations
from vitruvian.evaluation.annotations import AnnotatedImage, Annotations, TruePerson
from vitruvian.evaluation.image_names import ImageNames
from vitruvian.evaluation.system_results import SystemResults, sort_results
from vitruvian.prediction import PredictedPerson
from vitruvian.types import Float64, ImageSize

SIZE = ImageSize(640, 480)
ACTIVITIES = ("Yoga", "Dance", "HIIT")

# A person who stands, in pixels from the top of the head.
STANDING_PX = np.array(
    [
        *((0, 20), (5, 15), (-5, 15), (12, 18), (-12, 18)),  # nose, eyes, ears
        *((30, 50), (-30, 50), (40, 100), (-40, 100), (45, 150), (-45, 150)),  # arms
        *((20, 150), (-20, 150), (22, 220), (-22, 220), (24, 290), (-24, 290)),  # legs
    ],
    np.float64,
)


def true_person(number: int = 1, **changes: Any) -> TruePerson:
    """Return a person who stands in the middle of the image, all keypoints labelled."""
    keypoints_px = STANDING_PX + np.array([320, 90])
    person = TruePerson(
        number, keypoints_px, np.ones(17, bool), np.array([275.0, 90, 90, 300]), 9000.0
    )
    return replace(person, **changes)


def found_person(keypoints: Float64, image: int | str = 1, **changes: Any) -> PredictedPerson:
    return replace(PredictedPerson(image, keypoints, np.ones(17), 0.9), **changes)


def annotations_of(*images: tuple[TruePerson, ...], **fields: Any) -> Annotations:
    """Return annotations of images with these people, with ids from 1. All are one group."""
    made = tuple(
        AnnotatedImage(i, f"{i}.jpg", SIZE, "all", people, **fields)
        for i, people in enumerate(images, 1)
    )
    return Annotations("truth.json", Path(), made, ("all",))


def results_of(annotations: Annotations, *people: PredictedPerson) -> SystemResults:
    return sort_results(ImageNames(annotations), "A", people, {})


def entry(number: int = 1, image: int = 1, **changes: Any) -> dict[str, Any]:
    """Return an annotation as COCO's JSON has it."""
    person = true_person()
    keypoints = np.concatenate((person.keypoints_px, np.full((17, 1), 2.0)), axis=1)
    return {
        "id": number,
        "image_id": image,
        "category_id": 1,
        "keypoints": keypoints.ravel().tolist(),
        "num_keypoints": 17,
        "bbox": person.box_px.tolist(),
        "area": person.area_px2,
        "iscrowd": 0,
        **changes,
    }


def image_entry(number: int = 1, **changes: Any) -> dict[str, Any]:
    size = SIZE._asdict()
    return {"id": number, "file_name": f"{number:06d}.jpg", **size, **changes}


def coco_file(**changes: Any) -> dict[str, Any]:
    """Return the content of a file in COCO's format, of one image and person."""
    categories = [{"id": 1, "name": "person"}]
    return {
        "images": [image_entry()],
        "annotations": [entry()],
        "categories": categories,
        **changes,
    }


def written(folder: Path, content: Any, name: str = "truth.json") -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def crowded(seed: int, images: int = 40, people: int = 6) -> tuple[dict[str, Any], list[Any]]:
    """Return annotations and COCO results of crowded images.

    There are crowds, people without labels, missed people, people found twice and people who are
    not there; more than 20 in some images; and equal scores.
    """
    chance = np.random.default_rng(seed)
    annotations: list[dict[str, Any]] = []
    results: list[dict[str, Any]] = []
    ids = chance.permutation(np.arange(1, 10 * images))[:images].tolist()

    def add_result(image: int, keypoints_px: Float64) -> None:
        points = np.concatenate((keypoints_px, chance.uniform(size=(17, 1))), axis=1)
        score = round(float(chance.uniform()), 2)
        results.append(
            {
                "image_id": image,
                "category_id": 1,
                "keypoints": points.ravel().tolist(),
                "score": score,
            }
        )

    for image in ids:
        for _ in range(chance.integers(0, people + 1)):
            scale, place = chance.uniform(0.3, 1.2), chance.uniform(0, 400, 2)
            keypoints_px = STANDING_PX * scale + place + chance.normal(0, 4, (17, 2))
            labels = chance.integers(0, 3, 17) * (chance.uniform() > 0.15)
            points = np.concatenate((keypoints_px, labels[:, np.newaxis]), axis=1)
            points[labels == 0] = 0
            low, high = keypoints_px.min(axis=0), keypoints_px.max(axis=0)
            annotations.append(
                {
                    "id": len(annotations) + 1,
                    "image_id": image,
                    "category_id": 1,
                    "keypoints": points.ravel().tolist(),
                    "num_keypoints": int((labels > 0).sum()),
                    "bbox": [*low.tolist(), *(high - low).tolist()],
                    "area": float(0.4 * np.prod(high - low)),
                    "iscrowd": int(chance.uniform() < 0.1),
                }
            )
            for _ in range(chance.integers(0, 3)):
                add_result(image, keypoints_px + chance.normal(0, chance.uniform(1, 12), (17, 2)))
        for _ in range(chance.integers(0, 3) if chance.uniform() < 0.9 else 25):
            add_result(image, chance.uniform(0, 480, (17, 2)))
    chance.shuffle(results)
    activities = chance.choice(ACTIVITIES, images).tolist()
    entries = [
        image_entry(number, activity=activity)
        for number, activity in zip(ids, activities, strict=True)
    ]
    return coco_file(images=entries, annotations=annotations), results


def read_content(folder: Path, content: dict[str, Any]) -> Annotations:
    return read_annotations(written(folder, content))


def people_of(results: list[dict[str, Any]]) -> list[PredictedPerson]:
    """Return COCO results as people."""
    points = [np.array(result["keypoints"]).reshape(17, 3) for result in results]
    return [
        PredictedPerson(result["image_id"], of[:, :2], of[:, 2], result["score"])
        for result, of in zip(results, points, strict=True)
    ]
