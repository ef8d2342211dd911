"""A recording drawn on its video or its photographs, which needs neither model nor engine."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from vitruvian.errors import OptionError, RecordingError
from vitruvian.formats.recordings import open_recording
from vitruvian.inputs.folders import is_folder
from vitruvian.inputs.names import display_name
from vitruvian.inputs.parsing import parse
from vitruvian.jobs.drawing import Drawing, draw_function
from vitruvian.jobs.drawn_files import DrawnFiles
from vitruvian.jobs.photographs import photographs_of
from vitruvian.jobs.progress import progress_bar
from vitruvian.media.opening import open_source
from vitruvian.pipeline import ahead
from vitruvian.printable import printable
from vitruvian.provenance import input_options_of
from vitruvian.replay import check_input, matched

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.jobs.photographs import Photographs
    from vitruvian.recorded.blocks import Blocks


def redraw(
    result: Path,
    media: str,
    folder: Path,
    *,
    trails: bool = False,
    is_any_input: bool = False,
    show_progress: bool = True,
) -> list[Path]:
    """Draw the people of a recording on its input, and return the paths of the files.

    Args:
        result: The file of a recording, in the format npz, jsonl or parquet.
        media: The video, the image or the folder of photographs of which the recording was made.
        folder: Where the annotated video or images go. The name of a video is that of `result`,
            and photographs have their own names, as in a run.
        trails: Whether the recent path of each person is drawn.
        is_any_input: Whether the input may have other bytes than that of the recording.
        show_progress: Whether to show a progress bar, on a terminal.

    Raises:
        RecordingError: `result` is no recording, is damaged, or is that of another input.
        OptionError: The header of the recording has an option that is not permitted, trails are
            asked for where nobody is tracked, or a file would overwrite a photograph.
        MediaError: The input cannot be read.
        OutputError: A file cannot be written.
    """
    blocks = open_recording(result)
    if trails and blocks.header.options.get("static_image_mode"):
        raise OptionError(
            f"{printable(result)} has independent images, in which nobody is tracked: leave the "
            "trails out."
        )
    drawing = Drawing(by_id=blocks.header.options.get("num_poses") != 1, trails=trails)
    source, photographs = parse(media), None
    if blocks.header.images:
        photographs = _photographs(blocks, result, media, folder)
        source = photographs.series
    if not is_any_input:
        check_input(blocks, str(result), source, otherwise=", or --anyway")
    if photographs is None:
        return _draw_video(blocks, media, folder / result.stem, drawing, show_progress)
    return _draw_photographs(blocks, photographs, media, drawing, show_progress)


def _photographs(blocks: Blocks, result: Path, media: str, folder: Path) -> Photographs:
    if not is_folder(media):
        raise RecordingError(
            f"{printable(result)} is the recording of {len(blocks.header.images):,} photographs: "
            f"give their folder in place of {display_name(parse(media))}."
        )
    return photographs_of(blocks.header, media, folder)


def _draw_photographs(
    blocks: Blocks, photographs: Photographs, media: str, drawing: Drawing, show_progress: bool
) -> list[Path]:
    draw = draw_function(drawing)
    options = input_options_of(blocks.header)
    files = []
    with progress_bar(media, len(photographs.outputs), "images", is_shown=show_progress) as bar:
        for found in chain.from_iterable(blocks):
            photograph, output = photographs.at(found.index)
            with (
                open_source(photograph, options=options) as source,
                DrawnFiles(output, source) as drawn,
            ):
                drawn.write(draw(next(iter(source)).image, found), found.timestamp_s)
            files += drawn.files
            bar.update()
    return files


def _draw_video(
    blocks: Blocks, media: str, output: Path, drawing: Drawing, show_progress: bool
) -> list[Path]:
    draw = draw_function(drawing)
    with (
        open_source(media, options=input_options_of(blocks.header)) as source,
        ahead(source) as frames,
        DrawnFiles(output, source) as drawn,
        progress_bar(source.name, source.frame_count, "frames", is_shown=show_progress) as bar,
    ):
        for frame, found in matched(frames, chain.from_iterable(blocks), source.name):
            drawn.write(draw(frame.image, found), found.timestamp_s)
            bar.update()
        drawn.finish()
    return drawn.files
