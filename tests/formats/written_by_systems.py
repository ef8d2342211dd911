"""The known answer in the formats of systems that have COCO's keypoints, and more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.formats.answer import PEOPLE, SIZES, Person, dump, each_image, of
from vitruvian.formats.openpose import COCO_18
from vitruvian.formats.points import COCO_NAMES, HALPE_26

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def coco(folder: Path, image_id: Callable[[str], object] = str) -> Path:
    return dump(
        folder / "results.json",
        [
            {
                "image_id": image_id(person.image),
                "category_id": 1,
                "keypoints": person.triples(COCO_NAMES),
                "score": person.score,
            }
            for person in PEOPLE
        ],
    )


def ultralytics_validator(folder: Path) -> Path:
    return dump(
        folder / "predictions.json",
        [
            {
                "image_id": Path(person.image).stem,
                "file_name": person.image,
                "category_id": 1,
                "bbox": person.box_px,
                "score": person.score,
                "keypoints": person.triples(COCO_NAMES),
            }
            for person in PEOPLE
        ],
    )


def alphapose(folder: Path, names: Sequence[str] = COCO_NAMES, **more: Any) -> Path:
    return dump(
        folder / "alphapose-results.json",
        [
            {
                "image_id": person.image,
                "category_id": 1,
                "keypoints": person.triples(names),
                "score": person.score,
                **more,
            }
            for person in PEOPLE
        ],
    )


def alphapose_by_image(folder: Path, people: str, key: str) -> Path:
    return dump(
        folder / "alphapose-results.json",
        {
            image: {
                "version": "AlphaPose v0.3",
                people: [{key: person.triples(COCO_18)} for person in of(image)],
            }
            for image in SIZES
        },
    )


def alphapose_separate(folder: Path) -> Path:
    def content(image: str) -> object:
        bodies = [{"joints": person.triples(COCO_18)} for person in of(image)]
        return {"version": "AlphaPose v0.3", "bodies": bodies}

    return each_image(folder / "sep-json", content)


def openpose(folder: Path, names: Sequence[str], scale: str = "pixels") -> Path:
    def points(person: Person) -> list[float]:
        if scale == "pixels":
            return person.triples(names)
        values = np.array(person.triples(names, (1, 1))).reshape(-1, 3)
        if scale == "-1 to 1":
            values[:, :2] = 2 * values[:, :2] - 1
        return values.ravel().tolist()  # type: ignore[no-any-return]

    def content(image: str) -> object:
        people = [
            {"person_id": [-1], "pose_keypoints_2d": points(person), "face_keypoints_2d": []}
            for person in of(image)
        ]
        return {"version": 1.3, "people": people}

    return each_image(folder / "json", content, "_keypoints")


def _mmpose_people(image: str, names: Sequence[str]) -> list[dict[str, Any]]:
    people = []
    for person in of(image):
        points = np.array(person.triples(names)).reshape(-1, 3)
        people.append(
            {
                "keypoints": points[:, :2].tolist(),
                "keypoint_scores": points[:, 2].tolist(),
                "bbox": [person.corners_px],
                "bbox_score": 1.0,
            }
        )
    return people


def mmpose(folder: Path, names: Sequence[str] = COCO_NAMES) -> Path:
    return each_image(folder / "predictions", lambda image: _mmpose_people(image, names))


def mmpose_demo(folder: Path) -> Path:
    names = COCO_NAMES[::-1]  # so that only meta_info has the order

    def content(image: str) -> object:
        meta = {"keypoint_id2name": {str(number): name for number, name in enumerate(names)}}
        return {"meta_info": meta, "instance_info": _mmpose_people(image, names)}

    for image in SIZES:
        dump(folder / "out" / f"results_{Path(image).stem}.json", content(image))
    return folder / "out"


def mmpose_video(folder: Path, *, is_demo: bool) -> Path:
    frames = [
        {"frame_id": number, "instances": _mmpose_people(image, COCO_NAMES)}
        for number, image in enumerate(SIZES)
    ]
    return dump(
        folder / "video.json",
        {"meta_info": {}, "instance_info": frames} if is_demo else frames,
    )


def rtmlib(folder: Path, names: Sequence[str] = COCO_NAMES) -> Path:
    points = np.array([person.triples(names) for person in PEOPLE]).reshape(len(PEOPLE), -1, 3)
    images = np.array([person.image for person in PEOPLE])
    path = folder / "rtmlib.npz"
    np.savez(path, keypoints=points[..., :2], scores=points[..., 2], images=images)
    return path


def rtmlib_files(folder: Path) -> Path:
    out = folder / "npz"
    out.mkdir()
    for image in SIZES:
        points = np.array([person.triples(HALPE_26) for person in of(image)])
        points = points.reshape(len(points), -1, 3)
        np.savez(out / Path(image).stem, keypoints=points[..., :2], scores=points[..., 2])
    return out


def ultralytics(folder: Path, *, normalize: bool = False) -> Path:
    def content(image: str) -> object:
        width, height = SIZES[image] if normalize else (1, 1)
        found = []
        for person in of(image):
            x, y, visible = np.array(person.triples(COCO_NAMES)).reshape(-1, 3).T
            left, top, right, bottom = person.corners_px
            found.append(
                {
                    "name": "person",
                    "class": 0,
                    "confidence": person.score,
                    "box": {
                        "x1": left / width,
                        "y1": top / height,
                        "x2": right / width,
                        "y2": bottom / height,
                    },
                    "keypoints": {
                        "x": (x / width).tolist(),
                        "y": (y / height).tolist(),
                        "visible": visible.tolist(),
                    },
                }
            )
        return found

    return each_image(folder / "ultralytics", content)
