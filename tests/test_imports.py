"""Who may import whom, and what is public."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import vitruvian

PACKAGE = Path(vitruvian.__file__).parent

# What a module may import of this package; what is not named here may import no more than types.
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "types": set(),
    "skeleton": set(),
    "profile": set(),
    "pipeline": set(),
    "arithmetic": {"types"},
    "geometry": {"arithmetic", "types"},
    "smoothing": {"types"},
    "region": {"arithmetic", "types"},
    "similarity": {"region", "skeleton", "types"},
    "selection": {"errors", "region", "types"},
    "motion": {"types"},
    "search": {"geometry", "region", "similarity", "types"},
    "files": {"errors"},
    "detector": {"arithmetic", "geometry", "types", "engines"},
    "landmarker": {"arithmetic", "geometry", "types", "engines"},
    "person": {"region", "smoothing", "types"},
    "loop": {"errors", "types"},
    "tracker": {"loop", "person", "types"},
    "crowd": {"loop", "motion", "person", "region", "search", "selection", "similarity", "types"},
    "weights": {"errors", "files"},
    "engines": {"errors", "weights"},
    "media": {"errors", "types"},
    "record": {"errors", "files", "types"},
    "draw": {"skeleton", "types"},
    "export": {"skeleton", "types"},
    "pose": {"crowd", "detector", "engines", "errors", "geometry", "landmarker", "loop"}
    | {
        "media",
        "pipeline",
        "profile",
        "region",
        "search",
        "selection",
        "tracker",
        "types",
        "weights",
    },
    "job": {"draw", "errors", "export", "files", "media", "pipeline", "pose", "profile", "record"}
    | {"types"},
    "mediapipe": {"arithmetic", "detector", "engines", "errors", "files", "geometry", "landmarker"}
    | {"pose", "region", "search", "skeleton", "smoothing", "types", "weights"},
    "timing": {"detector", "engines", "landmarker", "weights"},
    "cli": {"engines", "errors", "job", "pose", "profile", "timing", "weights"},
    "__main__": {"cli"},
    "__init__": {"draw", "errors", "pose", "profile", "skeleton", "types"},
}


def rooms(path: Path) -> tuple[str, set[str]]:
    """The room that a file is in, and the rooms that it imports from."""
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    imported = set()
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
    return room, imported - {room, "__version__"}


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_who_imports_whom(path: Path) -> None:
    room, imported = rooms(path)
    assert imported <= ALLOWED[room]


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
