"""A recording in other formats, which needs neither model nor engine."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from vitruvian.analysis.options import RoomOptions
from vitruvian.errors import OptionError
from vitruvian.formats.exports import export_path, exported
from vitruvian.formats.recordings import open_recording
from vitruvian.formats.writers import check_images, check_libraries
from vitruvian.printable import printable
from vitruvian.recorded.spool import kept_in
from vitruvian.replay import with_images_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vitruvian.recorded.blocks import Blocks

_NOTHING_KNOWN = RoomOptions()


def convert(
    result: Path,
    folder: Path,
    formats: Sequence[str],
    room: RoomOptions = _NOTHING_KNOWN,
    video: str | None = None,
) -> list[Path]:
    """Write a recording in some formats, and return the paths of the files.

    All files are complete before the first one appears.

    Args:
        result: The file of a recording, in the format npz, jsonl or parquet.
        folder: Where the files go. Their names are that of `result`, with other endings.
        formats: Names in `WRITERS`.
        room: What is known of people and camera, and not yet by the recording.
        video: The input of which the recording was made, for formats that show its images; None to
            leave them out.

    Raises:
        RecordingError: `result` is no recording, is damaged, or is that of another video.
        OptionError: A file would overwrite `result`, or no format shows images.
        MediaError: The video cannot be read.
        MissingLibraryError: A library is not installed.
        OutputError: A file cannot be written.
    """
    blocks = open_recording(result)
    blocks = blocks.with_header(room.added_to(blocks.header))
    if video is not None:
        check_images(formats)
        blocks = with_images_of(blocks, str(result), video)
    return write_formats(blocks, result, folder / result.stem, formats)


def write_formats(blocks: Blocks, result: Path, output: Path, formats: Sequence[str]) -> list[Path]:
    """Write what was made of a recording in some formats, and return the paths of the files.

    Args:
        blocks: What is written. It is computed once.
        result: The file of the recording of which it was made, and which is not overwritten.
        output: The path of the files without their endings.
        formats: Names in `WRITERS`.

    Raises:
        As `convert`.
    """
    check_libraries(formats)
    for name in formats:
        path = export_path(output, name)
        if path.exists() and path.samefile(result):
            raise OptionError(
                f"The format {name} would overwrite {printable(result)}: choose another output "
                "folder or format."
            )
    # Some formats are written in several passes.
    with kept_in(output.parent, blocks) as kept, ExitStack() as files:
        shown = replace(kept, images=blocks.images)
        return [files.enter_context(exported(shown, output, name)) for name in formats]
