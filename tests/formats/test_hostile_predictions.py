"""Files of results that are no plain text or arrays, or far too large."""

from __future__ import annotations

import io
import os
import pickle
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.formats.refused import error_of
from vitruvian.formats import data_file

if TYPE_CHECKING:
    from pathlib import Path


def test_names_in_messages_have_no_control_characters(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    path.write_text('{"\\u001b[31m": 1, "\\u001b[31m": 2}')
    assert "has \\x1b[31m twice" in error_of(path)


def test_a_path_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    assert "cannot be read" in error_of(tmp_path / "missing.json")
    assert "cannot be read" in error_of(tmp_path / ("long" * 200))
    assert "is no file with content" in error_of(type(tmp_path)("/dev/zero"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "results.json")
    assert "is no file with content" in error_of(tmp_path / "results.json")
    assert "has no file that ends in" in error_of(tmp_path)


def test_a_file_that_is_too_large_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    with path.open("wb") as file:
        file.truncate(data_file.MAX_BYTES + 1)
    assert "has more than 128 MB" in error_of(path)


def test_an_archive_that_unpacks_to_too_much_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "results.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("keypoints.npy", bytes(data_file.MAX_BYTES + 1))
    assert path.stat().st_size < 1 << 20
    assert "unpacks to more than 128 MB" in error_of(path)


def test_an_array_that_promises_more_than_it_has_is_an_error(tmp_path: Path) -> None:
    header = io.BytesIO()
    shape = {"descr": "<f8", "fortran_order": False, "shape": (1 << 40, 17, 2)}
    np.lib.format.write_array_header_1_0(header, shape)
    path = tmp_path / "results.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("keypoints.npy", header.getvalue())
    assert "is no archive of numeric arrays" in error_of(path)


class Exploit:
    def __reduce__(self) -> Any:
        return os.mkdir, ("unpickled",)


def test_nothing_is_unpickled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "results.npz"
    np.savez(path, keypoints=np.array([Exploit()], dtype=object))
    assert "is no archive of numeric arrays" in error_of(path)
    path.write_bytes(pickle.dumps(Exploit()))
    assert "is no JSON" in error_of(path)
    assert not (tmp_path / "unpickled").exists()
