"""The known answer in the formats of MediaPipe and of Apple Vision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.formats.answer import SIZES, Person, dump, each_image, of, world
from vitruvian.formats.apple_vision import JOINTS

if TYPE_CHECKING:
    from pathlib import Path


def _landmarks(person: Person) -> list[dict[str, float]]:
    return [
        {"x": x, "y": y, "z": 0.0, "visibility": visibility}
        for (x, y), visibility in zip(
            person.points.tolist(), person.confidences.tolist(), strict=True
        )
    ]


def _world_landmarks(person: Person) -> list[dict[str, float]]:
    return [dict(zip("xyz", map(float, point), strict=True)) for point in world([person])[0]]


def mediapipe_tasks(folder: Path, keys: tuple[str, str]) -> Path:
    def content(image: str) -> object:
        people = of(image)
        return {
            keys[0]: [_landmarks(person) for person in people],
            keys[1]: [_world_landmarks(person) for person in people],
        }

    return dump(folder / "landmarks.json", {image: content(image) for image in SIZES})


def mediapipe_lists(folder: Path) -> Path:
    return each_image(folder / "lists", lambda image: [_landmarks(one) for one in of(image)])


def mediapipe_messages(folder: Path) -> Path:
    """Write what `MessageToDict` gives, for several people."""
    return each_image(
        folder / "messages", lambda image: [{"landmark": _landmarks(one)} for one in of(image)]
    )


def apple_vision(folder: Path, *, raw: bool = False) -> Path:
    def joints(person: Person) -> dict[str, list[float]]:
        names = [ours for _, ours in JOINTS.values()]
        points = np.array(person.triples(names, (1, 1))).reshape(-1, 3)
        points[:, 1] = 1 - points[:, 1]
        return {
            raw_name if raw else swift: point
            for (swift, (raw_name, _)), point in zip(JOINTS.items(), points.tolist(), strict=True)
        }

    return dump(
        folder / "vision.json",
        [
            {
                "image": image,
                "size": list(size),
                "observations": [
                    {"confidence": person.score, "joints": joints(person)} for person in of(image)
                ],
            }
            for image, size in SIZES.items()
        ],
    )
