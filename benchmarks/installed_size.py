"""Print how much space an installation takes on disk.

    python -m benchmarks.installed_size [REQUIREMENT ...]

Each REQUIREMENT is one that pip takes, such as mediapipe==1.2.2; by default it is this checkout. It
is installed into a fresh environment, and what the environment takes without it is subtracted. The
size counts the blocks of the disk, and the bytecode that pip compiles.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import click

CHECKOUT = Path(__file__).parents[1]
_BLOCK_BYTES = 512  # of `st_blocks`, on every system


def installed_bytes(requirement: str) -> int:
    """Install a requirement into a fresh environment, and return the bytes that it adds."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        empty = _size_bytes(Path(folder))
        pip = [str(Path(folder, "bin", "python")), "-m", "pip", "install", "--quiet", requirement]
        if subprocess.run(pip, check=False).returncode:
            raise click.ClickException(f"pip cannot install {requirement}: see its message above.")
        return _size_bytes(Path(folder)) - empty


def _size_bytes(folder: Path) -> int:
    return sum(path.lstat().st_blocks for path in folder.rglob("*")) * _BLOCK_BYTES


@click.command(help=__doc__)
@click.argument("requirements", nargs=-1, metavar="[REQUIREMENT ...]")
def main(requirements: tuple[str, ...]) -> None:
    """Print the size of each installation."""
    for requirement in requirements or (str(CHECKOUT),):
        print(f"{requirement}: {installed_bytes(requirement) / 2**20:.0f} MB", flush=True)


if __name__ == "__main__":
    main()
