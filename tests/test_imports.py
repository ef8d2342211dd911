"""Who may import whom, and what is public."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import vitruvian

PACKAGE = Path(vitruvian.__file__).parent

# What each room imports of this package, from the inside out. All may import errors.
IMPORTS: dict[str, set[str]] = {
    "__init__": {"draw", "pose", "profile", "skeleton", "types"},
    "__main__": {"cli"},
    "cli": {"engines", "jobs", "media", "options", "pose", "profile", "weights"},
    "draw": {"skeleton", "types"},
    "engines": {"options", "weights"},
    "errors": set(),
    "files": set(),
    "formats": {"skeleton", "types"},
    "jobs": {
        "draw",
        "engines",
        "files",
        "formats",
        "media",
        "options",
        "pipeline",
        "pose",
        "profile",
        "stages",
        "types",
        "weights",
    },
    "media": {"files", "types"},
    "mediapipe": {
        "engines",
        "files",
        "options",
        "skeleton",
        "stages",
        "tracking",
        "types",
        "weights",
    },
    "option_values": set(),
    "options": {"option_values"},
    "pipeline": set(),
    "pose": {
        "engines",
        "media",
        "options",
        "pipeline",
        "profile",
        "stages",
        "tracking",
        "types",
        "weights",
    },
    "profile": set(),
    "skeleton": set(),
    "stages": {"engines", "types"},
    "tracking": {"skeleton", "stages", "types"},
    "types": set(),
    "weights": {"files"},
}


def imported_by(room: str) -> set[str]:
    """The rooms that the files of a room import from."""
    imported: set[str] = set()
    for path in (*PACKAGE.glob(f"{room}.py"), *PACKAGE.glob(f"{room}/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
                if node.module == "vitruvian":
                    names = [f"vitruvian.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            else:
                continue
            imported |= {name.split(".")[1] for name in names if name.startswith("vitruvian.")}
    return imported - {room, "errors", "__version__"}


def test_every_room_is_named() -> None:
    rooms = {path.relative_to(PACKAGE).parts[0] for path in PACKAGE.rglob("*.py")}
    assert {room.removesuffix(".py") for room in rooms} == {*IMPORTS}


@pytest.mark.parametrize("room", IMPORTS)
def test_who_imports_whom(room: str) -> None:
    assert imported_by(room) == IMPORTS[room]


def test_everything_public_is_there() -> None:
    assert {*vitruvian.__all__} <= {*dir(vitruvian), *vitruvian._MODULES}
    for name in vitruvian.__all__:
        assert getattr(vitruvian, name) is not None
    with pytest.raises(AttributeError, match="nonsense"):
        vitruvian.nonsense  # noqa: B018


def test_importing_loads_nothing_heavy() -> None:
    heavy = {
        "ai_edge_litert",
        "av",
        "click",
        "cv2",
        "onnxruntime",
        "openvino",
        "pooch",
        "tqdm",
    }
    code = f"import sys, vitruvian; sys.exit(str({heavy} & set(sys.modules) or ''))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""
