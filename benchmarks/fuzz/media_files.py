"""Makes the images and videos that are tried: damaged, hostile, and a few valid ones."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .bombs import bomb
from .fields import repaired, set_field
from .large import large_image
from .mutations import damage
from .playlists import playlist

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from .place import Place

_PATTERNS = ("fuzzed%d", "fuzzed%03d", "fuzzed*")  # FFmpeg's names for series of images
_SUFFIXES = (".mp4", ".mov", ".avi", ".mkv", ".ts", ".jpg", ".png", ".gif", ".heic", ".bin", "")


@dataclass(frozen=True)
class MediaFile:
    """A file that is tried.

    Attributes:
        name: what it was made of.
        suffix: the suffix that fits its content.
        content: its bytes.
        frames: the number of frames that it has, None if it need not be readable.
        is_small: whether its frames are as small as those of the valid files.
    """

    name: str
    suffix: str
    content: bytes
    frames: int | None = None
    is_small: bool = False


def write(rng: Random, place: Place) -> tuple[Path, MediaFile]:
    """Write a file in place of the previous one, and note what it is."""
    way = rng.choices([*_WAYS], [weight for weight, _ in _WAYS.values()])[0]
    made = _WAYS[way][1](rng, place)
    stem, suffix = "fuzzed", made.suffix
    if made.frames is None and rng.random() < 0.1:
        suffix = rng.choice(_SUFFIXES)
    if made.frames is None and rng.random() < 0.02:
        stem = rng.choice(_PATTERNS)
    for path in place.inputs.glob("fuzzed*"):
        path.unlink()
    path = place.inputs / f"{stem}{suffix}"
    path.write_bytes(made.content)
    if way == "playlist" or stem in _PATTERNS:
        for other in (f"fuzzed1{suffix}", f"fuzzed001{suffix}", "fuzzed.sub"):
            shutil.copy(place.seeds / "1" / "png.png", place.inputs / other)
    place.note(f"{way} {made.name} as {path.name}")
    return path, made


def seed(rng: Random, place: Place) -> MediaFile:
    """Return one of the small valid files."""
    path = rng.choice(sorted(place.seeds.glob("*/*")))
    return MediaFile(path.name, path.suffix, path.read_bytes(), int(path.parent.name), True)


def _name_of_other(rng: Random, place: Place) -> str:
    """Return a name, as a playlist may write it, of a file that must not be opened."""
    path = place.other
    return rng.choice(
        (f"../{path.parent.name}/{path.name}", str(path), f"file:{path}", f"file://{path}")
    )


def _large(rng: Random, _place: Place) -> MediaFile:
    suffix, content = large_image(rng)
    return MediaFile(suffix, suffix, content, 1)


def _fields(rng: Random, place: Place) -> MediaFile:
    made = seed(rng, place)
    content = made.content
    for _ in range(rng.choice((1, 1, 2, 4))):
        content = repaired(set_field(content, rng))
    return MediaFile(made.name, made.suffix, content)


def _bytes(rng: Random, place: Place) -> MediaFile:
    return replace(_damaged(seed(rng, place), rng), is_small=True)


def _fields_and_bytes(rng: Random, place: Place) -> MediaFile:
    return _damaged(_fields(rng, place), rng)


def _damaged(made: MediaFile, rng: Random) -> MediaFile:
    content = damage(made.content, rng, rng.choice((1, 1, 2, 3, 6)))
    return MediaFile(made.name, made.suffix, repaired(content) if rng.random() < 0.5 else content)


def _splice(rng: Random, place: Place) -> MediaFile:
    """Join the start of a file and the end of another."""
    head, tail = seed(rng, place), seed(rng, place)
    content = head.content[: rng.randint(0, len(head.content))]
    content += tail.content[rng.randint(0, len(tail.content)) :]
    return MediaFile(f"{head.name} and {tail.name}", head.suffix, content)


def _bomb(rng: Random, _place: Place) -> MediaFile:
    suffix, content = bomb(rng)
    return MediaFile(suffix, suffix, content)


def _playlist(rng: Random, place: Place) -> MediaFile:
    suffix, content = playlist(_name_of_other(rng, place), rng)
    return MediaFile(suffix, suffix, content)


# How a file is made, and how often.
_WAYS: dict[str, tuple[float, Callable[[Random, Place], MediaFile]]] = {
    "valid": (3.0, seed),
    "large": (0.4, _large),
    "fields": (30.0, _fields),
    "bytes": (35.0, _bytes),
    "fields and bytes": (10.0, _fields_and_bytes),
    "splice": (7.0, _splice),
    "bomb": (8.0, _bomb),
    "playlist": (7.0, _playlist),
}
