"""What a type checker tells users of the package."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.support.sample import ROOT

if TYPE_CHECKING:
    from pathlib import Path

ACCEPTED = (
    'vitruvian.track("x", num_poses="all", start_s=1, max_pixels=100)',
    'vitruvian.detect("x", num_poses=2, max_pixels=100)',
    'vitruvian.frames("x", start_s=1, end_s=2, frame_rate=25, max_pixels=None, timeout_s=3)',
)
PROGRAM = f"""import vitruvian; {"; ".join(ACCEPTED)}
vitruvian.track("x", num_pose=None)
vitruvian.frames("x", num_poses=1)
"""


def test_mypy_accepts_the_options_and_refuses_others(tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--hide-error-context", "--no-pretty", str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    errors = [line for line in done.stdout.splitlines() if "error:" in line]
    # Only the end of the path: mypy repeats what it remembers of an equal file in another folder.
    assert [error[error.index(path.name) :].partition(" for")[0] for error in errors] == [
        f'{path.name}:2: error: Unexpected keyword argument "num_pose"',
        f'{path.name}:3: error: Unexpected keyword argument "num_poses"',
    ]
