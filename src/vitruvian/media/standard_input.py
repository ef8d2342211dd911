"""Images and videos that are piped into the program."""

from __future__ import annotations

import sys
import tempfile
from contextlib import ExitStack
from itertools import chain
from typing import IO, TYPE_CHECKING, cast

from vitruvian.errors import MediaError
from vitruvian.images.byte_files import ReceivedFile
from vitruvian.images.kinds import HEAD_BYTES, image_kind
from vitruvian.images.opened import ADVICE, as_source, limit_bytes
from vitruvian.images.reader import open_images
from vitruvian.inputs.source import Source
from vitruvian.video.reader import open_video

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from io import BufferedReader

    from vitruvian.inputs.options import InputOptions
    from vitruvian.inputs.source import Frame

_CHUNK_BYTES = 1 << 16
# The names of the parts with which MP4 and MOV files begin. Their index may be at their end, so
# they are copied to a file. Other videos are read from the beginning to the end.
_MP4_PARTS = {b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot"}


def open_standard_input(name: str, options: InputOptions, threads: int = 0) -> Source:
    """Open the image or the video that is piped into the program.

    Args:
        name: The input's name for messages.
        options: The limit of pixels, and the frame rate of pages.
        threads: How many threads decode a video; 0 for one per core.

    Raises:
        MediaError: Standard input is closed, a terminal or empty, or contains neither an image nor
            a video.
    """
    chunks = _chunks(name)
    head = _head(chunks)
    chunks = chain((head,), chunks)
    if image_kind(head):
        images = open_images(ReceivedFile(chunks, limit_bytes()), name, options)
        if images is not None:
            return as_source(images, name, ExitStack())
    if head[4:8] not in _MP4_PARTS:
        return open_video(_Pipe(chunks), name, advice=ADVICE, threads=threads, options=options)
    with ExitStack() as resources:
        file = resources.enter_context(_temporary_copy(chunks, name))
        video = resources.enter_context(
            open_video(file, name, advice=ADVICE, threads=threads, options=options)
        )
        frames = _until_closed(video, resources.pop_all())
    return Source(
        name,
        frames,
        frame_rate=video.frame_rate,
        frame_count=video.frame_count,
        broken=video.broken,
    )


class _Pipe:
    """A file that can only be read from the beginning to the end."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = b""

    def read(self, size: int, /) -> bytes:
        """Return at least one byte and at most `size`; none at the end."""
        if not self._rest:
            self._rest = next(self._chunks, b"")
        data, self._rest = self._rest[:size], self._rest[size:]
        return data


def _chunks(name: str) -> Iterator[bytes]:
    if sys.stdin is None or sys.stdin.closed or sys.stdin.isatty():
        problem = "a terminal" if sys.stdin and not sys.stdin.closed else "closed"
        raise MediaError(f"{name} is {problem}: pipe an image or a video into the program.")
    return iter(lambda: _read(name), b"")


def _read(name: str) -> bytes:
    try:
        # Other than `read`, this does not wait until all of the bytes have arrived.
        return cast("BufferedReader", sys.stdin.buffer).read1(_CHUNK_BYTES)
    except OSError as error:
        raise MediaError(f"{name} cannot be read ({error.strerror}): pipe it again.") from error


def _head(chunks: Iterator[bytes]) -> bytes:
    head = b""
    while len(head) < HEAD_BYTES and (chunk := next(chunks, b"")):
        head += chunk
    return head


def _temporary_copy(chunks: Iterator[bytes], name: str) -> IO[bytes]:
    """Return a file that has no name, or is deleted when it is closed."""
    with ExitStack() as resources:
        try:
            file = resources.enter_context(tempfile.TemporaryFile())
            for chunk in chunks:
                file.write(chunk)
            file.seek(0)
        except MediaError:
            raise
        except OSError as error:
            raise MediaError(
                f"{name} cannot be copied to {tempfile.gettempdir()} ({error.strerror}): "
                "free disk space, or give the path of a file."
            ) from error
        resources.pop_all()
        return file


def _until_closed(video: Source, resources: ExitStack) -> Generator[Frame, None, None]:
    with resources:
        yield from video
