"""Stand-ins for networks and stages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.types import Detections, Landmarks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from vitruvian.types import Image, Region


@dataclass
class FakeEngine:
    """Answers every batch with the same outputs, and keeps what it was asked."""

    outputs: list[NDArray[np.float32]]
    asked: list[NDArray[np.uint8]] = field(default_factory=list)

    def infer(self, images: NDArray[np.uint8]) -> list[NDArray[np.float32]]:
        self.asked.append(images.copy())
        return self.outputs


@dataclass
class FakeDetector:
    """Finds one person with the given alignment points, (2, 2) normalized, or nobody."""

    alignment_points: NDArray[np.float32] | None
    calls: int = 0

    def __call__(self, image: Image) -> list[Detections]:
        self.calls += 1
        if self.alignment_points is None:
            return [Detections.empty()]
        return [
            Detections(
                boxes=np.zeros((1, 4), np.float32),
                keypoints=np.tile(self.alignment_points, (2, 1))[np.newaxis],
                scores=np.ones(1, np.float32),
            )
        ]


@dataclass
class FakeNetworks:
    """Stands in for `assembly.Networks`."""

    detect: Callable[..., list[Detections]]
    landmark: Callable[..., Landmarks]


@dataclass
class FakeLandmarker:
    """Sees all landmarks at one place, auxiliary ones where it is told, with a score a call."""

    auxiliary: NDArray[np.float32]
    scores: list[float]
    mask: NDArray[np.float32] | None = None
    regions: list[Region] = field(default_factory=list)

    def __call__(self, image: Image, regions: Sequence[Region]) -> Landmarks:
        self.regions.extend(regions)
        score = self.scores[len(self.regions) - 1]
        return Landmarks(
            landmarks=np.full((1, 33, 3), len(self.regions), np.float32),
            auxiliary=self.auxiliary[np.newaxis],
            world_landmarks=np.full((1, 33, 3), len(self.regions), np.float32),
            visibility=np.full((1, 33), score, np.float32),
            presence=np.full((1, 33), score, np.float32),
            scores=np.array([score], np.float32),
            masks=None if self.mask is None else self.mask[np.newaxis],
        )


# A standing body: the landmarks' x and y from the hips' midpoint, in parts of the circle's radius.
STANDING = np.array(
    [
        *[(x / 50, -0.75) for x in (0, 1, 2, 3, -1, -2, -3, 4, -4)],  # nose, eyes, ears
        *[(0.02, -0.7), (-0.02, -0.7), (0.2, -0.55), (-0.2, -0.55)],  # mouth, shoulders
        *[(0.25, -0.3), (-0.25, -0.3), *[(0.28, -0.05), (-0.28, -0.05)] * 4],  # elbows, hands
        *[(0.12, 0), (-0.12, 0), (0.12, 0.45), (-0.12, 0.45)],  # hips, knees
        *[(0.12, 0.9), (-0.12, 0.9), (0.12, 0.95), (-0.12, 0.95), (0.15, 1), (-0.15, 1)],  # feet
    ],
    np.float32,
)


@dataclass
class FakePerson:
    """Stands with the hips at x, y in pixels. One that jumps is elsewhere at each look."""

    x: float
    y: float
    radius_px: float
    score: float = 1.0
    jumps: bool = False


@dataclass
class FakeScene:
    """A detector and a landmark model that know where people are. The one sees no small bodies."""

    people: list[FakePerson]
    detected: list[Region] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)

    def detect(self, image: Image, regions: Sequence[Region]) -> list[Detections]:
        self.detected.extend(regions)
        return [self._detect(image, region) for region in regions]

    def _detect(self, image: Image, region: Region) -> Detections:
        size = np.array((image.shape[1], image.shape[0]))
        region_px = np.array((region.width, region.height)) * size
        corner = (region.center_x, region.center_y) * size - region_px / 2
        keypoints = [
            (np.array(((person.x, person.y), (person.x, person.y - person.radius_px))) - corner)
            / region_px
            for person in self.people
            if 2 * person.radius_px > 0.4 * region_px.max()
        ]
        seen = [points for points in keypoints if (abs(points - 0.5) <= 0.5).all()]
        if not seen:
            return Detections.empty()
        return Detections(
            boxes=np.zeros((len(seen), 4), np.float32),
            keypoints=np.tile(np.array(seen, np.float32), (1, 2, 1)),
            scores=np.full(len(seen), 0.9, np.float32),
        )

    def landmark(self, image: Image, regions: Sequence[Region]) -> Landmarks:
        (region,) = regions
        self.regions.append(region)
        size = np.array((image.shape[1], image.shape[0]))
        center, radius_px = (region.center_x, region.center_y) * size, region.width * size[0] / 2.5
        person = min(
            self.people,
            key=lambda person: (
                abs(person.radius_px - radius_px) + np.hypot(*(center - (person.x, person.y)))
            ),
        )
        hips = np.array((person.x, person.y), np.float32)
        if person.jumps:
            hips[0] += person.radius_px * (len(self.regions) % 2)
        points = np.concatenate((STANDING, [(0, 0), (0, -1)])) * person.radius_px + hips
        landmarks = np.zeros((1, 35, 3), np.float32)
        landmarks[0, :, :2] = points / size
        certain = np.ones((1, 33), np.float32)
        return Landmarks(
            landmarks=landmarks[:, :33],
            auxiliary=landmarks[:, 33:],
            world_landmarks=np.zeros((1, 33, 3), np.float32),
            visibility=certain,
            presence=certain,
            scores=np.array([person.score], np.float32),
            masks=None,
        )
