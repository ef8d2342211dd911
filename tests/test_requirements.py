"""What an installation brings: no OpenCV, so that a program's own one stays as it is."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from importlib.metadata import requires
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement

from tests.support.sample import ROOT

if TYPE_CHECKING:
    from pathlib import Path

# Prints the names of the installed builds of OpenCV, and of their files that are not as installed.
LOOK = """
import base64, hashlib
from importlib.metadata import distributions

for found in distributions():
    if "opencv" in found.name:
        print(found.name)
        for file in found.files:
            if file.hash:
                digest = hashlib.sha256(file.locate().read_bytes()).digest()
                if base64.urlsafe_b64encode(digest).decode().rstrip("=") != file.hash.value:
                    print("changed:", file)
"""


def needed(requirement: Requirement, seen: set[str]) -> set[str]:
    """Return the names of a package and of all that it needs, without extras."""
    if requirement.name in seen or (requirement.marker and not requirement.marker.evaluate()):
        return seen
    seen.add(requirement.name)
    for text in requires(requirement.name) or []:
        needed(Requirement(text), seen)
    return seen


def test_no_package_that_is_installed_along_is_an_opencv() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names: set[str] = set()
    for text in project["dependencies"]:
        needed(Requirement(text), names)
    assert {"numpy", "pillow", "urllib3"} <= names  # urllib3 is needed by what pooch needs
    assert not [name for name in names if "opencv" in name]


def test_no_file_imports_opencv() -> None:
    """The drop-in's drawing functions load it by name, when a program calls them."""
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").partition(".")[0] != "cv2", path
            elif isinstance(node, ast.Import):
                assert "cv2" not in {alias.name for alias in node.names}, path


@pytest.mark.long
@pytest.mark.parametrize("is_first", [True, False])
def test_a_programs_own_opencv_keeps_its_files(tmp_path: Path, is_first: bool) -> None:
    subprocess.run([sys.executable, "-m", "venv", tmp_path], check=True)
    python = next(tmp_path.glob("[bS]*/python*"))  # bin or Scripts
    packages = ["opencv-python", str(ROOT)]
    for package in packages if is_first else reversed(packages):
        subprocess.run([python, "-m", "pip", "install", "--quiet", package], check=True)
    done = subprocess.run([python, "-c", LOOK], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["opencv-python"]
