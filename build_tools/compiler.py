"""Compile the C files of src/vitruvian/native into one shared library beside them.

    python build_tools/compiler.py

The library knows nothing of Python, so that it needs no headers of Python, and one library serves
every version of it. It has the same name on every system, as `vitruvian.native.library` loads it by
its whole path.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "src" / "vitruvian" / "native"
LIBRARY = FOLDER / "core.so"

# The package on PyPI with a C compiler for every system, which is asked for where there is none.
FALLBACK = "ziglang"

# The numbers must be the same everywhere: products and sums are not fused, and loops are not turned
# into vector instructions, with which GCC 12 moved last digits.
_FLAGS = (
    *("-std=c11", "-O2", "-ffp-contract=off", "-fno-tree-vectorize", "-fno-tree-slp-vectorize"),
    *("-fPIC", "-shared"),
)

_REMEDY = (
    "name another one in the environment's CC, or set VITRUVIAN_NATIVE=0 to install Vitruvian "
    "without its native library, which gives the same results more slowly."
)


def find() -> list[str] | None:
    """Return the command of a C compiler that works, or None.

    It is the one that the environment's CC names, the system's, or that of the package ziglang.
    """
    # On Windows what they make needs libraries of their own, which other machines do not have.
    commands = [] if _is_windows() else [["cc"], ["gcc"], ["clang"]]
    if os.environ.get("CC"):
        commands = [shlex.split(os.environ["CC"])]
    if importlib.util.find_spec(FALLBACK):
        # Otherwise it compiles for this machine's processor only.
        commands.append([sys.executable, "-m", FALLBACK, "cc", "-mcpu=baseline"])
    return next(filter(_works, commands), None)


def build() -> None:
    """Compile the library.

    Exits:
        There is no compiler, or it fails: with one sentence that says what to do.
    """
    command = find()
    if command is None:
        raise SystemExit(f"No C compiler was found that works: {_REMEDY}")
    sources = sorted(map(str, FOLDER.glob("*.c")))
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        built = Path(folder, "core.so")
        compile_ = [*command, *_FLAGS, *_architectures(), *sources, "-o", str(built), *_libraries()]
        if subprocess.run(compile_, check=False).returncode:
            raise SystemExit(f"{command[0]} cannot compile the files of {FOLDER}: {_REMEDY}")
        built.replace(LIBRARY)  # a running program keeps the library that it has loaded


def _works(command: list[str]) -> bool:
    """Return whether a compiler makes a shared library; macOS has a `cc` that only says no."""
    if not shutil.which(command[0]):
        return False
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "probe.c")
        source.write_text("#include <math.h>\n#include <stdint.h>\nint32_t one(void) { return 1; }")
        probe = [*command, *_FLAGS, str(source), "-o", str(Path(folder, "probe.so"))]
        return not subprocess.run(probe, capture_output=True, check=False).returncode


def _architectures() -> list[str]:
    """Return what macOS's tools are told of the processors to compile for."""
    return shlex.split(os.environ.get("ARCHFLAGS", "")) if platform.system() == "Darwin" else []


def _libraries() -> list[str]:
    return [] if _is_windows() else ["-lm", "-pthread"]


def _is_windows() -> bool:
    return platform.system() == "Windows"


if __name__ == "__main__":
    build()
