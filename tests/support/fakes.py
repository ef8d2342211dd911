"""Fakes of networks and stages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from tests.support.results import landmarks
from vitruvian.stages.geometry import WHOLE_IMAGE
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21
from vitruvian.tracking.search import Searcher
from vitruvian.tracking.track import Track
from vitruvian.types import Detections, ImageSize

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from vitruvian.options import Search
    from vitruvian.tracking.protocol import FindBoxes
    from vitruvian.types import Float32, Image, Landmarks, Region

T = TypeVar("T")


@dataclass
class FakeEngine:
    """Returns the same outputs for every batch, and records each batch.

    What is not written of an input is NaN, and so are outputs after they were read.

    Attributes:
        outputs: with the batch as their first dimension.
        side_px: of the square input.
        asked: the inputs of each batch so far, (N, side_px, side_px, 3).
    """

    outputs: list[NDArray[np.float32]]
    side_px: int
    asked: list[NDArray[np.float32]] = field(default_factory=list)

    def infer(
        self,
        count: int,
        write_input: Callable[[int, Float32], None],
        read_outputs: Callable[[int, Sequence[Float32]], T],
    ) -> list[T]:
        inputs = np.full((count, self.side_px, self.side_px, 3), np.nan, np.float32)
        for index, pixels in enumerate(inputs):
            write_input(index, pixels)
        self.asked.append(inputs)
        return [self._read(index, read_outputs) for index in range(count)]

    def _read(self, index: int, read_outputs: Callable[[int, Sequence[Float32]], T]) -> T:
        outputs = [output[index].copy() for output in self.outputs]
        result = read_outputs(index, outputs)
        for output in outputs:
            output.fill(np.nan)
        return result


@dataclass
class FakeDetector:
    """Finds one person with given alignment points, (2, 2) normalized, or none; counts calls."""

    alignment_points: NDArray[np.float32] | None
    calls: int = 0

    def __call__(self, image: Image, regions: Sequence[Region]) -> list[Detections]:
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
    """A fake of `networks.Networks`."""

    detect: Callable[..., list[Detections]]
    landmark: Callable[..., Landmarks]
    detect_hints: Callable[..., list[Detections]] | None = None
    find_boxes: Callable[..., Any] | None = None


@dataclass
class FakeLandmarker:
    """Returns the number of the call as each landmark's coordinates, and records all regions.

    Attributes:
        auxiliary: (2, 3) the alignment points of every answer, normalized.
        scores: one for each call.
        mask: (H, W) the mask of every answer.
        regions: of all calls so far.
    """

    auxiliary: NDArray[np.float32]
    scores: list[float]
    mask: NDArray[np.float32] | None = None
    regions: list[Region] = field(default_factory=list)

    def __call__(self, image: Image, regions: Sequence[Region]) -> list[Landmarks]:
        self.regions.extend(regions)
        score = self.scores[len(self.regions) - 1]
        coordinates = np.full((1, 33, 3), len(self.regions), np.float32)
        person = landmarks(
            landmarks=coordinates,
            auxiliary=self.auxiliary[np.newaxis],
            world_landmarks=coordinates,
            visibility=np.full((1, 33), score, np.float32),
            presence=np.full((1, 33), score, np.float32),
            scores=np.array([score], np.float32),
            masks=None if self.mask is None else self.mask[np.newaxis],
        )
        return [person]


# A standing body: x and y of the landmarks from the hips' midpoint, in radii of the body's circle.
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


def standing_person(
    x_px: float, y_px: float, radius_px: float, image_size: ImageSize, score: float = 1.0
) -> Landmarks:
    """Return the landmarks of a standing person whose hips are at x, y."""
    hips_px = np.array((x_px, y_px), np.float32)
    points = np.zeros((1, 35, 3), np.float32)
    points_px = np.concatenate((STANDING, [(0, 0), (0, -1)])) * radius_px + hips_px
    points[0, :, :2] = points_px / image_size
    return landmarks(
        landmarks=points[:, :33],
        auxiliary=points[:, 33:],
        scores=np.array([score], np.float32),
    )


@dataclass
class FakePerson:
    """A standing person.

    Attributes:
        x: of the hips, in pixels.
        y: of the hips, in pixels.
        radius_px: of the circle around the body.
        score: of the landmark model.
        jumps: the person is elsewhere in every other answer of the landmark model.
    """

    x: float
    y: float
    radius_px: float
    score: float = 1.0
    jumps: bool = False


@dataclass
class FakeModels:
    """A detector and a landmark model that know where people are.

    The detector finds only people who are large in the searched region.

    Attributes:
        people: in the image.
        detected: the regions that were searched.
        regions: the regions of the landmark model.
    """

    people: list[FakePerson]
    detected: list[Region] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)

    def detect(self, image: Image, regions: Sequence[Region]) -> list[Detections]:
        self.detected.extend(regions)
        return [self._detect(image, region) for region in regions]

    def detect_hints(self, image: Image, regions: Sequence[Region]) -> list[Detections]:
        """Also find the other people in each region, with a low score."""
        self.detected.extend(regions)
        return [self._detect(image, region, score_if_small=0.2) for region in regions]

    def _detect(
        self, image: Image, region: Region, score_if_small: float | None = None
    ) -> Detections:
        size = np.array(ImageSize.of(image))
        region_px = np.array((region.width, region.height)) * size
        corner = (region.center_x, region.center_y) * size - region_px / 2
        keypoints, scores = [], []
        for person in self.people:
            points_px = ((person.x, person.y), (person.x, person.y - person.radius_px))
            points = (np.array(points_px) - corner) / region_px
            score = 0.9 if 2 * person.radius_px > 0.4 * region_px.max() else score_if_small
            if score is not None and (abs(points - 0.5) <= 0.5).all():
                keypoints.append(points)
                scores.append(score)
        if not keypoints:
            return Detections.empty()
        return Detections(
            boxes=np.zeros((len(keypoints), 4), np.float32),
            keypoints=np.tile(np.array(keypoints, np.float32), (1, 2, 1)),
            scores=np.array(scores, np.float32),
        )

    def landmark(self, image: Image, regions: Sequence[Region]) -> list[Landmarks]:
        """Return the landmarks of the person who fits the region best."""
        (region,) = regions
        self.regions.append(region)
        size = ImageSize.of(image)
        center = (region.center_x, region.center_y) * np.array(size)
        radius_px = region.width * size.width / 2.5
        person = min(
            self.people,
            key=lambda person: (
                abs(person.radius_px - radius_px) + np.hypot(*(center - (person.x, person.y)))
            ),
        )
        jump_px = person.radius_px * (len(self.regions) % 2) if person.jumps else 0.0
        x_px = person.x + jump_px
        return [standing_person(x_px, person.y, person.radius_px, size, score=person.score)]


class FakeFollower:
    """A fake of `Follower` that smooths nothing, and searches the next frame in the same region."""

    def __init__(self) -> None:
        self.region: Region | None = None

    def follow(
        self, found: Landmarks, region: Region, timestamp_s: float, image_size: ImageSize
    ) -> Landmarks:
        self.region = region
        return found

    def lose_person(self) -> None:
        self.region = None


def standing_track(
    x_px: float,
    y_px: float,
    radius_px: float,
    image_size: ImageSize,
    *,
    identity: int | None = None,
    timestamp_s: float = 0.0,
) -> Track:
    """Return the track of a standing person who is seen for the first time."""
    follower: Any = FakeFollower()
    person = standing_person(x_px, y_px, radius_px, image_size)
    track = Track(follower, person, WHOLE_IMAGE, timestamp_s, image_size)
    track.id = identity
    return track


def searcher_of(
    models: FakeModels, search: Search = "frame", find_boxes: FindBoxes | None = None
) -> Searcher:
    """Return a searcher that asks fake models, and a finder if one is given."""
    return Searcher(
        models.detect_hints,
        models.landmark,
        search,
        min_confidence=0.5,
        reference=SOLUTIONS_0_10_21,
        find_boxes=find_boxes,
    )
