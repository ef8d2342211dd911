"""The manifest of an input: which files belong to it, and of what they were made.

It is written last, so that an input with a manifest is finished. What it says is compared with what
is there; if anything differs, the input runs again.
"""

from __future__ import annotations

import json
import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from vitruvian.errors import MediaError
from vitruvian.files import output_errors, write_bytes
from vitruvian.inputs.parsing import ImageSeries
from vitruvian.provenance import content_sha256
from vitruvian.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vitruvian.inputs.parsing import Parsed
    from vitruvian.jobs.settings import Settings

ENDING = ".vitruvian.json"


def write(
    output: Path, source: Parsed, sha256: str | None, settings: Settings, files: Iterable[Path]
) -> Path:
    """Write the manifest of an input, and return its path.

    Args:
        output: the path of the input's files without their endings.
        source: the input.
        sha256: of the input's bytes, as in the header of its recording.
        settings: what the run did with the input.
        files: all files and folders that were written.

    Raises:
        OutputError: It cannot be written.
    """
    path = Path(f"{output}{ENDING}")
    with output_errors(path):
        sizes_bytes = {
            file.relative_to(output.parent).as_posix(): _size_bytes(file) for file in files
        }
    content = {**_identity(source, sha256, settings), "files": sizes_bytes}
    write_bytes(path, json.dumps(content, indent=1).encode() + b"\n")
    return path


def remove(output: Path) -> None:
    """Remove the manifest, if there is one, before files that it describes are replaced.

    Raises:
        OutputError: It cannot be removed.
    """
    path = Path(f"{output}{ENDING}")
    with output_errors(path):
        path.unlink(missing_ok=True)


def finished_files(output: Path, source: Parsed, settings: Settings) -> tuple[Path, ...] | None:
    """Return the files of an input that an earlier run has finished; None if it must run.

    Args:
        output: the path of the input's files without their endings.
        source: the input, all of whose bytes are read.
        settings: what the run would do with the input.
    """
    path = Path(f"{output}{ENDING}")
    try:
        content = json.loads(path.read_bytes())
        if not isinstance(content, dict) or not isinstance(content.get("files"), dict):
            return None
        sizes_bytes = content.pop("files")
        files = {name: path.parent / PurePosixPath(name) for name in sizes_bytes}
        if {name: _size_bytes(file) for name, file in files.items()} != sizes_bytes:
            return None
        sha256 = content_sha256(source)
    except (OSError, ValueError, RecursionError, MediaError):
        return None  # running it again says what is wrong with the input or with the folder
    if sha256 is None or content != _identity(source, sha256, settings):
        return None
    return (*files.values(), path)


def _identity(source: Parsed, sha256: str | None, settings: Settings) -> dict[str, Any]:
    identity = {"version": __version__, "input_sha256": sha256, "options_sha256": settings.sha256()}
    if isinstance(source, ImageSeries):  # the names of photographs are part of their recording
        names = (os.path.relpath(file, source.pattern) for file in source.files)
        return {**identity, "images": [Path(name).as_posix() for name in names]}
    return identity


def _size_bytes(path: Path) -> int:
    """Return the size of a file, or of all files in a folder."""
    if path.is_dir():
        return sum(file.stat().st_size for file in path.iterdir())
    return path.stat().st_size
