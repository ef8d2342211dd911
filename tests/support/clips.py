"""Short clips of several people whose truth is known, made of the repository's own sample.

The mannequin is cut out of the sample's frames by its difference from the empty room, and moves
through a wide one. Nothing is random.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vitruvian.media.opening import open_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from vitruvian.types import Float64, Image

FRAME_RATE = 30.0
SIZE_PX = (1280, 480)
LEAST_SEEN = 0.3  # of a figure's pixels; of whom less is seen, nobody can be asked to find

_SAMPLE = Path(__file__).parents[2] / "samples" / "jumping_jacks.mp4"
_TRUTH = Path(__file__).parents[1] / "data" / "jumping_jacks_truth.json"
_PERIOD = 30  # the sample's frames of one jump; the next is the same
_FEET_PX = (320, 430)  # where the mannequin stands in the sample
_REACH_PX = slice(150, 490)  # the columns that its hands reach
_BESIDE_PX = 20  # columns on either side of them that say what is behind it
_DIFFERENCE = 28  # more than the noise and the shadow on the wall, less than an arm
_PILLAR_RGB = (150, 128, 112)
_PILLAR = 255  # stands for a figure's id


@dataclass(frozen=True)
class Truth:
    """The people of one frame, in its pixels.

    Attributes:
        ids: (N,) int from 1.
        keypoints: (N, 33, 2) the landmarks, those outside of the picture too.
        visible: (N, 33) bool: the landmark is in the picture, and nobody else is seen there.
        seen: (N,) the part of the figure that is in the picture and not hidden.
    """

    ids: NDArray[np.int64]
    keypoints: Float64
    visible: NDArray[np.bool_]
    seen: Float64

    @property
    def boxes(self) -> Float64:
        """(N, 4) x_min, y_min, x_max, y_max of the visible landmarks, NaN where there are none."""
        points = np.where(self.visible[..., np.newaxis], self.keypoints, np.nan)
        limits = np.fmin.reduce(points, axis=1), np.fmax.reduce(points, axis=1)
        return np.concatenate(limits, axis=1)


@dataclass(frozen=True)
class Figure:
    """A mannequin that does jumping jacks on its way.

    Attributes:
        id: from 1.
        path: seconds → where it stands, px from the left; evenly in between.
        scale: its size, as a part of that in the sample, where it is 310 px tall.
        phase: the frame of the sample it begins with.
        floor_px: where it stands, px from the top.
    """

    id: int
    path: dict[float, float]
    scale: float = 1.0
    phase: int = 0
    floor_px: float = 440.0

    def room_from_sample(self, time_s: float) -> Float64:
        """The matrix (2, 3) that takes it from the sample to its place."""
        x_px = np.interp(time_s, list(self.path), list(self.path.values()))
        shift_px = np.subtract((x_px, self.floor_px), np.multiply(self.scale, _FEET_PX))
        return np.column_stack((self.scale * np.eye(2), shift_px))


@dataclass(frozen=True)
class Scene:
    """Figures in a room: iterate over it for its frames, (H, W, 3) uint8 RGB, and their truth.

    Attributes:
        figures: the farthest first; the nearer ones hide them.
        duration_s: in seconds.
        pillar_px: the left and right edge of a pillar before all of them.
        light_rgb: what the room's colours are multiplied by.
    """

    figures: tuple[Figure, ...]
    duration_s: float = 4.0
    pillar_px: tuple[int, int] = (0, 0)
    light_rgb: tuple[float, float, float] = (1.0, 1.0, 1.0)

    def __iter__(self) -> Iterator[tuple[Image, Truth]]:
        room = (cv2.resize(_room(), SIZE_PX) * self.light_rgb).clip(0, 255).astype(np.uint8)
        for index in range(round(self.duration_s * FRAME_RATE)):
            yield self._frame(room.copy(), index)

    def _frame(self, image: Image, index: int) -> tuple[Image, Truth]:
        """Draws into the image."""
        owners = np.zeros(image.shape[:2], np.uint8)  # whose each pixel is; 0 is the room's
        keypoints, areas = [], []
        for figure in self.figures:
            matrix = figure.room_from_sample(index / FRAME_RATE)
            cutout, landmarks = _mannequin()[(figure.phase + index) % _PERIOD]
            drawn = cv2.warpAffine(cutout, matrix, SIZE_PX)
            mask = drawn[..., 3] > 127
            cv2.copyTo(drawn[..., :3], mask.astype(np.uint8), image)
            owners[mask] = figure.id
            areas.append(figure.scale**2 * np.count_nonzero(cutout[..., 3]))
            keypoints.append(landmarks @ matrix[:, :2].T + matrix[:, 2])
        pillar = np.s_[:, slice(*self.pillar_px)]
        image[pillar], owners[pillar] = _PILLAR_RGB, _PILLAR

        ids = np.array([figure.id for figure in self.figures])
        pixels = np.array(keypoints).round().astype(int)
        inside = pixels.clip(0, np.subtract(SIZE_PX, 1))
        owner = owners[inside[..., 1], inside[..., 0]]
        return image, Truth(
            ids=ids,
            keypoints=np.array(keypoints),
            visible=(pixels == inside).all(axis=2) & ((owner == ids[:, np.newaxis]) | (owner == 0)),
            seen=np.bincount(owners.ravel(), minlength=_PILLAR)[ids] / areas,
        )


def _sample() -> list[Image]:
    with open_source(_SAMPLE) as frames:
        return [frame.image for frame in frames]


@cache
def _room() -> Image:
    """The sample without the mannequin, which never leaves its middle: blended from the sides."""
    room = np.median(_sample()[::4], axis=0)
    left, right = (
        room[:, end - _BESIDE_PX : end].mean(axis=1, keepdims=True)
        for end in (_REACH_PX.start, _REACH_PX.stop + _BESIDE_PX)
    )
    way = np.linspace(0, 1, _REACH_PX.stop - _REACH_PX.start)[:, np.newaxis]
    room[:, _REACH_PX] = left * (1 - way) + right * way
    return room.astype(np.uint8)


@cache
def _mannequin() -> list[tuple[Image, Float64]]:
    """Of each frame of a jump the mannequin, RGBA, and its landmarks (33, 2) in pixels."""
    truth = np.array(json.loads(_TRUTH.read_text())["landmarks_px"])
    return [
        (np.dstack((image, _alpha(image))), landmarks)
        for image, landmarks in zip(_sample()[:_PERIOD], truth, strict=False)
    ]


def _alpha(image: Image) -> Image:
    """The largest thing that the room does not have, without holes or threads."""
    differs = (cv2.absdiff(image, _room()).max(axis=2) > _DIFFERENCE).astype(np.uint8)
    differs = cv2.morphologyEx(differs, cv2.MORPH_OPEN, np.ones((3, 3)))
    differs = cv2.morphologyEx(differs, cv2.MORPH_CLOSE, np.ones((9, 9)))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(differs)
    largest = 1 + np.argmax(stats[1:, cv2.CC_STAT_AREA])
    return np.where(labels == largest, 255, 0).astype(np.uint8)


def row(count: int) -> Scene:
    """So many people standing side by side, of five at most, each in another moment of the jump."""
    places_px = np.linspace(130, 1150, 5)[:count]
    figures = (Figure(i + 1, {0: x_px}, 0.9, 6 * i) for i, x_px in enumerate(places_px))
    return Scene(tuple(figures))


CLIPS: dict[str, list[Scene]] = {
    "crossing": [
        Scene((Figure(1, {0: 150, 4: 900}, 0.75, 8), Figure(2, {0: 1150, 4: 200}, 1.15, 16))),
    ],
    "crossing twice": [
        Scene(
            (
                Figure(1, {0: 200, 2.5: 900, 5: 250}, 0.8, 24),
                Figure(2, {0: 1000, 2.5: 300, 5: 1000}, 1.1, 16),
            ),
            duration_s=5.0,
        ),
    ],
    "leaving": [  # for a second; he comes back where he left
        Scene((Figure(1, {0: 300}), Figure(2, {0: 950, 1.4: 1330, 2: 1330, 3.4: 950}, 0.9, 9))),
    ],
    "pillar": [  # hides him for a second and a half
        Scene((Figure(1, {0: 1120}), Figure(2, {0: 250, 5: 850}, 0.8, 9)), 5.0, (400, 620)),
    ],
    "row": [row(5)],
    "scene cut": [
        Scene((Figure(1, {0: 300}), Figure(2, {0: 900}, 0.9, 15)), 2.0),
        Scene((Figure(3, {0: 560}), Figure(4, {0: 1100}, 1.1, 24)), 2.0, light_rgb=(0.7, 0.8, 1)),
    ],
    "edges": [  # each takes a third of a body; the top but the forehead, as detectors go by faces
        Scene(
            (
                Figure(1, {0: 20}),
                Figure(2, {0: 450}, 0.9, 12, floor_px=280),
                Figure(3, {0: 850}, 0.9, 18, floor_px=560),
                Figure(4, {0: 1260}, 0.9, 6),
            )
        ),
    ],
}
