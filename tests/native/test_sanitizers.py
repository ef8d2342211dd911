"""Runs the tests of the library in C again, with a library that checks itself while it computes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import vitruvian

TESTS = Path(__file__).parents[1]
# Of Clang and of other systems, the runtime has other names.
pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("gcc"), reason="GCC on Linux is needed"
)


def runtime(name: str) -> str:
    """Return the path of one of GCC's own libraries."""
    command = ["gcc", f"-print-file-name={name}"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.mark.long
def test_no_memory_beside_arrays_is_used_and_no_behaviour_is_undefined(tmp_path: Path) -> None:
    package = tmp_path / "vitruvian"
    shutil.copytree(Path(vitruvian.__file__).parent, package)
    native = package / "native"
    compile_ = ["gcc", "-std=c11", "-O1", "-g", "-ffp-contract=off", "-fPIC", "-shared", "-pthread"]
    compile_ += ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
    compile_ += [*map(str, native.glob("*.c")), "-o", str(native / "core.so"), "-lm"]
    subprocess.run(compile_, check=True)
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join((str(tmp_path), str(TESTS.parent))),
        "LD_PRELOAD": " ".join(map(runtime, ("libasan.so", "libubsan.so"))),
        "ASAN_OPTIONS": "detect_leaks=0",  # Python itself keeps memory until it ends
        # numpy's own threads and allocator are not what is tested.
        "OPENBLAS_NUM_THREADS": "1",
    }
    tests = [
        str(TESTS / "native" / f"test_{name}.py")
        for name in ("crop", "filters", "landmarks", "mask")
    ]
    pytest_ = [sys.executable, "-m", "pytest", "-s", "-p", "no:cacheprovider", *tests]
    run = subprocess.run(
        pytest_, check=False, cwd=TESTS.parent, env=environment, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-4000:]
