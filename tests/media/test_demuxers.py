"""The lists of what FFmpeg may open."""

from __future__ import annotations

import av
import pytest
from av.format import ContainerFormat

from vitruvian.errors import MediaError
from vitruvian.media.demuxers import NETWORK_DEMUXERS, ONE_STREAM_DEMUXERS, network_protocols


@pytest.mark.parametrize("name", NETWORK_DEMUXERS)
def test_each_demuxer_exists(name: str) -> None:
    known = {part for known in av.formats_available for part in known.split(",")}
    assert name in known
    assert ContainerFormat(name, "r").is_input


@pytest.mark.parametrize(
    "name",
    ["concat", "hls", "dash", "sdp", "imf", "webm_dash_manifest", "image2", "lavfi", "tty", "mlv"],
)
def test_what_opens_other_files_is_not_listed(name: str) -> None:
    assert name not in ONE_STREAM_DEMUXERS


@pytest.mark.parametrize("url", ["http://a", "HTTPS://a", "rtsp://a", "rtmps://a", "udp://a"])
def test_no_server_may_use_files(url: str) -> None:
    protocols = network_protocols(url, "a").split(",")
    assert not {"file", "pipe", "fd", "data", "concat", "subfile", "crypto"} & {*protocols}


def test_other_addresses_are_refused() -> None:
    with pytest.raises(MediaError, match=r"^a cannot be opened \(Protocol not found\): give an"):
        network_protocols("concat:http://a|b", "a")
