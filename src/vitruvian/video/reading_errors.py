"""Errors of reading, as the errors of this package."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import av

from vitruvian.errors import MediaError, VitruvianError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def media_errors(problem: str, advice: str) -> Iterator[None]:
    """Raise every error of the block as "<problem> (<reason>): <advice>.".

    PyAV raises whatever its bindings meet in a damaged file: besides its own errors those of enums,
    encodings, fractions and memory. As no list of them is complete, all are caught, and stay the
    cause of the new one.

    Raises:
        MediaError: The block raised an exception. Those of this package are not changed.
    """
    try:
        yield
    except VitruvianError:
        raise
    except Exception as error:
        if isinstance(error, av.FFmpegError):
            error.args = error.args[:2]  # not the address, whose password a traceback would show
        raise MediaError(f"{problem} ({_reason(error)}): {advice}.") from error


def _reason(error: Exception) -> str:
    if isinstance(error, av.ExitError):  # FFmpeg was told to stop waiting
        return "no data arrived in time"
    if isinstance(error, av.ArgumentError):  # also FFmpeg's answer to a demuxer that is not listed
        return "its format is not supported, or its data are invalid"
    if isinstance(error, av.FFmpegError) and error.strerror:
        return error.strerror
    return f"{type(error).__name__}: {error}"
