"""The options of `annotate`: each is checked, and converted to what the drawing needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from vitruvian.colors import Rgb, SideColors
from vitruvian.errors import OptionError
from vitruvian.option_values import Number
from vitruvian.printable import shown
from vitruvian.skeleton import PoseLandmark

if TYPE_CHECKING:
    from vitruvian.result import PoseResult

Colors: TypeAlias = Rgb | tuple[Rgb, Rgb, Rgb]
Labels: TypeAlias = Literal["ids"] | Sequence[str]

ALL_LANDMARKS = frozenset(PoseLandmark)

_THICKNESS_PX = Number(1, 1000)


def as_color(name: str, value: object) -> Rgb:
    """Return an RGB colour as three ints, or raise `OptionError`."""
    if _is_rgb(value, ()):
        red, green, blue = np.asarray(value).tolist()
        return (red, green, blue)
    raise OptionError(
        f"{name} is {shown(value)}: give an RGB colour of three whole numbers from 0 to 255."
    )


def as_side_colors(value: object) -> SideColors:
    """Return the colours of the sides from one colour or three, or raise `OptionError`."""
    if _is_rgb(value, ()):
        color = as_color("colors", value)
        return SideColors(color, color, color)
    if _is_rgb(value, (3,)):
        return SideColors(*(as_color("colors", color) for color in value))  # type: ignore[attr-defined]
    raise OptionError(
        f"colors is {shown(value)}: give one RGB colour of three whole numbers from 0 to 255, or "
        "three colours, for the left side, the right side and the middle."
    )


def as_thickness(value: object) -> float | None:
    """Return a width in pixels or None, or raise `OptionError`."""
    return None if value is None else _THICKNESS_PX.check("thickness_px", value)


def as_landmarks(value: object) -> frozenset[int]:
    """Return the indices of landmarks, all for None, or raise `OptionError`."""
    if value is None:
        return ALL_LANDMARKS
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes)):
        chosen = list(value)
        if all(_is_whole(item) and item in ALL_LANDMARKS for item in chosen):
            return frozenset(int(item) for item in chosen)
    raise OptionError(
        f"landmarks is {shown(value)}: give several values of PoseLandmark, or None for all "
        "landmarks."
    )


def as_labels(value: object, result: PoseResult) -> list[str]:
    """Return one text for each person, empty ones for None, or raise `OptionError`."""
    if value is None:
        return [""] * len(result)
    if isinstance(value, str):
        if value == "ids":
            return [str(identity) for identity in result.ids]
    elif isinstance(value, Sequence) and all(isinstance(text, str) for text in value):
        if len(value) == len(result):
            return [*value]
        raise OptionError(
            f"labels has {len(value)} texts, but the result has {len(result)} people: give one "
            "text for each person."
        )
    raise OptionError(
        f'labels is {shown(value)}: give "ids", a list with one text for each person, or None.'
    )


def _is_rgb(value: object, shape: tuple[int, ...]) -> bool:
    """Return whether a value has the shape (*shape, 3) and holds whole numbers from 0 to 255."""
    if not isinstance(value, (Sequence, np.ndarray)):
        return False
    try:
        array = np.asarray(value)
    except ValueError:  # of sequences of different lengths
        return False
    return (
        array.shape == (*shape, 3)
        and array.dtype.kind in "iu"
        and bool(((array >= 0) & (array <= 255)).all())
    )


def _is_whole(value: object) -> bool:
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool)
