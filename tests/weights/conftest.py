"""A cache of the test's own, and sources that never leave the machine."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.sources import WEIGHTS, Sources, Storage
from vitruvian.weights import catalogue


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(catalogue, "WEIGHTS", WEIGHTS)
    monkeypatch.setenv("VITRUVIAN_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("VITRUVIAN_WEIGHTS", raising=False)
    return tmp_path / "home"


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which temporary folders are created."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    return scratch


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sources:
    return Sources(tmp_path, monkeypatch)


@pytest.fixture
def storage(sources: Sources, monkeypatch: pytest.MonkeyPatch) -> Iterator[Storage]:
    assert sources  # it must set STORAGE first
    with Storage() as server:
        monkeypatch.setattr(
            "vitruvian.weights.sources.STORAGE", f"http://127.0.0.1:{server.server_port}/assets/"
        )
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()
