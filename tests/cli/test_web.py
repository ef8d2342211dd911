"""`vitruvian web`: its files, its headers, and what it does not serve."""

from __future__ import annotations

import threading
from http.client import HTTPConnection, HTTPResponse
from typing import TYPE_CHECKING

import click
import pytest

from vitruvian.cli.main import main
from vitruvian.cli.web import SHARED_WEIGHTS, demo_files
from vitruvian.cli.web_server import HOST, DemoServer
from vitruvian.errors import OptionError
from vitruvian.weights import cache, catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def javascript(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder like `js` after its build, with a secret beside it."""
    folder = tmp_path_factory.mktemp("checkout") / "js"
    (folder.parent / "secret.txt").write_text("secret")
    for name, content in {
        "build/demo/index.html": "<title>demo</title>",
        "build/demo/assets/index.css": "body {}",
        "dist/index.mjs": "export {};",
        "dist/runtime.wasm": "wasm",
        "dist/pose_landmark_lite.tflite": "not verified",
        "secret.txt": "secret",
    }.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    return folder


@pytest.fixture(scope="module")
def server(javascript: Path) -> Iterator[DemoServer]:
    with DemoServer(0, demo_files(javascript)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def answer(server: DemoServer, path: str, method: str = "GET") -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection(HOST, server.server_port, timeout=20)
    try:
        connection.putrequest(method, path, skip_host=False)
        connection.endheaders()
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "content", "kind"),
    [
        ("/", b"<title>demo</title>", "text/html; charset=utf-8"),
        ("/index.html?a=b", b"<title>demo</title>", "text/html; charset=utf-8"),
        ("/assets/index.css", b"body {}", "text/css; charset=utf-8"),
        ("/vitruvian/index.mjs", b"export {};", "text/javascript; charset=utf-8"),
        ("/vitruvian/runtime.wasm", b"wasm", "application/wasm"),
    ],
)
def test_the_demo_and_the_package_are_served(
    server: DemoServer, path: str, content: bytes, kind: str
) -> None:
    response, received = answer(server, path)
    assert (response.status, received) == (200, content)
    assert response.headers["Content-Type"] == kind
    head, nothing = answer(server, path, "HEAD")
    assert (head.status, nothing) == (200, b"")
    assert head.headers["Content-Length"] == str(len(content))


def test_pages_may_use_threads(server: DemoServer) -> None:
    response, _ = answer(server, "/")
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Embedder-Policy"] == "require-corp"


def test_the_weights_are_those_of_the_verified_cache(server: DemoServer, javascript: Path) -> None:
    content = answer(server, "/vitruvian/pose_landmark_lite.tflite")[1]
    assert len(content) == catalogue.WEIGHTS["pose_landmark_lite"].size_bytes
    files = demo_files(javascript)
    for name in SHARED_WEIGHTS:
        assert files[f"/vitruvian/{name}.tflite"] == cache.path(name)


@pytest.mark.parametrize(
    "path",
    [
        "/secret.txt",
        "/../secret.txt",
        "/../../secret.txt",
        "/vitruvian/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/vitruvian/%2e%2e%2f%2e%2e%2fsecret.txt",
        "/..%5c..%5csecret.txt",
        "/vitruvian/..",
        "/vitruvian/",
        "/assets",
        "//etc/passwd",
        "/index.html%00.css",
        "http://elsewhere/etc/passwd",
        "/%ff%fe",
    ],
)
def test_nothing_else_is_served(server: DemoServer, path: str) -> None:
    response, content = answer(server, path)
    assert response.status == 404
    assert b"secret" not in content.replace(b"secret.txt", b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_files_can_only_be_read(server: DemoServer, method: str) -> None:
    response, _ = answer(server, "/index.html", method)
    assert response.status == 501


def test_only_this_machine_is_served(server: DemoServer) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert server.address == f"http://127.0.0.1:{server.server_port}/"


def test_a_port_that_is_taken_is_one_sentence(server: DemoServer) -> None:
    with pytest.raises(OptionError, match=rf"^Port {server.server_port} cannot be used .*--port"):
        DemoServer(server.server_port, {})


def test_a_demo_that_is_not_built_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(click.ClickException, match=r"^The demo is not built: run scripts/web"):
        demo_files(tmp_path)
    monkeypatch.setattr("vitruvian.cli.web.JAVASCRIPT", tmp_path)
    with pytest.raises(SystemExit):
        main(["web", "--no-open"])
    assert "Error: The demo is not built" in capsys.readouterr().err
