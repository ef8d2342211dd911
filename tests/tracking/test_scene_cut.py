from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import PIL.Image

from vitruvian.tracking.scene_cut import SceneCutDetector

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vitruvian.types import Image

RANDOM = np.random.default_rng(0)


def background() -> Image:
    """Return a random background that is two images wide."""
    coarse = PIL.Image.fromarray(RANDOM.integers(0, 256, (4, 12, 3), np.uint8))
    return np.asarray(coarse.resize((640, 180), PIL.Image.Resampling.BICUBIC))


ROOM, GARDEN, STREET = (background() for _ in range(3))
BLACK = np.zeros((180, 320, 3), np.uint8)


def view(place: Image, x_px: int = 0) -> Image:
    """Return a noisy image of the part of the background that begins at x."""
    noise = RANDOM.integers(0, 4, (180, 320, 3), np.uint8)
    return np.asarray(place[:, x_px : x_px + 320] // 2 + 40 + noise, np.uint8)


def cuts(frames: Iterable[Image]) -> list[int]:
    """Return the indices of the frames at which another scene begins."""
    is_cut = SceneCutDetector()
    return [index for index, frame in enumerate(frames) if is_cut(frame)]


def shot(place: Image, frames: int) -> list[Image]:
    return [view(place) for _ in range(frames)]


def test_a_scene_cut_is_detected() -> None:
    assert cuts(shot(ROOM, 10) + shot(GARDEN, 10)) == [10]


def test_both_cuts_of_a_short_shot_are_detected() -> None:
    for count in (1, 2, 3):
        frames = shot(ROOM, 10) + shot(GARDEN, count) + shot(STREET, 10)
        assert cuts(frames) == [10, 10 + count]


def test_a_cut_after_the_first_frame_is_detected() -> None:
    assert cuts([BLACK, *shot(ROOM, 5)]) == [1]


def test_a_black_frame_is_another_scene() -> None:
    assert cuts([*shot(ROOM, 10), BLACK, *shot(ROOM, 10)]) == [10, 11]


def test_a_pan_is_not_a_cut_even_if_frames_are_repeated() -> None:
    speeds_px = [*[0] * 6, *range(4, 30, 4), *[30] * 6]
    pan = [view(ROOM, x_px) for x_px in np.cumsum(speeds_px)]
    assert cuts(pan) == []
    for repeats in (2, 3):
        assert cuts(frame for frame in pan for _ in range(repeats)) == []
    assert cuts(frame for index, frame in enumerate(pan) for _ in range(1 + (index % 5 == 4))) == []


def test_a_slow_change_of_light_is_not_a_cut() -> None:
    room = view(ROOM)
    assert cuts((room * light).astype(np.uint8) for light in np.linspace(1, 0.1, 60)) == []
