"""A recording as the file, or the folder of files, of one format."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from vitruvian.errors import OptionError
from vitruvian.files import folder_written_aside, output_errors, written_aside
from vitruvian.formats.writers import WRITERS
from vitruvian.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vitruvian.recorded.blocks import Blocks


def export_path(output: Path, name: str) -> Path:
    """Return the path of the file or folder of a format, from that without its ending."""
    return Path(f"{output}{WRITERS[name].ending}")


def split_path(path: Path) -> tuple[Path, str]:
    """Return a path without the ending of its format, and the name of the format.

    Raises:
        OptionError: No format has such an ending.
    """
    # Of .csv and .dlc.csv, the longer one is meant.
    by_length = sorted(WRITERS.items(), key=lambda item: -len(item[1].ending))
    for name, writer in by_length:
        if path.name.endswith(writer.ending) and path.name != writer.ending:
            return path.with_name(path.name.removesuffix(writer.ending)), name
    raise OptionError(
        f"{printable(path)} has the ending of no format: give "
        f"{', '.join(writer.ending for writer in WRITERS.values())}."
    )


@contextmanager
def exported(blocks: Blocks, output: Path, name: str) -> Iterator[Path]:
    """Write a recording in one format, and yield its path. There it appears at the block's end.

    Args:
        blocks: the recording.
        output: the path of the file without its ending.
        name: of a format in `WRITERS`.

    Raises:
        OutputError: It cannot be written.
        MissingLibraryError: A library is not installed.
    """
    writer, path = WRITERS[name], export_path(output, name)
    if writer.write is not None:
        with written_aside(path) as aside:
            with output_errors(path):
                writer.write(blocks, aside)
            yield path
    elif writer.write_folder is not None:
        with folder_written_aside(path, writer.is_file_name) as aside:
            with output_errors(path):
                writer.write_folder(blocks, aside, output.name)
            yield path
