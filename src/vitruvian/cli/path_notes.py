"""What was assumed of people and camera, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitruvian.analysis.path import ASSUMED_FOV_DEG
from vitruvian.analysis.path_table import FOV_STD, HEIGHT_STD, PROPORTIONS_STD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vitruvian.analysis.path import Paths, PersonPath

_MOST_IDS = 10


def path_notes(paths: Paths) -> Iterator[str]:
    """Yield what was assumed, and how far positions may be off because of it."""
    if not paths.people:
        yield "Nobody is in the recording, so the table has no rows."
        return
    yield from _notes_of_height(paths)
    yield _note_of_fov(paths)
    yield "The camera is assumed to be level and still: a tilt or a motion of it is not noticed."
    lost = [path for path in paths.people if not path.is_placed.any()]
    if lost:
        yield f"{_named(lost)} cannot be placed, because too few landmarks are in the image."


def _notes_of_height(paths: Paths) -> Iterator[str]:
    height_m = paths.options.height_m
    if height_m is None:
        yield (
            "The height is not known, so people have the size that the model expects: all "
            f"positions may be {_percent(HEIGHT_STD)} off. Give --height."
        )
        return
    unscaled = [path for path in paths.people if not path.is_scaled]
    if len(unscaled) < len(paths.people):
        yield (
            f"{_named([path for path in paths.people if path.is_scaled])}: {height_m:g} m tall. "
            "With other proportions than the model expects, positions may be "
            f"{_percent(PROPORTIONS_STD)} off."
        )
    if unscaled:
        yield (
            f"{_named(unscaled)}: never seen from ear to heel, so the height is not used, and "
            f"positions may be {_percent(HEIGHT_STD)} off."
        )


def _note_of_fov(paths: Paths) -> str:
    fov_deg = paths.options.fov_deg
    if fov_deg is not None:
        return f"The camera has a horizontal field of view of {fov_deg:g}°."
    return (
        f"The horizontal field of view is not known, so {ASSUMED_FOV_DEG:g}° are assumed: the "
        f"distance z_m may be {_percent(FOV_STD)} off. Give --fov."
    )


def _percent(part: float) -> str:
    return f"{100 * part:.0f} %"


def _named(paths: Sequence[PersonPath]) -> str:
    """Return "Person 3", "Persons 1, 4", or "12 persons"."""
    if len(paths) > _MOST_IDS:
        return f"{len(paths)} persons"
    ids = ", ".join(str(path.id) for path in paths)
    return f"Person{'s' * (len(paths) > 1)} {ids}"
