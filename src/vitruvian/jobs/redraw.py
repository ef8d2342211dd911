"""A recording drawn on its video, which needs neither model nor engine."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from vitruvian.errors import RecordingError
from vitruvian.formats.recordings import open_recording
from vitruvian.inputs.names import display_name
from vitruvian.inputs.parsing import parse
from vitruvian.jobs.drawing import Drawing, draw_function
from vitruvian.jobs.drawn_files import DrawnFiles
from vitruvian.jobs.progress import progress_bar
from vitruvian.media.opening import open_source
from vitruvian.pipeline import ahead
from vitruvian.printable import printable
from vitruvian.provenance import content_sha256, input_options_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from vitruvian.inputs.source import Frame, Source
    from vitruvian.recorded.blocks import Blocks
    from vitruvian.result import PoseResult


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
        _refuse_other_video(blocks, result, video)
    drawing = Drawing(by_id=blocks.header.options.get("num_poses") != 1, trails=trails)
    draw = draw_function(drawing)
    with (
        open_source(video, options=input_options_of(blocks.header)) as source,
        ahead(source) as frames,
        DrawnFiles(folder / result.stem, source) as drawn,
        progress_bar(source.name, source.frame_count, "frames", is_shown=show_progress) as bar,
    ):
        for frame, found in _matched(frames, chain.from_iterable(blocks), source):
            drawn.write(draw(frame.image, found), found.timestamp_s)
            bar.update()
        drawn.finish()
    return drawn.files


def _refuse_other_video(blocks: Blocks, result: Path, video: str) -> None:
    sha256 = content_sha256(parse(video))
    if sha256 is None or sha256 != blocks.header.sha256:
        raise RecordingError(
            f"{printable(result)} is the recording of another video than "
            f"{display_name(video)}, or that cannot be told: give the video of which it was made "
            f"({printable(blocks.header.source)}), or --anyway."
        )


def _matched(
    frames: Iterator[Frame], results: Iterable[PoseResult], source: Source
) -> Iterator[tuple[Frame, PoseResult]]:
    """Yield each result with its frame. Frames that have no result are left out."""
    for result in results:
        frame = next((frame for frame in frames if frame.index >= result.index), None)
        if frame is None or frame.index != result.index:
            raise RecordingError(
                f"{source.name} has no frame {result.index:,}, which is in the recording: give the "
                "video of which it was made."
            )
        yield frame, result
