"""The images of a recording's frames, read once more from the input of which it was made."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from vitruvian.errors import RecordingError
from vitruvian.inputs.names import display_name
from vitruvian.inputs.parsing import check_kind, parse
from vitruvian.media.opening import open_source
from vitruvian.pipeline import ahead
from vitruvian.printable import printable
from vitruvian.provenance import content_sha256, input_options_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from vitruvian.inputs.parsing import Input, Parsed
    from vitruvian.inputs.source import Frame, Source
    from vitruvian.recorded.blocks import Blocks
    from vitruvian.result import PoseResult
    from vitruvian.types import Image


def with_images(blocks: Blocks, reopen: Callable[[], Source]) -> Blocks:
    """Return the same recording, which also has the images of its frames.

    Args:
        blocks: the recording.
        reopen: opens its input once more. It is called when the images are asked for.
    """

    def images() -> Iterator[Image]:
        with reopen() as source, ahead(source) as frames:
            for frame, _ in matched(frames, chain.from_iterable(blocks), source.name):
                yield frame.image
                del frame

    return replace(blocks, images=images)


def with_images_of(blocks: Blocks, name: str, video: Input) -> Blocks:
    """Return the same recording with the images of its frames, from a video that the user names.

    Args:
        blocks: the recording.
        name: of the recording, for messages.
        video: the input of which it was made.

    Raises:
        RecordingError: the recording is that of another video.
        OptionError: its header has an option that is not permitted.
        MediaError: the video cannot be read. The images raise the same error.
    """
    check_kind(video)
    check_input(blocks, name, parse(video))
    options = input_options_of(blocks.header)
    return with_images(blocks, lambda: open_source(video, options=options))


def check_input(blocks: Blocks, name: str, source: Parsed, *, otherwise: str = "") -> None:
    """Check that an input has the bytes of the one of which a recording was made.

    Args:
        blocks: the recording.
        name: of the recording, for the message.
        source: the input.
        otherwise: what else the user can do, for the end of the message.

    Raises:
        RecordingError: it has other bytes, or can be read only once.
        MediaError: it cannot be read.
    """
    sha256 = content_sha256(source)
    if sha256 is None or sha256 != blocks.header.sha256:
        raise RecordingError(
            f"{display_name(source)} is not known to be the input of which {printable(name)} was "
            f"made: give that input ({printable(blocks.header.source)}){otherwise}."
        )


def matched(
    frames: Iterator[Frame], results: Iterable[PoseResult], name: str
) -> Iterator[tuple[Frame, PoseResult]]:
    """Yield each result with its frame. Frames that have no result are left out.

    Args:
        frames: of the input, in their order.
        results: in the order of their frames.
        name: the input's name for messages.

    Raises:
        RecordingError: There is no frame for a result.
    """
    for result in results:
        frame = next((frame for frame in frames if frame.index >= result.index), None)
        if frame is None or frame.index != result.index:
            raise RecordingError(
                f"{name} has no frame {result.index:,}, which is in the recording: give the video "
                "of which it was made."
            )
        yield frame, result
        del frame  # a generator that waits holds no frame
