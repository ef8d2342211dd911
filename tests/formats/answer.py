"""One known answer, which the tests write in every format that is read.

Two people are in a.jpg and one is in b.jpg. All numbers are exact in float32 and in every unit, and
the score of a person is the mean confidence, which is what formats without a score have.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.skeleton import COCO_17, LANDMARK_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray


SIZES = {"a.jpg": (640, 480), "b.jpg": (1280, 960)}

_RANDOM = np.random.default_rng(15)


@dataclass(frozen=True)
class Person:
    """A person of the answer: (33, 2) normalized points, and (33,) confidences."""

    image: str
    points: NDArray[np.float64]
    confidences: NDArray[np.float64]

    @property
    def keypoints_px(self) -> NDArray[np.float64]:
        return self.points[list(COCO_17)] * SIZES[self.image]

    @property
    def score(self) -> float:
        return float(self.confidences[list(COCO_17)].mean())

    @property
    def box_px(self) -> list[float]:
        """The x, y, width, height of the keypoints."""
        low, high = self.keypoints_px.min(axis=0), self.keypoints_px.max(axis=0)
        return [*low.tolist(), *(high - low).tolist()]

    @property
    def corners_px(self) -> list[float]:
        x, y, width, height = self.box_px
        return [x, y, x + width, y + height]

    def triples(self, names: Sequence[str], size: tuple[float, float] | None = None) -> list[float]:
        """Return x, y, confidence of named points; points that COCO lacks lie at 1, 1."""
        values = dict(
            zip(
                LANDMARK_NAMES,
                np.column_stack((self.points * (size or SIZES[self.image]), self.confidences)),
                strict=True,
            )
        )
        points = [values.get(name, np.ones(3)) for name in names]
        return np.concatenate(points).tolist()  # type: ignore[no-any-return]


PEOPLE = [
    Person(
        image,
        _RANDOM.integers(64, 960, (33, 2)) / 1024,
        _RANDOM.integers(72, 128, 33) / 128,
    )
    for image in ("a.jpg", "a.jpg", "b.jpg")
]


def of(image: str) -> list[Person]:
    return [person for person in PEOPLE if person.image == image]


def dump(path: Path, value: object) -> Path:
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def each_image(folder: Path, content: Callable[[str], object], suffix: str = "") -> Path:
    for image in SIZES:
        dump(folder / f"{Path(image).stem}{suffix}.json", content(image))
    return folder


def world(people: Sequence[Person]) -> NDArray[np.float32]:
    """Return world landmarks (N, 33, 3), which only formats with 33 landmarks have."""
    points = np.stack([person.points for person in people])
    return np.concatenate((points, points[..., :1] / 2), axis=-1).astype(np.float32)
