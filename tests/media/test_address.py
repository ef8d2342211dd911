"""Addresses of images, videos and streams."""

from __future__ import annotations

import re
import socket
import threading
import time
import traceback
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.support.images import animation, photograph, png, saved
from tests.support.videos import encode, greys, greys_of
from vitruvian.errors import MediaError
from vitruvian.inputs.options import InputOptions
from vitruvian.media.opening import open_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Files = dict[str, bytes]


@pytest.fixture
def files() -> Files:
    """What the server has, by path."""
    return {}


@pytest.fixture
def server(files: Files) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None: ...

        def do_GET(self) -> None:
            data = files.get(self.path.partition("?")[0])
            self.send_response(404 if data is None else 200)
            self.send_header("Content-Length", str(len(data or b"")))
            self.end_headers()
            self.wfile.write(data or b"")

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        threading.Thread(target=httpd.serve_forever, args=(0.01,), daemon=True).start()
        yield f"127.0.0.1:{httpd.server_port}"
        httpd.shutdown()


def test_a_video_at_an_address_is_read(tmp_path: Path, files: Files, server: str) -> None:
    files["/clip.mp4"] = encode(tmp_path / "clip.mp4", greys(5)).read_bytes()
    with open_source(f"http://me:secret@{server}/clip.mp4?key=secret") as source:
        assert source.name == f"http://{server}/clip.mp4"
        assert not source.is_live
        assert greys_of([*source]) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("path", ["/a.jpg", "/a.PNG", "/image", "/a.php"])
@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF"])
def test_an_image_at_an_address_is_read(files: Files, server: str, path: str, kind: str) -> None:
    files[path] = saved(photograph(), kind, **({"lossless": True} if kind == "WEBP" else {}))
    with open_source(f"http://me:secret@{server}{path}?token=secret") as source:
        assert source.is_image
        assert source.name == f"http://{server}{path}"
        assert source.path is None
        (frame,) = source
    np.testing.assert_array_equal(frame.image, photograph())


@pytest.mark.parametrize("path", ["/a.gif", "/a"])
@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_an_animation_at_an_address_is_read(
    files: Files, server: str, path: str, kind: str
) -> None:
    files[path] = animation(greys(4), kind)
    with open_source(f"http://{server}{path}") as source:
        assert greys_of([*source]) == [0, 1, 2, 3]


def test_a_video_with_the_name_of_an_image_is_read(
    tmp_path: Path, files: Files, server: str
) -> None:
    files["/clip.jpg"] = encode(tmp_path / "clip.mp4", greys(3)).read_bytes()
    with open_source(f"http://{server}/clip.jpg") as source:
        assert greys_of([*source]) == [0, 1, 2]


@pytest.mark.parametrize("path", ["/page.html", "/page.jpg"])
def test_a_page_is_neither_image_nor_video(files: Files, server: str, path: str) -> None:
    files[path] = b"<html><body>Not found</body></html>" * 100
    with pytest.raises(MediaError, match=r"^http://127.0.0.1:\d+/page.* check the address"):
        open_source(f"http://me:secret@{server}{path}?key=secret")


@pytest.mark.parametrize("path", ["/none.jpg", "/none.mp4"])
def test_an_address_of_nothing_is_reported(server: str, path: str) -> None:
    with pytest.raises(MediaError, match=r"^http://127.0.0.1:\d+/none.* 404 .* check the address"):
        open_source(f"http://me:secret@{server}{path}?key=secret")


def test_an_image_with_too_many_pixels_is_refused(files: Files, server: str) -> None:
    files["/bomb.png"] = png(30_000, 30_000, 2, b"")
    with pytest.raises(MediaError, match="900,000,000 pixels, more than the limit of 200,000,000"):
        open_source(f"http://{server}/bomb.png")


def test_an_image_that_is_cut_off_is_refused(files: Files, server: str) -> None:
    files["/a.jpg"] = saved(photograph(), "JPEG")[:2000]
    with pytest.raises(MediaError, match=r"a\.jpg cannot be read as JPEG"):
        open_source(f"http://{server}/a.jpg")


@pytest.mark.parametrize(
    "address",
    [
        "http://me:sec/ret@127.0.0.1:9/a.m3u8",
        "http://me:sec?ret@127.0.0.1:9/a",
        "rtsp://127.0.0.1:secret/a",
        "http://127.0.0.1:99999/a.jpg",
        "http://[::1/a.jpg",
        "http://\ud800/a.jpg",
    ],
)
def test_a_malformed_address_is_refused(address: str) -> None:
    with pytest.raises(
        MediaError, match=r"is malformed: correct it, and write .* as %3A"
    ) as caught:
        open_source(address)
    assert not re.search("secret|'sec'", str(caught.value))


@pytest.mark.parametrize(
    "address",
    [
        "http://me:secret@127.0.0.1:9/a?token=secret",
        "http://127.0.0.1:9/a.jpg?token=secret",
        "http://me:secret@127.0.0.1:9/a b.m3u8?token=secret",
        "rtmp://127.0.0.1:9/app/secret",
    ],
)
def test_a_traceback_shows_no_password_and_no_key(address: str) -> None:
    with pytest.raises(MediaError) as caught:
        open_source(address)
    assert "secret" not in "".join(traceback.format_exception(caught.value))


def test_an_address_that_does_not_answer_is_reported() -> None:
    for path in ("a", "a.jpg"):
        with pytest.raises(
            MediaError, match=r"^http://127.0.0.1:9/a.* cannot be .* check the addr"
        ):
            open_source(f"http://me:secret@127.0.0.1:9/{path}?key=secret")
    with pytest.raises(MediaError, match="Protocol not found"):
        open_source("nonsense://127.0.0.1")


def hang(_: socket.socket) -> None:
    time.sleep(60)


def trickle_headers(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for _ in range(1000):
        connection.sendall(b"X-Wait: 1\r\n")
        time.sleep(0.1)


def trickle_pixels(connection: socket.socket) -> None:
    data = saved(photograph(), "PNG")
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n" + data[:5000])
    for position in range(5000, 6000):
        connection.sendall(data[position : position + 1])
        time.sleep(0.1)


@pytest.mark.parametrize("path", ["/a.png", "/a"])
@pytest.mark.parametrize("answer", [hang, trickle_headers, trickle_pixels])
def test_a_server_that_hangs_or_trickles_ends_the_input(
    answer: Callable[[socket.socket], None], path: str
) -> None:
    def serve() -> None:
        with suppress(OSError):  # the client has gone, or the test is over
            while True:
                connection, _ = listener.accept()
                with connection, suppress(ConnectionError):
                    connection.recv(10_000)
                    answer(connection)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, daemon=True).start()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}{path}"
        with pytest.raises(MediaError, match=r"^http://127.0.0.1:\d+/a.* (cannot be|is sent)"):
            open_source(address, options=InputOptions(timeout_s=0.3))
