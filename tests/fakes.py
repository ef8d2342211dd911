"""Stand-ins for networks and stages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.region import region_around
from vitruvian.types import Landmarks

if TYPE_CHECKING:
    from collections.abc import Sequence

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
class FakeSearch:
    """Sees a person whose hips and circle are where it is told, or nobody."""

    alignment: NDArray[np.float32] | None
    calls: int = 0

    def __call__(self, image: Image) -> Region | None:
        self.calls += 1
        if self.alignment is None:
            return None
        return region_around(self.alignment, (image.shape[1], image.shape[0]))


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
