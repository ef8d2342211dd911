"""The formats in which a recording can be written.

`WRITERS` is the table of all formats. To write another one, write a file beside this one with a
function `write`, and add a row.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING

from vitruvian.errors import MissingLibraryError, OptionError
from vitruvian.formats import (
    bvh,
    c3d,
    coco,
    csv,
    dlc,
    glb,
    jsonl,
    mot,
    npz,
    openpose,
    parquet,
    rrd,
    trc,
)
from vitruvian.formats.person_files import is_person_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from vitruvian.recorded.blocks import Blocks

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Writer:
    """How a recording is written in one format.

    Attributes:
        ending: what is added to the name of the input: a suffix, or the end of a folder's name.
        write: writes the file of a recording. A path is that of a new file.
        write_folder: writes the files of a recording into an empty folder, with names that begin
            with the given one; None if the format is one file.
        is_file_name: whether a file of that name may be one that `write_folder` wrote, so that a
            new folder may replace it.
        library: the library that it needs, and `extra` what installs it.
        shows_images: whether the file also has the images of `Blocks.images`.
        needs_motion: whether independent images, in which nobody moves, cannot be written.
    """

    ending: str
    write: Callable[[Blocks, Path], None] | None = None
    write_folder: Callable[[Blocks, Path, str], None] | None = None
    is_file_name: Callable[[str], bool] = bool
    library: str = ""
    extra: str = ""
    shows_images: bool = False
    needs_motion: bool = False


def _of_people(name: str, write: Callable[[Blocks, Path, str], None]) -> Writer:
    """Return a format of motion that has a folder with a file for each person."""
    return Writer(
        f"_{name}",
        write_folder=write,
        is_file_name=partial(is_person_name, suffix=f".{name}"),
        needs_motion=True,
    )


WRITERS = {
    "npz": Writer(".npz", npz.write),
    "csv": Writer(".csv", csv.write),
    "parquet": Writer(".parquet", parquet.write, library=parquet.LIBRARY, extra="parquet"),
    "jsonl": Writer(".jsonl", jsonl.write),
    "coco": Writer(".coco.json", coco.write),
    "openpose": Writer("_json", write_folder=openpose.write, is_file_name=openpose.is_file_name),
    "dlc": Writer(".dlc.csv", dlc.write),
    "trc": _of_people("trc", trc.write),
    "mot": _of_people("mot", mot.write),
    "c3d": Writer(".c3d", c3d.write, needs_motion=True),
    "bvh": _of_people("bvh", bvh.write),
    "glb": Writer(".glb", glb.write, needs_motion=True),
    "rrd": Writer(
        ".rrd",
        rrd.write,
        library=rrd.LIBRARY,
        extra="rerun",
        shows_images=True,
        needs_motion=True,
    ),
}
RECORDING = "npz"  # the format that is always written, and loses nothing


def check_libraries(names: Iterable[str]) -> None:
    """Check that the libraries of some formats are installed.

    Raises:
        MissingLibraryError: One is not.
    """
    for name in names:
        writer = WRITERS[name]
        if writer.library and not _is_installed(writer.library):
            raise MissingLibraryError(
                f"The format {name} needs {writer.library}, which is not installed: "
                f'run pip install "vitruvian[{writer.extra}]", or choose another format.'
            )


def of_independent_images(names: Iterable[str], place: str) -> tuple[str, ...]:
    """Return the formats in which independent images can be written. A warning names the others.

    Args:
        names: of formats.
        place: the name of the input, for the warning.
    """
    names = tuple(names)
    left_out = [name for name in names if WRITERS[name].needs_motion]
    if left_out:
        _logger.warning(
            "%s has independent images, in which nobody moves: %s cannot be written.",
            place,
            ", ".join(left_out),
        )
    return tuple(name for name in names if name not in left_out)


def check_images(names: Iterable[str]) -> None:
    """Check that a format shows the images of the video that a user named.

    Raises:
        OptionError: None does.
    """
    if not any(WRITERS[name].shows_images for name in names):
        showing = ", ".join(name for name, writer in WRITERS.items() if writer.shows_images)
        raise OptionError(
            f"A video was given, but only {showing} shows it: choose that format, or leave the "
            "video out."
        )


def _is_installed(library: str) -> bool:
    package = library.partition(".")[0]
    return find_spec(package) is not None and find_spec(library) is not None
