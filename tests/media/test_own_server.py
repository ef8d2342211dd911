"""Files of one server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.servers import serving
from vitruvian.media.own_server import OtherServerError, OwnServer

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_or_a_part_of_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(bytes(range(100)))
    with serving(tmp_path) as server:
        own = OwnServer(server.url("list"), timeout_s=10)
        for bounds in ((0, 0), (5, 9), (90, 0)):
            expected = bytes(range(bounds[0], bounds[1] or 100))
            answer = own.open(server.url("file"), *bounds)
            assert answer.read(7) + answer.read(1000) == expected
            assert answer.read(10) == b""
            answer.close()


@pytest.mark.parametrize(
    "url",
    [
        "http://b.example:80/x",
        "http://a.example.b.example/x",
        "http://a.example@b.example/x",
        "http://a.example:81/x",
        "https://a.example/x",
        "file:///x",
        "//a.example/x",
        "x",
    ],
)
def test_another_server_is_refused(url: str) -> None:
    with pytest.raises(OtherServerError):
        OwnServer("http://a.example/list", timeout_s=10).open(url)


@pytest.mark.parametrize(
    "url", ["http://a.example:80/x", "http://me:secret@a.example/x", "HTTP://A.example/x"]
)
def test_the_same_server_may_be_written_in_another_way(url: str) -> None:
    OwnServer("http://a.example/list", timeout_s=10).check(url)
