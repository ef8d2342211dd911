"""A server on this machine that answers badly."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Answer = Callable[[BaseHTTPRequestHandler], None]

_LONGEST_ANSWER_S = 60.0  # longer than any reader may wait
_TRICKLE_S = 0.05


class Server(ThreadingHTTPServer):
    """A server that gives one answer, which can be changed.

    Attributes:
        answer: gives the answer to a request.
        asked: the paths that were requested.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer: Answer = sends(b"")
        self.asked: list[str] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, *_: object) -> None:
        """Ignore that a client ends the connection."""


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        with suppress(OSError):
            self.server.answer(self)

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Write nothing."""


@cache
def server(_name: str) -> Server:
    """Return the server of that name, which lives as long as the process."""
    return Server()


def sends(
    content: bytes, *, status: int = 200, length: int | None = None, kind: str = ""
) -> Answer:
    """Return an answer with some content, whose length may lie; a negative one is left out."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        if length is None or length >= 0:
            request.send_header("Content-Length", str(len(content) if length is None else length))
        if kind:
            request.send_header("Content-Type", kind)
        request.end_headers()
        request.wfile.write(content)

    return answer


def redirects(address: str) -> Answer:
    """Return an answer that refers to another address."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(302)
        request.send_header("Location", address)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return answer


def hangs(before: bytes) -> Answer:
    """Return an answer that promises more than it sends, and then waits."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        if before:
            sends(before, length=10_000_000)(request)
        time.sleep(_LONGEST_ANSWER_S)

    return answer


def trickles(content: bytes) -> Answer:
    """Return an answer that comes byte by byte."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        sends(b"", length=len(content))(request)
        for byte in content[: round(_LONGEST_ANSWER_S / _TRICKLE_S)]:
            request.wfile.write(bytes((byte,)))
            time.sleep(_TRICKLE_S)

    return answer


def never_ends(content: bytes) -> Answer:
    """Return an answer that repeats the same bytes for ever."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        sends(b"", length=-1)(request)
        end_s = time.monotonic() + _LONGEST_ANSWER_S
        while time.monotonic() < end_s:
            request.wfile.write(content)

    return answer


def breaks_rules(rng: Random) -> Answer:
    """Return an answer that is no HTTP."""
    lines = rng.choice(
        (
            b"",
            b"\r\n",
            b"HTTP/1.1 200 OK",
            b"HTTP/1.1 999 ?\r\nContent-Length: -5\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nabc",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\nabc",
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08",
            b"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 5-1/0\r\n\r\nabc",
            b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"x" * 100_000 + b"\r\n\r\n",
            b"ICY 200 OK\r\nicy-metaint: 1\r\n\r\nabc",
            rng.randbytes(500),
        )
    )
    return lambda request: request.wfile.write(lines) and None
