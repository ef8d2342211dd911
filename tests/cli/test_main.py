from __future__ import annotations

import subprocess
import sys

import click
import pytest

from tests.cli.program import vitruvian
from vitruvian.cli.main import main


def test_help_and_version() -> None:
    assert "33 landmarks" not in vitruvian("--help").stderr
    assert "INPUT" in vitruvian("run", "--help").stdout
    assert vitruvian("--version").stdout.startswith("vitruvian ")


@pytest.mark.parametrize("name", [None, *main.commands])
def test_help_fits_a_terminal_of_80_columns(name: str | None) -> None:
    command = main if name is None else main.commands[name]
    lines = command.get_help(click.Context(command, terminal_width=80)).splitlines()[1:]
    assert max(map(len, lines)) <= 80
    assert not any(line.endswith("...") for line in lines)  # as a description that is cut


def test_help_loads_nothing_heavy() -> None:
    heavy = {
        "ai_edge_litert",
        "av",
        "cv2",
        "google.protobuf",
        "matplotlib",
        "onnxruntime",
        "openvino",
        "pooch",
    }
    program = (
        "import sys\n"
        "from vitruvian.cli.main import main\n"
        "for command in ([], ['run'], ['evaluate'], ['engines'], ['models', 'pull']):\n"
        "    try: main([*command, '--help'])\n"
        "    except SystemExit as end: assert end.code == 0\n"
        f"sys.exit(str({heavy | {'tqdm'}} & {{*sys.modules}} or ''))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stderr.strip() == ""
    assert done.stdout.count("Usage: ") == 5
