"""A recording drawn on its video, which needs neither model nor engine."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from vitruvian.formats.recordings import open_recording
from vitruvian.jobs.drawing import Drawing, draw_function
from vitruvian.jobs.drawn_files import DrawnFiles
from vitruvian.jobs.progress import progress_bar
from vitruvian.media.opening import open_source
from vitruvian.pipeline import ahead
from vitruvian.provenance import input_options_of
from vitruvian.replay import check_video, matched

if TYPE_CHECKING:
    from pathlib import Path


def redraw(
    result: Path,
    video: str,
    folder: Path,
    *,
    trails: bool = False,
    is_any_video: bool = False,
    show_progress: bool = True,
) -> list[Path]:
    """Draw the people of a recording on its video or image, and return the paths of the files.

    Args:
        result: The file of a recording, in the format npz, jsonl or parquet.
        video: The input of which the recording was made.
        folder: Where the annotated video or image goes. Its name is that of `result`.
        trails: Whether the recent path of each person is drawn.
        is_any_video: Whether the video may have other bytes than that of the recording.
        show_progress: Whether to show a progress bar, on a terminal.

    Raises:
        RecordingError: `result` is no recording, is damaged, or is that of another video.
        OptionError: The header of the recording has an option that is not permitted.
        MediaError: The video cannot be read.
        OutputError: A file cannot be written.
    """
    blocks = open_recording(result)
    if not is_any_video:
        check_video(blocks, str(result), video, otherwise=", or --anyway")
    drawing = Drawing(by_id=blocks.header.options.get("num_poses") != 1, trails=trails)
    draw = draw_function(drawing)
    with (
        open_source(video, options=input_options_of(blocks.header)) as source,
        ahead(source) as frames,
        DrawnFiles(folder / result.stem, source) as drawn,
        progress_bar(source.name, source.frame_count, "frames", is_shown=show_progress) as bar,
    ):
        for frame, found in matched(frames, chain.from_iterable(blocks), source):
            drawn.write(draw(frame.image, found), found.timestamp_s)
            bar.update()
        drawn.finish()
    return drawn.files
