"""Standard streams that are closed, full, without a reader, or in an encoding that lacks a name."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import names, rows

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="uses a shell")

FULL = Path("/dev/full")
needs_full_device = pytest.mark.skipif(not FULL.exists(), reason="only Linux has /dev/full")

ENDINGS = ("csv", "npz", "vitruvian.json")


def in_shell(
    redirection: str, *arguments: object, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `vitruvian run` with its streams redirected."""
    return subprocess.run(
        [
            *("bash", "-o", "pipefail", "-c", f'"$@" {redirection}', "bash"),
            *(sys.executable, "-W", "error", "-m", "vitruvian", "run"),
            *("--model-complexity", "lite", *map(str, arguments)),
        ],
        capture_output=True,
        text=True,
        errors="surrogateescape",
        check=False,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize("redirection", ["2>&-", ">&- 2>&- <&-"])
def test_without_streams_all_files_are_written(
    image: Path, tmp_path: Path, redirection: str
) -> None:
    out = tmp_path / "out"
    done = in_shell(redirection, image, "-o", out)
    assert (done.returncode, done.stderr) == (0, "")
    assert names(out) == [f"person.{ending}" for ending in ("annotated.png", *ENDINGS)]
    assert len(rows(out / "person.csv")) == 33


@pytest.mark.parametrize(
    ("redirection", "message"),
    [
        pytest.param(f">{FULL}", "No space left on device", marks=needs_full_device),
        ("| true", "Broken pipe"),
    ],
)
def test_a_report_that_cannot_be_printed_is_an_error_after_all_files_are_written(
    image: Path, tmp_path: Path, redirection: str, message: str
) -> None:
    shutil.copy(image, tmp_path / "other.png")
    out = tmp_path / "out"
    done = in_shell(redirection, image, tmp_path / "other.png", "-o", out, "--no-annotate")
    assert done.returncode == 1
    assert done.stderr == f"Error: Standard output cannot be written ({message}).\n"
    assert names(out) == [f"{name}.{end}" for name in ("other", "person") for end in ENDINGS]


@needs_full_device
def test_errors_that_cannot_be_printed_leave_the_exit_status(image: Path, tmp_path: Path) -> None:
    done = in_shell(f"2>{FULL}", tmp_path / "absent.png", image, "-o", tmp_path, "--no-annotate")
    assert done.returncode == 1
    assert "Failed:" in done.stdout
    assert len(rows(tmp_path / "person.csv")) == 33


def test_what_an_encoding_cannot_express_is_escaped(image: Path, tmp_path: Path) -> None:
    path = tmp_path / "é日\udce9.png"  # the last byte of the name is not UTF-8
    try:
        image.rename(path)
    except OSError:
        pytest.skip("this file system has only names in UTF-8")
    done = in_shell(
        *("", path, tmp_path / "ü.png", "-o", tmp_path / "out", "--no-annotate"),
        PYTHONIOENCODING="ascii",
    )
    assert done.returncode == 1
    assert r"\xe9\u65e5\udce9" in done.stdout
    assert r"\xfc.png cannot be read" in done.stderr
    assert "Traceback" not in done.stderr
    assert names(tmp_path / "out") == [f"é日\udce9.{ending}" for ending in ENDINGS]
