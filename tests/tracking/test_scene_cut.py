"""Which frames begin another scene, and which do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vitruvian.tracking.scene_cut import SceneCutDetector

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vitruvian.types import Image

RANDOM = np.random.default_rng(0)


def place() -> Image:
    """Return a scene that is two images wide."""
    coarse = RANDOM.integers(0, 256, (4, 12, 3), np.uint8)
    return np.asarray(cv2.resize(coarse, (640, 180), interpolation=cv2.INTER_CUBIC), np.uint8)


ROOM, GARDEN, STREET = (place() for _ in range(3))
BLACK = np.zeros((180, 320, 3), np.uint8)


def seen_from(somewhere: Image, x_px: int = 0) -> Image:
    noise = RANDOM.integers(0, 4, (180, 320, 3), np.uint8)
    return np.asarray(somewhere[:, x_px : x_px + 320] // 2 + 40 + noise, np.uint8)


def cuts(frames: Iterable[Image]) -> list[int]:
    is_cut = SceneCutDetector()
    return [index for index, frame in enumerate(frames) if is_cut(frame)]


def shot(somewhere: Image, frames: int) -> list[Image]:
    return [seen_from(somewhere) for _ in range(frames)]


def test_a_scene_cut() -> None:
    assert cuts(shot(ROOM, 10) + shot(GARDEN, 10)) == [10]


def test_short_shots() -> None:
    for frames in (1, 2, 3):
        film = shot(ROOM, 10) + shot(GARDEN, frames) + shot(STREET, 10)
        assert cuts(film) == [10, 10 + frames]


def test_a_cut_after_the_first_frame() -> None:
    assert cuts([BLACK, *shot(ROOM, 5)]) == [1]


def test_a_black_frame_is_another_scene() -> None:
    assert cuts([*shot(ROOM, 10), BLACK, *shot(ROOM, 10)]) == [10, 11]


def test_a_pan_is_none_though_frames_come_more_than_once() -> None:
    speeds_px = [*[0] * 6, *range(4, 30, 4), *[30] * 6]
    pan = [seen_from(ROOM, x_px) for x_px in np.cumsum(speeds_px)]
    assert cuts(pan) == []
    for times in (2, 3):
        assert cuts(frame for frame in pan for _ in range(times)) == []
    assert cuts(frame for index, frame in enumerate(pan) for _ in range(1 + (index % 5 == 4))) == []


def test_a_change_of_light_that_takes_its_time_is_none() -> None:
    room = seen_from(ROOM)
    assert cuts((room * light).astype(np.uint8) for light in np.linspace(1, 0.1, 60)) == []
