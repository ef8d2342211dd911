from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.native import in_c, in_numpy, needs_library
from vitruvian.errors import OptionError
from vitruvian.native import library

if TYPE_CHECKING:
    from pathlib import Path


def test_the_library_is_left_out_where_it_is_missing_or_not_wanted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VITRUVIAN_NATIVE", "0")
    assert library.load() is None
    monkeypatch.delenv("VITRUVIAN_NATIVE")
    monkeypatch.setattr(library, "PATH", tmp_path / "core.so")
    assert library.load() is None


@pytest.mark.parametrize("value", ["1", "no", " 0"])
def test_a_switch_with_another_value_is_refused(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("VITRUVIAN_NATIVE", value)
    with pytest.raises(OptionError, match=rf"VITRUVIAN_NATIVE is '{value}': set it to 0"):
        library.load()


def test_a_broken_library_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("VITRUVIAN_NATIVE", raising=False)
    monkeypatch.setattr(library, "PATH", tmp_path / "core.so")
    (tmp_path / "core.so").write_bytes(b"broken")
    with pytest.raises(OptionError, match=r"core\.so.*Reinstall.*VITRUVIAN_NATIVE=0"):
        library.load()


def test_the_description_says_how_is_computed() -> None:
    with in_numpy():
        assert library.description() == "numpy"


@needs_library
def test_the_description_says_which_instructions_are_used() -> None:
    with in_c(vectors=False):
        assert library.description() == "native (plain C)"
    assert library.description() in {"native (AVX2)", "native (NEON)", "native (plain C)"}


_FORK = """
import os, sys, numpy as np
from vitruvian.stages import crop
image = np.random.default_rng(0).integers(0, 256, (300, 400, 3), np.uint8)

def cut():
    pixels = np.empty((256, 256, 3), np.float32)
    crop.cut(image, np.eye(3), pixels, border="zero", scale=crop.TO_UNIT)
    return pixels.tobytes()

before = cut()
child = os.fork()
if child == 0:
    os._exit(cut() != before or cut() != before)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@needs_library
@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows does not fork")
def test_a_forked_process_computes_the_same() -> None:
    # A warning says that the process has several threads, which is the point.
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", _FORK]
    subprocess.run(command, check=True, timeout=60)
