"""Images whose names differ in one number, which can be the frames of one video."""

from __future__ import annotations

import os
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from vitruvian.errors import MediaError
from vitruvian.inputs.suffixes import is_image_name
from vitruvian.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# As in printf and FFmpeg: %d is any number, and %04d a number of at least four digits.
_PLACEHOLDER = re.compile(r"%(?:0([1-9][0-9]?))?d")


class _Numbered(NamedTuple):
    """A file's name, of which one number is seen as the number of a frame."""

    folder: Path
    before: str
    after: str


def files_of_pattern(path: Path) -> tuple[Path, ...] | None:
    """Return the files whose names a pattern such as frame_%04d.png describes.

    Returns:
        The files in the order of their numbers. None if it is not the name of an image with exactly
        one placeholder, or if a file has that very name.

    Raises:
        MediaError: No file has such a name, or the folder cannot be read.
    """
    placeholders = [*_PLACEHOLDER.finditer(path.name)]
    if not is_image_name(path.name) or len(placeholders) != 1 or os.path.lexists(path):
        return None
    ((start, end), digits) = placeholders[0].span(), placeholders[0][1] or 1
    before, after = map(re.escape, (path.name[:start], path.name[end:]))
    name = re.compile(f"{before}([0-9]{{{digits},}}){after}")
    try:
        found = [(name.fullmatch(file.name), file) for file in path.parent.iterdir()]
    except OSError as error:
        raise MediaError(
            f"{printable(path)} cannot be read ({error.strerror}): check the path of the folder."
        ) from error
    numbered = sorted((int(match[1]), file) for match, file in found if match)
    if not numbered:
        raise MediaError(f"{printable(path)} is the name of no file: check the pattern.")
    return tuple(file for _, file in numbered)


def grouped(files: Iterable[Path]) -> dict[Path, tuple[Path, ...]]:
    """Group the images of one folder whose names differ in one number only.

    If names contain several numbers, as in camera1_0001.png, the number of a frame is the one that
    makes the larger group.

    Args:
        files: The files, in any order.

    Returns:
        By the pattern of their names, at least two images in the order of their numbers; by its own
        path, each of the other files. The order is that of the first file of each group.
    """
    files = [*files]
    sizes = Counter(name for file in files for name, _ in _numbers(file))
    groups: dict[_Numbered | Path, list[tuple[str, Path]]] = {}
    for file in files:
        # Of two groups of the same size, the first is that of the last number in the name.
        name, number = max(_numbers(file), key=lambda item: sizes[item[0]], default=(file, ""))
        groups.setdefault(name, []).append((number, file))
    return dict(
        _named_group(name, members) if isinstance(name, _Numbered) else (name, (name,))
        for name, members in groups.items()
    )


def _numbers(file: Path) -> Iterator[tuple[_Numbered, str]]:
    """Yield each number in an image's name, the last one first, with what is around it."""
    if is_image_name(file.name):
        for found in reversed([*re.finditer("[0-9]+", file.stem)]):
            name = _Numbered(file.parent, file.name[: found.start()], file.name[found.end() :])
            yield name, found[0]


def _named_group(name: _Numbered, members: list[tuple[str, Path]]) -> tuple[Path, tuple[Path, ...]]:
    if len(members) == 1:
        ((_, file),) = members
        return file, (file,)
    least, *_, most = sorted(len(number) for number, _ in members)
    digits = f"0{most}" if least == most > 1 else ""
    in_order = sorted((int(number), file) for number, file in members)
    pattern = name.folder / f"{name.before}%{digits}d{name.after}"
    return pattern, tuple(file for _, file in in_order)
