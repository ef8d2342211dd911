"""Short clips of several people with ground truth, generated from the sample video.

The mannequin is segmented in the sample by its difference from the empty room, and is drawn several
times into a wide image of that room. Nothing is random.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from tests.support.sample import TRUTH, frames

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from vitruvian.types import Float64, Image

FRAME_RATE = 30.0
SIZE_PX = (1280, 480)
MIN_VISIBLE = 0.3  # a tracker need not find a figure with a smaller visible fraction

_PERIOD = 30  # frames of one jump in the sample, after which the motion repeats
_FEET_PX = (320, 430)  # where the mannequin stands in the sample
_REACH_PX = slice(150, 490)  # the columns that its hands reach
_MARGIN_PX = 20  # columns on either side of these, from which the background is interpolated
_DIFFERENCE = 28  # above the noise and the shadow on the wall, below the contrast of an arm
_PILLAR_RGB = (150, 128, 112)
_PILLAR = 255  # the pillar's value where pixels hold the id of a figure


@dataclass(frozen=True)
class Truth:
    """The ground truth of one frame.

    Attributes:
        ids: (N,) int from 1.
        keypoints_px: (N, 33, 2) the landmarks in pixels, including those outside the image.
        visible: (N, 33) bool: the landmark is inside the image, and not occluded by another figure
            or the pillar.
        visible_fraction: (N,) the fraction of the figure's pixels that are inside the image and not
            occluded.
    """

    ids: NDArray[np.int64]
    keypoints_px: Float64
    visible: NDArray[np.bool_]
    visible_fraction: Float64

    @property
    def boxes_px(self) -> Float64:
        """(N, 4) x_min, y_min, x_max, y_max of the visible landmarks; NaN if there are none."""
        points = np.where(self.visible[..., np.newaxis], self.keypoints_px, np.nan)
        limits = np.fmin.reduce(points, axis=1), np.fmax.reduce(points, axis=1)
        return np.concatenate(limits, axis=1)


@dataclass(frozen=True)
class Figure:
    """A mannequin that does jumping jacks while it moves along a path.

    Attributes:
        id: from 1.
        path: time in seconds → x of the feet in pixels; linear in between.
        scale: size relative to the sample, in which the mannequin is 310 px tall.
        phase: the frame of the sample with which the figure begins.
        floor_px: y of the feet in pixels.
    """

    id: int
    path: dict[float, float]
    scale: float = 1.0
    phase: int = 0
    floor_px: float = 440.0

    def room_from_sample(self, time_s: float) -> Float64:
        """Return the matrix, (2, 3), from pixels of the sample to pixels of the room."""
        x_px = np.interp(time_s, list(self.path), list(self.path.values()))
        shift_px = np.subtract((x_px, self.floor_px), np.multiply(self.scale, _FEET_PX))
        return np.column_stack((self.scale * np.eye(2), shift_px))


@dataclass(frozen=True)
class Scene:
    """Figures in a room. Iterating gives each frame, (H, W, 3) uint8 RGB, with its ground truth.

    Attributes:
        figures: the farthest first; a nearer figure occludes those behind it.
        duration_s: in seconds.
        pillar_px: the left and right edge of a pillar in front of all figures.
        light_rgb: factors by which the room's colours are multiplied.
    """

    figures: tuple[Figure, ...]
    duration_s: float = 4.0
    pillar_px: tuple[int, int] = (0, 0)
    light_rgb: tuple[float, float, float] = (1.0, 1.0, 1.0)

    def __iter__(self) -> Iterator[tuple[Image, Truth]]:
        room = (cv2.resize(_empty_room(), SIZE_PX) * self.light_rgb).clip(0, 255).astype(np.uint8)
        for index in range(round(self.duration_s * FRAME_RATE)):
            yield self._frame(room.copy(), index)

    def _frame(self, image: Image, index: int) -> tuple[Image, Truth]:
        """Draw the figures and the pillar into the image, and return it with its ground truth."""
        owners = np.zeros(image.shape[:2], np.uint8)  # the id of each pixel's figure; 0 is the room
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
            keypoints_px=np.array(keypoints),
            visible=(pixels == inside).all(axis=2) & ((owner == ids[:, np.newaxis]) | (owner == 0)),
            visible_fraction=np.bincount(owners.ravel(), minlength=_PILLAR)[ids] / areas,
        )


@cache
def _empty_room() -> Image:
    """Return the sample's room: the columns of the mannequin are interpolated from both sides."""
    room = np.median(frames()[::4], axis=0)
    left, right = (
        room[:, end - _MARGIN_PX : end].mean(axis=1, keepdims=True)
        for end in (_REACH_PX.start, _REACH_PX.stop + _MARGIN_PX)
    )
    weight = np.linspace(0, 1, _REACH_PX.stop - _REACH_PX.start)[:, np.newaxis]
    room[:, _REACH_PX] = left * (1 - weight) + right * weight
    return room.astype(np.uint8)


@cache
def _mannequin() -> list[tuple[Image, Float64]]:
    """Return for each frame of a jump the mannequin, RGBA, and its landmarks, (33, 2) in pixels."""
    truth = np.array(json.loads(TRUTH.read_text())["landmarks_px"])
    return [
        (np.dstack((image, _alpha(image))), landmarks)
        for image, landmarks in zip(frames(_PERIOD), truth, strict=False)
    ]


def _alpha(image: Image) -> Image:
    """Return the largest component that differs from the empty room, without holes and threads."""
    differs = (cv2.absdiff(image, _empty_room()).max(axis=2) > _DIFFERENCE).astype(np.uint8)
    differs = cv2.morphologyEx(differs, cv2.MORPH_OPEN, np.ones((3, 3)))
    differs = cv2.morphologyEx(differs, cv2.MORPH_CLOSE, np.ones((9, 9)))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(differs)
    largest = 1 + np.argmax(stats[1:, cv2.CC_STAT_AREA])
    return np.where(labels == largest, 255, 0).astype(np.uint8)


def row(count: int) -> Scene:
    """Return at most five people side by side, each in another phase of the jump."""
    positions_px = np.linspace(130, 1150, 5)[:count]
    figures = (Figure(i + 1, {0: x_px}, 0.9, 6 * i) for i, x_px in enumerate(positions_px))
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
    "leaving": [  # the second person is out of the image for a second
        Scene((Figure(1, {0: 300}), Figure(2, {0: 950, 1.4: 1330, 2: 1330, 3.4: 950}, 0.9, 9))),
    ],
    "pillar": [  # it occludes the second person for a second and a half
        Scene((Figure(1, {0: 1120}), Figure(2, {0: 250, 5: 850}, 0.8, 9)), 5.0, (400, 620)),
    ],
    "row": [row(5)],
    "scene cut": [
        Scene((Figure(1, {0: 300}), Figure(2, {0: 900}, 0.9, 15)), 2.0),
        Scene((Figure(3, {0: 560}), Figure(4, {0: 1100}, 1.1, 24)), 2.0, light_rgb=(0.7, 0.8, 1)),
    ],
    # Each edge of the image cuts off a third of a body. The upper edge cuts off only the forehead,
    # because the detector relies on faces.
    "edges": [
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
