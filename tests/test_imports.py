"""Who may import whom: the tables in ARCHITECTURE.md, and no circles."""

from __future__ import annotations

import ast
import pydoc
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import vitruvian

PACKAGE = Path(vitruvian.__file__).parent
PAGE = Path(__file__).parents[1] / "ARCHITECTURE.md"
ROW = re.compile(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
# Imported by each, these hold no rule of their own.
EVERYWHERE = {"errors"}


def read_tables() -> dict[str, set[str]]:
    """Return what each room may import, as ARCHITECTURE.md says."""
    allowed: dict[str, set[str]] = {}
    for room, cell in ROW.findall(PAGE.read_text(encoding="utf-8")):
        names = set(re.findall(r"`(\w+)`", cell))
        if cell == "everything above":
            names = {*allowed}
        elif cell == "everything above `jobs`":
            names = {*list(allowed)[: list(allowed).index("jobs")]}
        allowed[room] = names - EVERYWHERE
    return allowed


ALLOWED = read_tables()


def modules() -> dict[str, Path]:
    """Return all files of the package by the names of their modules."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = ["vitruvian", *path.relative_to(PACKAGE).with_suffix("").parts]
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def imports_of(module: str) -> set[str]:
    """Return the modules that a file imports, also those for type checkers only."""
    imported: set[str] = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                imported.add(submodule if submodule in MODULES else node.module)
        elif isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
    return (imported & {*MODULES}) - {module}


def room_of(module: str) -> str:
    _, _, rest = module.partition(".")
    return rest.partition(".")[0] or "__init__"


def rooms_imported_by(room: str) -> set[str]:
    imported = {
        room_of(name)
        for module in MODULES
        if room_of(module) == room
        for name in imports_of(module)
    }
    return imported - {room, "__init__"} - EVERYWHERE


def test_the_tables_name_every_room() -> None:
    assert {room_of(module) for module in MODULES} == {*ALLOWED}


@pytest.mark.parametrize("room", ALLOWED)
def test_a_room_imports_only_what_its_row_permits(room: str) -> None:
    assert rooms_imported_by(room) <= ALLOWED[room]


@pytest.mark.parametrize("room", [room for room in ALLOWED if len(ALLOWED[room]) < 15])
def test_a_row_permits_nothing_that_is_not_used(room: str) -> None:
    assert rooms_imported_by(room) >= ALLOWED[room]


def test_rooms_have_no_circles() -> None:
    assert_no_circles({room: rooms_imported_by(room) for room in ALLOWED})


def test_files_have_no_circles() -> None:
    assert_no_circles({module: imports_of(module) for module in MODULES})


def assert_no_circles(graph: dict[str, set[str]]) -> None:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_stages_do_not_import_each_other() -> None:
    stages = {
        f"vitruvian.stages.{name}" for name in ("detector", "landmarker", "region", "smoothing")
    }
    for stage in stages:
        assert not imports_of(stage) & stages


def test_nothing_imports_the_drop_in() -> None:
    for module in MODULES:
        if room_of(module) != "mediapipe":
            assert "mediapipe" not in {room_of(name) for name in imports_of(module)}


def test_only_packages_re_export() -> None:
    """A name is imported from the module that defines it."""
    for module, path in MODULES.items():
        if path.name == "__init__.py" or room_of(module) == "mediapipe":
            continue
        names = {
            target.id
            for node in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        assert "__all__" not in names, module


def test_everything_public_is_there() -> None:
    names = dir(vitruvian)
    assert {"Pose", "track", "detect", "frames", "VideoWriter", "annotate", "Trails"} < {*names}
    for name in names:
        assert getattr(vitruvian, name) is not None
        assert name[0] != "_"
    errors = {name for name, value in vars(vitruvian.errors).items() if isinstance(value, type)}
    assert errors < {*names}
    with pytest.raises(AttributeError, match="nonsense"):
        vitruvian.nonsense  # noqa: B018


def test_the_help_names_everything_and_is_short() -> None:
    text = pydoc.render_doc(vitruvian, renderer=pydoc.plaintext)
    description, _, _ = text.partition("PACKAGE CONTENTS")
    for name in dir(vitruvian):
        assert name in description or issubclass(getattr(vitruvian, name), vitruvian.VitruvianError)
    assert len(description.splitlines()) <= 24  # one screen of an old terminal
    assert len(text.splitlines()) <= 80  # with a line for each module


def test_importing_loads_nothing_heavy() -> None:
    heavy = {
        "ai_edge_litert",
        "av",
        "c3d",
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
