"""What the user can name as an input, and what a name means."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from vitruvian.errors import MediaError
from vitruvian.inputs.numbered_images import files_of_pattern

# A text of more digits is the name of a file or a folder, such as 20261231.
_MAX_DIGITS_OF_CAMERA = 6


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


Parsed: TypeAlias = Camera | Address | StandardInput | ImageSeries | Path
Input: TypeAlias = str | os.PathLike[str] | int | Parsed


def parse(source: Input) -> Parsed:
    """Return what an input is. What was parsed before is returned as it is.

    A number, also as text, is a camera; a hyphen is standard input; a text with :// is an address.
    A pattern such as frame_%04d.png is a series of images, unless a file has that very name.
    Everything else is a path, and so is an address that starts with file://.

    Raises:
        MediaError: No input can have that name, or no file has a name like the pattern.
    """
    match source:
        case int():
            return _camera(source)
        case str() if re.fullmatch(f"[0-9]{{1,{_MAX_DIGITS_OF_CAMERA}}}", source):
            return _camera(int(source))
        case "-":
            return StandardInput()
        case str() if "://" in source and not source.lower().startswith("file://"):
            return Address(source)
        case str() | os.PathLike():
            path = _path(os.fsdecode(source))
            files = files_of_pattern(path)
            return path if files is None else ImageSeries(path, files)
        case _:
            return source


def check_kind(source: object) -> None:
    """Check that what a caller of Python gave may name an input.

    Raises:
        MediaError: It is neither a text, a path nor a number.
    """
    if isinstance(source, bool) or not isinstance(source, (str, os.PathLike, int)):
        raise MediaError(
            f"The source is a {type(source).__name__}: give a path, the number of a camera or an "
            "address; for an image in memory, call detect()."
        )


def _camera(number: int) -> Camera:
    if 0 <= number < 10**_MAX_DIGITS_OF_CAMERA:
        return Camera(number)
    raise MediaError("Cameras are numbered from 0: give a number that a camera has.")


def _path(text: str) -> Path:
    if not text:
        raise MediaError(
            "The name of an input is empty: give a path, the number of a camera or an address."
        )
    if text.lower().startswith("file://"):
        text = _path_of_address(text)
    try:
        is_possible = b"\0" not in os.fsencode(text)
    except UnicodeEncodeError:
        is_possible = False
    if not is_possible:
        raise MediaError(f"{text!a} has a character that no path can have: give another path.")
    return Path(text)


def _path_of_address(address: str) -> str:
    from urllib.request import url2pathname  # noqa: PLC0415 - slow to load, and rarely needed

    host, slash, path = address[len("file://") :].partition("/")
    if host.lower() not in {"", "localhost"} or not slash:
        raise MediaError(
            f"{address!a} is not the address of a file on this computer: write file:///, "
            "followed by the path."
        )
    return url2pathname(f"/{path}")
