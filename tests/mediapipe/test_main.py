"""Tests of `python -m vitruvian.mediapipe`, with programs that import `mediapipe`."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import sys
import mediapipe as mp
import mediapipe.python.solutions.pose as mp_pose
from mediapipe.framework.formats import landmark_pb2
from mediapipe.python.solutions import drawing_utils

assert mp.solutions.pose is mp_pose
assert __name__ == "__main__" and sys.modules["__main__"].__dict__ is globals()
print(mp_pose.__name__, landmark_pb2.NormalizedLandmark.__module__, drawing_utils.RED_COLOR)
print(sys.argv, __file__, sys.path[0])
import beside
if sys.argv[1:] == ["fail"]:
    beside.fail()
sys.exit(7)
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    (tmp_path / "beside.py").write_text("def fail():\n    raise KeyError('no')\n")
    (tmp_path / "program.py").write_text(PROGRAM)
    return tmp_path / "program.py"


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "vitruvian.mediapipe", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("real_one_is_installed", [False, True])
def test_a_program_that_imports_mediapipe_gets_this_package(
    program: Path, real_one_is_installed: bool
) -> None:
    if real_one_is_installed:
        (program.parent / "mediapipe.py").write_text("raise RuntimeError('the real package')")
    done = run(program.parent, "program.py", "--option", "-m")
    assert done.stderr == ""
    assert done.returncode == 7
    modules, places = done.stdout.splitlines()
    assert modules == (
        "vitruvian.mediapipe.solutions.pose "
        "vitruvian.mediapipe.framework.formats.landmark_pb2 (0, 0, 255)"
    )
    assert places == f"{['program.py', '--option', '-m']} {program} {program.parent}"


def test_a_module_can_be_run_with_the_option_m(program: Path) -> None:
    done = run(program.parent, "-m", "program", "a")
    assert done.returncode == 7
    assert f"[{str(program)!r}, 'a'] {program}" in done.stdout


def test_a_traceback_shows_only_frames_of_the_program(program: Path) -> None:
    done = run(program.parent, "program.py", "fail")
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert lines[0] == "Traceback (most recent call last):"
    assert lines[1].startswith(f'  File "{program}", line ')
    assert lines[-1] == "KeyError: 'no'"
    assert "runpy" not in done.stderr
    assert "vitruvian" not in done.stderr


HEADLESS = """
class error(Exception):
    pass

def imshow(title, image):
    raise error("OpenCV(4.11.0) window.cpp:1301: error: (-2:Unspecified error) The function is not "
                "implemented. Rebuild the library with Windows, GTK+ 2.x or Cocoa support.")

def line():
    raise error("OpenCV(4.11.0) drawing.cpp:1: error: (-215:Assertion failed)")
"""


def test_a_window_that_cannot_open_is_explained_after_the_traceback(tmp_path: Path) -> None:
    (tmp_path / "cv2.py").write_text(HEADLESS)
    (tmp_path / "shows.py").write_text("import cv2\ncv2.imshow('window', None)\n")
    done = run(tmp_path, "shows.py")
    assert done.returncode == 1
    *_, error, advice = done.stderr.splitlines()
    assert error.startswith("cv2.error: OpenCV(4.11.0)")
    assert "cannot open windows" in advice
    assert "pip install --force-reinstall --no-deps opencv-contrib-python." in advice

    (tmp_path / "draws.py").write_text("import cv2\ncv2.line()\n")
    assert run(tmp_path, "draws.py").stderr.splitlines()[-1].startswith("cv2.error:")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [((), "script.py"), (("-x",), "script.py"), (("missing.py",), "missing.py.*No such file")],
)
def test_a_wrong_command_line_is_a_usage_error(
    tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = run(tmp_path, *arguments)
    assert done.returncode == 2
    assert re.search(words, done.stderr)
    assert "Traceback" not in done.stderr
