"""Opening of what FFmpeg reads: a file, an address, a camera, a playlist."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import av

from vitruvian.media.demuxers import (
    NETWORK_DEMUXERS,
    ONE_STREAM_DEMUXERS,
    PLAYLIST_DEMUXER,
    network_protocols,
)
from vitruvian.media.devices import Device
from vitruvian.media.inputs import Address
from vitruvian.media.pixel_limit import decoder_options
from vitruvian.media.playlists import Playlist, is_playlist

if TYPE_CHECKING:
    from av.container import InputContainer

    from vitruvian.media.options import InputOptions


class ReadableFile(Protocol):
    """What FFmpeg needs of a file. If it also has `seek` and `tell`, parts of it can be skipped."""

    def read(self, size: int, /) -> bytes:
        """Return at least one byte and at most `size`; none at the end."""


Location: TypeAlias = Path | Address | Device | ReadableFile

# PyAV before version 19 refuses metadata that are not UTF-8, unless it is told to replace them.
_LENIENT: dict[str, Any] = (
    {} if int(av.__version__.split(".")[0]) >= 19 else {"metadata_errors": "replace"}
)
_PLAYLIST_OPTIONS = {
    # Each part is asked of `Playlist`, never over a connection that FFmpeg itself keeps.
    "http_persistent": "0",
    "http_multiple": "0",
    # `Playlist` decides what may be opened, whatever its name is.
    "allowed_extensions": "ALL",
    "extension_picky": "0",
}


def open_container(location: Location, name: str, options: InputOptions) -> InputContainer:
    """Open an input. FFmpeg opens nothing else than this input, or what its playlist may name.

    Args:
        location: A file, an address, a camera, or a file that is already open.
        name: The input's name for messages.
        options: `max_pixels` and `timeout_s` are used.

    Raises:
        MediaError: It may not be opened.
        av.FFmpegError: It cannot be opened.
    """
    match location:
        case Device(driver, address, of_driver):
            return _open(address, options, of_driver, format=driver)
        case Path() if is_playlist(location.name):
            return _open_playlist(f"file:{location}", Playlist(location, name), options)
        case Path():
            return _open(f"file:{location}", options, _allowed(ONE_STREAM_DEMUXERS, "file"))
        case Address(url):
            protocols = network_protocols(url, name)
            if is_playlist(url):
                return _open_playlist(url, Playlist(url, name, options.timeout_s), options)
            allowed = _allowed(NETWORK_DEMUXERS, protocols)
            return _open(url, options, allowed, timeout=options.timeout_s)
        case file:
            return _open(file, options, _allowed(ONE_STREAM_DEMUXERS, "none"), mode="r")


def _open_playlist(location: str, playlist: Playlist, options: InputOptions) -> InputContainer:
    allowed = _allowed((PLAYLIST_DEMUXER, *ONE_STREAM_DEMUXERS), "none")
    return _open(
        location,
        options,
        allowed | _PLAYLIST_OPTIONS,
        format=PLAYLIST_DEMUXER,
        io_open=playlist.open,
        timeout=options.timeout_s,
    )


def _allowed(demuxers: tuple[str, ...], protocols: str) -> dict[str, str]:
    return {"format_whitelist": ",".join(demuxers), "protocol_whitelist": protocols}


def _open(
    file: str | ReadableFile, options: InputOptions, ffmpeg_options: dict[str, str], **how: Any
) -> InputContainer:
    opened: InputContainer = av.open(
        file, options=decoder_options(options) | ffmpeg_options, **how, **_LENIENT
    )
    return opened
