"""Files of one web server. Addresses and redirections that lead elsewhere are refused."""

from __future__ import annotations

import base64
import io
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit, urlunsplit

if TYPE_CHECKING:
    from email.message import Message

_PORTS = {"http": 80, "https": 443}


class OtherServerError(Exception):
    """An address of another server."""


class OwnServer:
    """Opens addresses of one server: of the same protocol, host and port.

    Args:
        url: An address of the server, http:// or https://.
        timeout_s: How long to wait for the server to connect, and for each read.

    Raises:
        ValueError: The address is malformed.
    """

    def __init__(self, url: str, timeout_s: float) -> None:
        self._origin = _origin(url)
        self._timeout_s = timeout_s
        self._web = urllib.request.build_opener(_OwnRedirects(self))

    def open(self, url: str, first: int = 0, end: int = 0) -> _Answer:
        """Open an address to read from it.

        Args:
            url: The address, which may contain a name and a password.
            first: The first byte to read.
            end: The byte after the last one to read; 0 for all.

        Raises:
            OtherServerError: The address, or what it redirects to, is of another server.
            OSError, ValueError, http.client.HTTPException: It cannot be opened.
        """
        self.check(url)
        address = urlsplit(url)
        server = address.netloc.rpartition("@")[2]
        request = urllib.request.Request(urlunsplit(address._replace(netloc=server)))  # noqa: S310 - checked
        if address.username is not None:
            login = f"{unquote(address.username)}:{unquote(address.password or '')}"
            token = base64.b64encode(login.encode()).decode()
            request.add_header("Authorization", f"Basic {token}")
        if first or end:
            request.add_header("Range", f"bytes={first}-{end - 1 if end else ''}")
        try:
            response = self._web.open(request, timeout=self._timeout_s)
        except urllib.error.HTTPError as error:
            error.close()  # it is also the response
            raise
        return _Answer(response, self._timeout_s)

    def check(self, url: str) -> None:
        """Raise `OtherServerError` for an address of another server."""
        if _origin(url) != self._origin:
            raise OtherServerError


class _OwnRedirects(urllib.request.HTTPRedirectHandler):
    def __init__(self, server: OwnServer) -> None:
        self._server = server

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: Any,
        code: int,
        msg: str,
        headers: Message,
        newurl: str,
    ) -> urllib.request.Request | None:
        try:
            self._server.check(newurl)
        except OtherServerError:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


class _Answer(io.RawIOBase):
    """The answer of a server. Each read ends in time, also if bytes only trickle."""

    def __init__(self, response: Any, timeout_s: float) -> None:
        self._response = response
        self._timeout_s = timeout_s

    def read(self, size: int = -1) -> bytes:
        end_s = time.monotonic() + self._timeout_s
        data = bytearray()
        while len(data) < size and (part := self._response.read1(size - len(data))):
            data += part
            if time.monotonic() > end_s:
                raise TimeoutError(f"no complete answer within {self._timeout_s:g} s")
        return bytes(data)

    def close(self) -> None:
        self._response.close()
        super().close()


def _origin(url: str) -> tuple[str, str | None, int | None]:
    """Return what browsers compare: the protocol, the host and the port."""
    address = urlsplit(url)
    return address.scheme, address.hostname, address.port or _PORTS.get(address.scheme)
