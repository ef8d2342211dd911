"""A server of the demo, on this machine only."""

from __future__ import annotations

import shutil
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from vitruvian.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# Nothing but this machine can reach this address.
HOST = "127.0.0.1"

# What each file is, by its suffix: the table of `mimetypes` depends on the system.
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp4": "video/mp4",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
}

# Browsers lend threads only to pages with the first two. The last keeps a page that was built again
# from being taken from the browser's cache.
HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}


class DemoServer(ThreadingHTTPServer):
    """Serves a fixed list of files, so that no address leads to any other.

    Args:
        port: the port on 127.0.0.1; 0 is any that is free.
        files: the files by the path of their address, such as "/index.html".

    Raises:
        OptionError: the port is taken, or not permitted.
    """

    daemon_threads = True

    def __init__(self, port: int, files: Mapping[str, Path]) -> None:
        self.files = files
        try:
            super().__init__((HOST, port), _Handler)
        except OSError as error:
            raise OptionError(
                f"Port {port} cannot be used ({error.strerror}): give another with --port, or 0 "
                "for any that is free."
            ) from error

    @property
    def address(self) -> str:
        """The address of the page."""
        return f"http://{HOST}:{self.server_port}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report an error, unless the browser has only gone away."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: DemoServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(with_content=True)

    def do_HEAD(self) -> None:
        self._answer(with_content=False)

    def _answer(self, *, with_content: bool) -> None:
        path = unquote(self.path.partition("?")[0])
        file = self.server.files.get(path)
        if file is None or not file.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        with file.open("rb") as content:
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", TYPES.get(file.suffix, "application/octet-stream"))
            self.send_header("Content-Length", str(file.stat().st_size))
            for name, value in HEADERS.items():
                self.send_header(name, value)
            self.end_headers()
            if with_content:
                shutil.copyfileobj(content, self.wfile)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's name
        """Stay silent: the browser's own tools list the requests."""
