"""Videos never open another file, and addresses end in time."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

import pytest

from tests.support.servers import Server, serving
from tests.support.videos import encode, greys, greys_of, noise
from vitruvian.errors import MediaError
from vitruvian.media.opening import open_source
from vitruvian.media.options import InputOptions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

IMPATIENT = InputOptions(timeout_s=0.5)

DASH = """<?xml version="1.0"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT1S"
 profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"><Period><AdaptationSet mimeType="video/mp4">
<Representation id="1" bandwidth="1000" width="64" height="48"><BaseURL>CANARY</BaseURL>
</Representation></AdaptationSet></Period></MPD>
"""
SDP = "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=a\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9 RTP/AVP 96\n"
HLS = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1.0,\nCANARY\n#EXT-X-ENDLIST\n"
LISTS = {
    "concat": "ffconcat version 1.0\nfile 'CANARY'\n",
    "hls": HLS,
    "dash": DASH,
    "sdp": SDP,
    "webm_dash": "CANARY",
}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path) as server:
        yield server


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("name", ["list.mp4", "list.ffconcat", "list.mpd", "list.sdp", "list"])
def test_a_file_that_lists_other_files_is_refused(
    tmp_path: Path, server: Server, kind: str, name: str
) -> None:
    encode(tmp_path / "canary.mp4", greys(3))
    for canary in ("canary.mp4", str(tmp_path / "canary.mp4"), server.url("canary.mp4")):
        (tmp_path / name).write_text(LISTS[kind].replace("CANARY", canary))
        with pytest.raises(MediaError, match=r"cannot be opened \(.*\): give a complete"):
            open_source(tmp_path / name)
    assert server.requests == []


@pytest.mark.parametrize("kind", LISTS)
def test_an_address_of_a_list_opens_nothing_else(tmp_path: Path, server: Server, kind: str) -> None:
    encode(tmp_path / "canary.mp4", greys(3))
    server.answers["/video.mp4"] = LISTS[kind].replace("CANARY", server.url("canary.mp4")).encode()
    with pytest.raises(MediaError, match="cannot be opened"):
        open_source(server.url("video.mp4"))
    assert {*server.requests} == {"/video.mp4"}


@pytest.mark.parametrize(
    "url",
    [
        "concat://clip.mp4",
        "concat:http://127.0.0.1/a|clip.mp4",
        "subfile,,start,0,end,0,,://clip.mp4",
        "data://video/mp4;base64,AAAA",
        "pipe://0",
        "async:file://clip.mp4",
        "crypto://clip.mp4",
        "lavfi://testsrc",
        "nonsense://127.0.0.1",
    ],
)
def test_only_addresses_of_servers_are_opened(url: str) -> None:
    with pytest.raises(MediaError, match=r"Protocol not found\): give an address that starts with"):
        open_source(url)


def test_a_server_cannot_redirect_to_a_file(tmp_path: Path, server: Server) -> None:
    encode(tmp_path / "canary.mp4", greys(3))
    server.answers["/clip.mp4"] = f"file://{tmp_path}/canary.mp4"
    with pytest.raises(MediaError, match="cannot be opened"):
        open_source(server.url("clip.mp4"))


def test_a_video_may_be_on_another_server(tmp_path: Path, server: Server) -> None:
    encode(tmp_path / "moved.mp4", greys(3))
    server.answers["/clip.mp4"] = server.url("moved.mp4", "localhost")
    with open_source(server.url("clip.mp4")) as source:
        assert greys_of([*source]) == [0, 1, 2]


def test_bytes_that_trickle_end_in_time(tmp_path: Path, server: Server) -> None:
    encode(tmp_path / "clip.mp4", greys(3))
    server.pause_s = 0.1
    with pytest.raises(MediaError, match=r"clip\.mp4 .*(in time|too slowly|no data)"):
        open_source(server.url("clip.mp4"), options=IMPATIENT)


@pytest.mark.parametrize("scheme", ["http", "rtsp", "rtmp", "tcp"])
def test_a_server_that_hangs_ends_in_time(scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"{scheme}://127.0.0.1:{silent.getsockname()[1]}/live"
        with pytest.raises(MediaError, match=r"cannot be opened \(.*\): check the address"):
            open_source(url, options=IMPATIENT)


def test_a_broadcast_that_stops_ends_in_time(tmp_path: Path) -> None:
    content = encode(tmp_path / "clip.ts", [noise()] * 20, g="1").read_bytes()
    over = threading.Event()

    def send() -> None:
        connection, _ = silent.accept()
        with connection:
            connection.sendall(content)
            over.wait(60)

    with socket.create_server(("127.0.0.1", 0)) as silent:
        threading.Thread(target=send, daemon=True).start()
        url = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        options = InputOptions(timeout_s=1.5)
        frames = []
        with open_source(url, options=options) as source:
            assert source.is_live
            with pytest.raises(MediaError, match=r"interrupted \(no data arrived in time\)"):
                frames.extend(source)
        over.set()
    assert len(frames) >= 15
