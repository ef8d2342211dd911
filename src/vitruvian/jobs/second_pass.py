"""The people of a smoothed recording, drawn while its input is read again."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from vitruvian.jobs.drawing import draw_function
from vitruvian.jobs.matched import matched
from vitruvian.jobs.progress import progress_bar
from vitruvian.jobs.stopping import AbandonedError
from vitruvian.media import opening
from vitruvian.pipeline import ahead

if TYPE_CHECKING:
    from vitruvian.inputs.parsing import Parsed
    from vitruvian.jobs.drawn_files import DrawnFiles
    from vitruvian.jobs.settings import Settings
    from vitruvian.jobs.stopping import Stop
    from vitruvian.profile import Profile
    from vitruvian.recorded.blocks import Blocks


@dataclass
class SecondPass:
    """Draws a recording on its input, when the last frame of the first pass is smoothed.

    Attributes:
        source: The input, which can be read twice.
        settings: What is done with the input.
        profile: Receives the seconds spent on each stage.
        stop: Another thread may use it to stop the run.
        decoding_threads: How many threads decode the video; 0 for one per core.
        show_progress: Whether to show a progress bar, on a terminal.
        is_stopped: Whether it ended before the last frame.
    """

    source: Parsed
    settings: Settings
    profile: Profile
    stop: Stop
    decoding_threads: int = 0
    show_progress: bool = True
    is_stopped: bool = False

    def draw(self, blocks: Blocks, files: DrawnFiles) -> None:
        """Write what is drawn of each frame.

        Args:
            blocks: The recording.
            files: Receives the images.

        Raises:
            MediaError: The input cannot be read any more.
            RecordingError: It has other frames now.
            OutputError: A file cannot be written.
            AbandonedError: The run was abandoned.
        """
        was_requested = self.stop.is_requested  # then only the frames until then are drawn
        draw = self.profile.timed("draw", draw_function(self.settings.drawing))
        write = self.profile.timed("encode", files.write)
        with (
            opening.open_source(self.source, self.decoding_threads, self.settings.inputs) as source,
            ahead(self.profile.iterate("decode", source)) as frames,
            progress_bar(
                f"{source.name}, drawing",
                source.frame_count,
                "frames",
                is_shown=self.show_progress,
            ) as bar,
        ):
            for frame, found in matched(frames, chain.from_iterable(blocks), source.name):
                write(draw(frame.image, found), found.timestamp_s)
                bar.update()
                if self.stop.is_abandoned:
                    raise AbandonedError
                if self.stop.is_requested and not was_requested:
                    self.is_stopped = True
                    break
