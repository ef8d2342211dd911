"""What a type checker tells users of the package."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.support.sample import ROOT

if TYPE_CHECKING:
    from pathlib import Path

TWO_LINES = """import vitruvian; vitruvian.track("x", num_poses="all")
vitruvian.track("x", num_pose=None)
"""


def test_mypy_accepts_the_options_and_refuses_others(tmp_path: Path) -> None:
    path = tmp_path / "two_lines.py"
    path.write_text(TWO_LINES)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--hide-error-context", "--no-pretty", str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    (error,) = (line for line in done.stdout.splitlines() if "error:" in line)
    # Only the end of the path: mypy repeats what it remembers of an equal file in another folder.
    assert f'{path.name}:2: error: Unexpected keyword argument "num_pose"' in error
