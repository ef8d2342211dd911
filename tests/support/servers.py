"""Web servers on this computer."""

from __future__ import annotations

import http.server
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Answer = bytes | str  # the content, or the address to which it redirects


class Server:
    """A server of files and answers.

    Attributes:
        port: Its port on 127.0.0.1, which localhost also names.
        requests: The paths that were requested.
        headers: The headers of each request.
        answers: Answers by path, instead of the files of the folder.
        pause_s: How long to wait before each byte.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.requests: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.answers: dict[str, Answer] = {}
        self.pause_s = 0.0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}/{path}"


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            server.requests.append(path)
            server.headers.append(dict(self.headers))
            answer = server.answers.get(path)
            if isinstance(answer, str):
                self.send_response(302)
                self.send_header("Location", answer)
                self.end_headers()
                return
            file = folder / path[1:]
            if answer is None and not file.is_file():
                self.send_error(404)
                return
            content = file.read_bytes() if answer is None else answer
            self._send(content)

        def _send(self, content: bytes) -> None:
            unit, _, span = self.headers.get("Range", "").partition("=")
            self.send_response(206 if unit else 200)
            if unit:
                first, _, last = span.partition("-")
                part = content[int(first) : int(last) + 1 if last else None]
                self.send_header(
                    "Content-Range", f"bytes {first}-{len(content) - 1}/{len(content)}"
                )
                content = part
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            step = 1 if server.pause_s else len(content) or 1
            try:
                for start in range(0, len(content), step):
                    time.sleep(server.pause_s)
                    self.wfile.write(content[start : start + step])
            except OSError:
                return  # the client has gone

        def log_message(self, *_: Any) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        server = Server(httpd.server_port)
        threading.Thread(target=httpd.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield server
        finally:
            httpd.shutdown()
