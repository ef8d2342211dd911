"""The names of output files: one for each input of a run, and never two the same."""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from itertools import count
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

# File systems permit 255 bytes or characters in a name. The longest ending is added to ours.
MAX_NAME_BYTES = 255 - len("_000000000000_keypoints.json")
_MAX_SUFFIX = 20
_HERE = PurePath()


class _Way(NamedTuple):
    """How a name is told from others: by the input's suffix, and by folders above the input."""

    keeps_suffix: bool = False
    folders: int = 0


_PLAIN, _WITH_SUFFIX = _Way(), _Way(keeps_suffix=True)


@dataclass(frozen=True, slots=True)
class InputName:
    """The parts of an input's name from which the name of its output files is made.

    Attributes:
        stem: The name without folders and without a suffix.
        suffix: The suffix, such as ".mov".
        below: The folder of the output files, below the output folder.
        folders: The folders that contain the input, the innermost last.
    """

    stem: str
    suffix: str = ""
    below: PurePath = _HERE
    folders: tuple[str, ...] = ()

    def output(self, way: _Way, number: str = "") -> PurePath:
        """Return the name of the output files without an ending, below the output folder."""
        end = number + (self.suffix[:_MAX_SUFFIX] if way.keeps_suffix else "")
        folders = self.folders[max(len(self.folders) - way.folders, 0) :]
        return PurePath(*folders) / self.below / (_shortened(self.stem, end) + end)


def output_names(inputs: Sequence[InputName]) -> list[PurePath]:
    """Return a name for the output files of each input, without an ending.

    Inputs that would share a name keep their suffixes, as in IMG_1.jpg and IMG_1.mov. If that is
    not enough, the folders above them are added, as in camera1/video and camera2/video, and at last
    a number. Names also count as shared if they differ only in case or in Unicode's normal form,
    because they are the same on some file systems.
    """
    keys = [_key(name.output(_PLAIN)) for name in inputs]
    sharing: dict[str, list[InputName]] = defaultdict(list)
    for key, name in zip(keys, inputs, strict=True):
        sharing[key].append(name)
    ways = {key: _telling_way(group) for key, group in sharing.items()}
    chosen = [(name, ways[key]) for key, name in zip(keys, inputs, strict=True)]
    taken = {_key(name.output(way)) for name, way in chosen}
    outputs: dict[str, PurePath] = {}
    for name, way in chosen:
        output = name.output(way)
        if _key(output) in outputs:
            numbered = (name.output(way, f"-{number}") for number in count(2))
            output = next(free for free in numbered if _key(free) not in taken)
        outputs[_key(output)] = output
        taken.add(_key(output))
    return [*outputs.values()]


def _telling_way(group: Sequence[InputName]) -> _Way:
    """Return the first way that gives each input of a group a name of its own.

    If there is none, the inputs keep their suffixes.
    """
    depths = range(1, 1 + max(len(name.folders) for name in group))
    further = (_Way(keeps, depth) for keeps in (False, True) for depth in depths)
    for way in (_PLAIN, _WITH_SUFFIX, *further):
        if len({_key(name.output(way)) for name in group}) == len(group):
            return way
    return _WITH_SUFFIX


def _key(output: PurePath) -> str:
    """Return what is equal for names that are the same on some file system."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", str(output)).casefold())


def _shortened(stem: str, end: str) -> str:
    """Return as much of a name as fits before its end. No character is cut."""
    permitted = MAX_NAME_BYTES - len(os.fsencode(end))
    length = min(len(stem), permitted)
    while len(os.fsencode(stem[:length])) > permitted:
        length -= 1
    while 0 < length < len(stem) and unicodedata.combining(stem[length]):
        length -= 1  # an accent stays with its letter
    return stem[:length]
