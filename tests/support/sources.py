"""Local replacements of the five sources of weights, and the files that they offer."""

import hashlib
import io
import os
import socket
import sys
import tarfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest

from vitruvian.errors import WeightsError
from vitruvian.weights import cache, catalogue

PYTHON = sys.executable
CONTENT = {
    name: hashlib.shake_256(name.encode()).digest(4000)  # noise, which no archive can compress
    for name in ("detector", "lite", "full")
}
WEIGHTS = {
    name: catalogue.WeightsFile(
        name=name,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        address=f"modules/{name}.tflite?generation=1",
        wheel_member=f"mediapipe/modules/pose/{name}.tflite" if name != "lite" else None,
        npm_member=f"package/{name}.tflite" if name != "detector" else None,
    )
    for name, content in CONTENT.items()
}
RIGHT = CONTENT["full"]
WRONG = RIGHT[::-1]
LONG = RIGHT + b"!"
LABELS = (
    "the given folder",
    "an installed mediapipe",
    "Google's storage",
    "the mediapipe wheel",
    "the npm package",
)


@dataclass
class Sources:
    """All five sources, each empty until a test fills it."""

    root: Path
    monkeypatch: pytest.MonkeyPatch
    folder: Path = field(init=False)

    def __post_init__(self) -> None:
        self.folder = self.root / "folder"
        self.folder.mkdir()
        (self.root / "bin").mkdir()
        self.monkeypatch.setitem(sys.modules, "mediapipe", None)
        self.monkeypatch.setattr(
            "vitruvian.weights.sources.STORAGE", f"http://127.0.0.1:{closed_port()}/"
        )
        self.monkeypatch.setattr(sys, "executable", str(self.root / "bin/python"))
        self.monkeypatch.setenv("PATH", str(self.root / "bin"))
        self.monkeypatch.setenv("NO_PROXY", "*")

    def fill_folder(self, content: bytes = RIGHT) -> None:
        (self.folder / "full.tflite").write_bytes(content)

    def install_mediapipe(self, content: bytes = RIGHT) -> None:
        modules = self.root / "site/mediapipe/modules/pose"
        modules.mkdir(parents=True)
        (modules.parents[1] / "__init__.py").write_text("raise AssertionError('imported')")
        (modules / "full.tflite").write_bytes(content)
        self.monkeypatch.delitem(sys.modules, "mediapipe")
        self.monkeypatch.syspath_prepend(modules.parents[2])

    def give_pip(self, archive: bytes | None, complaint: str = "") -> None:
        self._program("python", "mediapipe.whl", archive, complaint)

    def give_npm(self, archive: bytes | None, complaint: str = "") -> None:
        self._program("npm", "pose.tgz", archive, complaint)

    def runs(self, program: str) -> list[str]:
        """Return the arguments of every run of `python` or `npm`."""
        log = self.root / f"{program}.log"
        return log.read_text().splitlines() if log.exists() else []

    def _program(self, name: str, leaves: str, archive: bytes | None, complaint: str) -> None:
        kept = self.root / leaves
        if archive is not None:
            kept.write_bytes(archive)
        program = self.root / "bin" / name
        program.write_text(
            f"#!{PYTHON}\n"
            "import os, shutil, sys\n"
            "assert sys.stdin.read() == ''\n"
            "assert os.listdir() == []\n"
            f"print(*sys.argv[1:], file=open({str(self.root / name) + '.log'!r}, 'a'))\n"
            "print('not for the user')\n"
            + (f"shutil.copy({str(kept)!r}, '.')\n" if archive is not None else "")
            + (f"sys.exit({complaint!r})\n" if complaint else "")
        )
        program.chmod(0o755)


class Storage(ThreadingHTTPServer):
    """Google's storage, on this machine."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer: Callable[[BaseHTTPRequestHandler], None] = sends(RIGHT)
        self.asked: list[str] = []


class _Handler(BaseHTTPRequestHandler):
    server: Storage

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        with suppress(ConnectionError):  # the client closes the connection if too much is sent
            self.server.answer(self)

    def log_message(self, *_: object) -> None:
        """Write nothing: stderr is for the messages of the cache."""


def sends(
    content: bytes, *, status: int = 200, length: int | None = None
) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        request.send_header("Content-Length", str(len(content) if length is None else length))
        request.end_headers()
        request.wfile.write(content)

    return answer


def after(
    wait: float | threading.Event, then: Callable[[BaseHTTPRequestHandler], None]
) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(request: BaseHTTPRequestHandler) -> None:
        time.sleep(wait) if isinstance(wait, float) else wait.wait()
        then(request)

    return answer


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def typed(keys: bytes) -> Iterator[None]:
    """Put keys on the standard input that programs inherit unless they are given another one."""
    terminal, keyboard = os.pipe()
    os.write(keyboard, keys)
    os.close(keyboard)
    before = os.dup(0)
    os.dup2(terminal, 0)
    yield
    os.dup2(before, 0)
    os.close(before)
    os.close(terminal)


def wheel(**contents: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../escaped", b"hostile")
        for name, content in contents.items():
            archive.writestr(f"mediapipe/modules/pose/{name}.tflite", content)
    return packed.getvalue()


def npm_package(**contents: bytes) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in {"../escaped": b"hostile", **contents}.items():
            member = tarfile.TarInfo(f"package/{name}.tflite")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return packed.getvalue()


class Archive(NamedTuple):
    give: Callable[..., None]
    pack: Callable[..., bytes]
    program: str
    label: str


def reasons(name: str = "full", folder: Path | None = None) -> dict[str, str]:
    """Return why each source failed, in the order of the message."""
    with pytest.raises(WeightsError) as caught:
        cache.pull(name, folder=folder, progress=False)
    title, *lines, advice = str(caught.value).splitlines()
    assert f"{name}.tflite" in title
    assert "--from" in advice
    assert "VITRUVIAN_WEIGHTS" in advice
    return dict(line.removeprefix("- ").split(": ", 1) for line in lines)


def left_in(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()} - {"weights.lock"}
