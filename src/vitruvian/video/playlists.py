"""What a playlist (.m3u8) may open: addresses of its own server, or files below its own folder.

FFmpeg reads the playlist, and asks for everything that it names, also for further playlists.
"""

from __future__ import annotations

import http.client
import io
import re
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from vitruvian.errors import MediaError
from vitruvian.video.own_server import OtherServerError, OwnServer

if TYPE_CHECKING:
    from collections.abc import Callable

_SUFFIX = ".m3u8"
# The playlist of a whole day, with a name of 200 characters for each second, has less.
_MAX_PLAYLIST_BYTES = 20_000_000
# FFmpeg waits for its target duration before it reads the playlist of a broadcast again. If that is
# 0, it reads it again and again without a pause, and without an end.
_MAX_REPETITIONS = 300


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...
    def close(self) -> None: ...


def is_playlist(location: str) -> bool:
    """Return whether the name of a file, or an address of a web server, is that of a playlist."""
    is_address = re.match("https?://", location, re.IGNORECASE)
    path = re.split("[?#]", location, maxsplit=1)[0] if is_address else location
    return path.lower().endswith(_SUFFIX) and (is_address is not None or "://" not in location)


class Playlist:
    """Opens what a playlist names; `open` is the `io_open` of `av.open`.

    PyAV raises what `open` and its files raise as soon as FFmpeg returns. FFmpeg may continue until
    then, and PyAV would print further exceptions, so only the first one is raised.

    Args:
        location: The path or the address of the playlist, which the user named.
        name: The input's name for messages.
        timeout_s: How long to wait for a server to connect, and for each read.
    """

    def __init__(self, location: Path | str, name: str, timeout_s: float = inf) -> None:
        self._name = name
        self._has_failed = False
        self._opened_parts: set[tuple[str, str]] = set()
        self._repetitions = 0
        self._open: Callable[[str, dict[str, str]], _Readable]
        if isinstance(location, Path):
            folder = location.resolve().parent
            self._open = lambda url, _: self._open_below(folder, url)
        else:
            server = OwnServer(location, timeout_s)
            self._open = lambda url, options: self._open_at(server, url, options)

    def open(self, url: str, flags: int, options: dict[str, str]) -> _Readable:
        """Open a file or an address for FFmpeg.

        Raises:
            MediaError: It may not be opened, or it cannot.
        """
        del flags  # FFmpeg only reads
        if self._has_failed:
            return io.BytesIO()
        try:
            opened = self._opened(url, options)
            return self._whole(opened) if is_playlist(url) else _Part(opened, self)
        except MediaError:
            self._has_failed = True
            raise
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise self._first_failure(error) from error

    def read(self, opened: _Readable, size: int) -> bytes:
        """Read from a file or an address that `open` opened."""
        if self._has_failed:
            return b""
        try:
            return opened.read(size)
        except (OSError, http.client.HTTPException) as error:
            raise self._first_failure(error) from error

    def _opened(self, url: str, options: dict[str, str]) -> _Readable:
        if url.startswith("crypto"):
            raise MediaError(f"{self._name} is encrypted: give a video that is not.")
        self._check_progress(url, options.get("offset", ""))
        return self._open(url, options)

    def _check_progress(self, url: str, offset: str) -> None:
        is_new = (url, offset) not in self._opened_parts
        self._opened_parts.add((url, offset))
        self._repetitions = 0 if is_new else self._repetitions + 1
        if self._repetitions > _MAX_REPETITIONS:
            raise MediaError(
                f"{self._name} repeats the same addresses without an end: "
                "give the address of a video."
            )

    def _first_failure(self, error: Exception) -> MediaError:
        self._has_failed = True
        if isinstance(error, ValueError | http.client.InvalidURL):
            error.args = ("malformed address",)  # they were the address, with its keys
        reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or error
        return MediaError(
            f"{self._name} was interrupted ({reason}): try again, or use the frames that were read."
        )

    def _open_below(self, folder: Path, url: str) -> _Readable:
        path = Path(url.removeprefix("file:")).resolve()
        if not path.is_relative_to(folder) or (path.exists() and not path.is_file()):
            raise MediaError(
                f"{self._name} names something other than a file in its own folder: "
                "give that file itself."
            )
        return path.open("rb")

    def _open_at(self, server: OwnServer, url: str, options: dict[str, str]) -> _Readable:
        try:
            # A segment may be a part of a file.
            return server.open(
                url, int(options.get("offset", 0)), int(options.get("end_offset", 0))
            )
        except OtherServerError as error:
            raise MediaError(
                f"{self._name} names an address of another server: give that address itself."
            ) from error

    def _whole(self, opened: _Readable) -> io.BytesIO:
        try:
            content = opened.read(_MAX_PLAYLIST_BYTES + 1)
        finally:
            opened.close()
        if len(content) > _MAX_PLAYLIST_BYTES:
            raise MediaError(f"{self._name} is too long for a playlist: give a shorter one.")
        return io.BytesIO(content)


class _Part:
    """A part of a video, for FFmpeg to read."""

    def __init__(self, opened: _Readable, playlist: Playlist) -> None:
        self._opened = opened
        self._playlist = playlist

    def read(self, size: int) -> bytes:
        return self._playlist.read(self._opened, size)

    def close(self) -> None:
        self._opened.close()
