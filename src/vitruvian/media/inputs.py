"""What the user can name as an input: a file, a folder, a camera or an address."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from vitruvian.errors import MediaError

if TYPE_CHECKING:
    from collections.abc import Iterable

Input: TypeAlias = str | os.PathLike[str] | int

# File names with the suffix of an image or a video, except those that start with a dot.
_MEDIA_NAME = re.compile(
    r"[^.].*\.(avif|bmp|gif|heic|jp2|jpe?g|pgm|png|ppm|tiff?|webp|"
    r"3gp|avi|flv|m2ts|m4v|mkv|mov|mp4|mpe?g|mts|ogv|ts|webm|wmv)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera of this computer, numbered from 0."""

    number: int


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a stream or of a file on a server, such as rtsp://... or https://..."""

    url: str


@dataclass(frozen=True, slots=True)
class StandardInput:
    """The program's standard input, which the user names with a hyphen."""


@dataclass(frozen=True, slots=True)
class ImageSeries:
    """Numbered images that are the frames of one video, in order.

    Attributes:
        pattern: The name of the series for messages and output files, such as
            frames/frame_%04d.png.
        files: The images.
    """

    pattern: Path
    files: tuple[Path, ...]


def parse(source: Input) -> Camera | Address | StandardInput | ImageSeries | Path:
    """Return what an input is: an integer or a string of digits is a camera."""
    if isinstance(source, int) or (isinstance(source, str) and source.isdecimal()):
        return Camera(int(source))
    if isinstance(source, str) and "://" in source:
        return Address(source)
    return Path(source)


def display_name(source: Input) -> str:
    """Return the name of an input for messages, without the passwords and keys of an address."""
    match parse(source):
        case Camera(number):
            return f"camera {number}"
        case Address(url):
            scheme, _, rest = re.split("[?#]", url, maxsplit=1)[0].partition("://")
            # A password may contain slashes, so only what follows the last @ is certain to be none.
            return f"{scheme}://{rest.rpartition('@')[2]}"
        case path:
            return str(path)


def stem(source: Input) -> str:
    """Return the name of an input for the names of its output files, which add a suffix to it."""
    match parse(source):
        case Camera(number):
            return f"camera{number}"
        case Address():
            return re.sub(r"\W+", "_", display_name(source).partition("://")[2]).strip("_")
        case path:
            return path.stem


def expand(inputs: Iterable[str | os.PathLike[str]]) -> list[str | os.PathLike[str]]:
    """Replace each folder by the images and videos in it, in natural order: 2.jpg before 10.jpg.

    In a folder, the suffix decides which files are images and videos, so that a damaged file is
    reported when it is opened, not skipped silently. Subfolders and files whose name starts with a
    dot are skipped.

    Raises:
        MediaError: A folder cannot be read, or contains no images or videos.
    """
    expanded: list[str | os.PathLike[str]] = []
    for item in inputs:
        path = Path(item)
        expanded += _media_files(path) if path.is_dir() else [item]
    return expanded


def _media_files(folder: Path) -> list[Path]:
    try:
        files = [p for p in folder.iterdir() if _MEDIA_NAME.fullmatch(p.name) and p.is_file()]
    except OSError as error:
        raise MediaError(
            f"{folder} cannot be read ({error.strerror}): check your permission to read it."
        ) from error
    if not files:
        raise MediaError(f"{folder} contains no images or videos: give another folder.")
    return sorted(files, key=_natural_order)


def _natural_order(path: Path) -> list[str | int]:
    # Text and numbers alternate, so that text is only compared with text, numbers with numbers.
    parts = re.split(r"(\d+)", path.name.lower())
    return [int(part) if part.isdecimal() else part for part in parts]
