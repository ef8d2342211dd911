"""The library is compiled, or the installation says in a sentence why not."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from build_tools import compiler
from tests.support.sample import ROOT
from vitruvian.native import library

if TYPE_CHECKING:
    from pathlib import Path

needs_compiler = pytest.mark.skipif(compiler.find() is None, reason="there is no C compiler")


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Let the library be compiled in a folder of the test, from copies of its files."""
    sources = tmp_path / "sources"
    shutil.copytree(
        ROOT / "src" / "vitruvian" / "native", sources, ignore=shutil.ignore_patterns("*.so")
    )
    monkeypatch.setattr(compiler, "FOLDER", sources)
    monkeypatch.setattr(compiler, "LIBRARY", sources / "core.so")
    return sources


@needs_compiler
def test_the_library_is_compiled_beside_its_files(folder: Path) -> None:
    before = {path.name for path in folder.iterdir()}
    compiler.build()
    assert {path.name for path in folder.iterdir()} == before | {"core.so"}
    assert library.opened(folder / "core.so").instructions()


def test_what_is_compiled_has_the_name_that_is_loaded() -> None:
    assert compiler.LIBRARY.relative_to(ROOT / "src" / "vitruvian").parts == ("native", "core.so")
    assert library.PATH.parts[-2:] == ("native", "core.so")


@needs_compiler
def test_a_file_that_cannot_be_compiled_ends_the_build_with_a_sentence(folder: Path) -> None:
    (folder / "crop.c").write_text("int x = ;")
    with pytest.raises(SystemExit, match=r"cannot compile the files of .*VITRUVIAN_NATIVE=0"):
        compiler.build()
    assert not (folder / "core.so").exists()


def test_a_missing_compiler_ends_the_build_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiler, "FALLBACK", "a_package_that_is_not_installed")
    monkeypatch.setenv("CC", "a-compiler-that-is-not-installed")
    with pytest.raises(SystemExit, match=r"No C compiler was found .*VITRUVIAN_NATIVE=0"):
        compiler.build()


def test_a_compiler_that_only_fails_is_not_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(compiler, "FALLBACK", "a_package_that_is_not_installed")
    fails = tmp_path / "cc"
    fails.write_text("#!/bin/sh\nexit 1\n")
    fails.chmod(0o755)
    monkeypatch.setenv("CC", str(fails))
    assert compiler.find() is None
