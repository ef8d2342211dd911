"""Images, videos and streams at addresses."""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import av

from vitruvian.errors import MediaError
from vitruvian.images.byte_files import ReceivedFile
from vitruvian.images.opened import as_source, limit_bytes
from vitruvian.images.reader import open_images
from vitruvian.inputs.parsing import Address
from vitruvian.inputs.suffixes import is_image_name
from vitruvian.video.reader import open_video
from vitruvian.video.reading_errors import media_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av.container import InputContainer

    from vitruvian.inputs.options import InputOptions
    from vitruvian.inputs.source import Source

_LEAST_BYTES = 1 << 14  # must arrive within the time-out
_ADVICE = "check the address and the network"


def open_address(url: str, name: str, options: InputOptions) -> Source:
    """Open what is at an address: an image, a video or a stream.

    Over HTTP, an address with the suffix of an image is first tried as an image, and any other one
    first as a video.

    Args:
        url: The address.
        name: The input's name for messages, without passwords and keys.
        options: How long to wait for data, and the limit of pixels.

    Raises:
        MediaError: The address is malformed, there is no answer in time, or what is there is
            neither an image nor a video.
    """
    _refuse_malformed(url, name)
    is_http = url.lower().startswith(("http://", "https://"))
    if is_http and is_image_name(urlsplit(url).path):
        image = _open_image(url, name, options)
        if image is not None:
            return image
    try:
        return open_video(Address(url), name, advice=_ADVICE, options=options)
    except MediaError as error:
        # FFmpeg refuses formats that are not listed as an invalid argument.
        was_answered = isinstance(error.__cause__, av.InvalidDataError | av.ArgumentError | None)
        image = _open_image(url, name, options) if is_http and was_answered else None
        if image is None:
            raise
        return image


def _open_image(url: str, name: str, options: InputOptions) -> Source | None:
    with ExitStack() as resources:
        with media_errors(f"{name} cannot be opened", _ADVICE):
            # FFmpeg's format "data" is the bytes as they are. Time-outs, names and passwords are
            # then the same as for videos.
            connection = av.open(
                url,
                format="data",
                timeout=options.timeout_s,
                options={"protocol_whitelist": "http,https,httpproxy,tcp,tls"},
            )
        resources.enter_context(connection)
        chunks = _chunks(connection, name, options.timeout_s)
        images = open_images(ReceivedFile(chunks, limit_bytes()), name, options)
        if images is None:
            return None
        return as_source(images, name, resources.pop_all())


def _chunks(connection: InputContainer, name: str, timeout_s: float) -> Iterator[bytes]:
    packets = connection.demux()
    waited_s, received_bytes = 0.0, 0
    while True:
        start_s = time.monotonic()
        with media_errors(f"{name} was interrupted", "try again"):
            packet = next(packets, None)
        if packet is None:
            return
        # FFmpeg's time-out begins again with every byte.
        waited_s += time.monotonic() - start_s
        received_bytes += packet.size
        if received_bytes >= _LEAST_BYTES:
            waited_s, received_bytes = 0.0, 0
        if waited_s > timeout_s:
            raise MediaError(f"{name} is sent too slowly: try again, or raise timeout_s.")
        yield bytes(packet)


def _refuse_malformed(url: str, name: str) -> None:
    try:
        url.encode()
        is_well_formed = urlsplit(url).port != 0
    except ValueError:
        is_well_formed = False
    if not is_well_formed:
        raise MediaError(
            f"{name} is malformed: correct it, and write : / ? # and @ of a password as "
            "%3A %2F %3F %23 and %40."
        )
