"""Runs `vitruvian evaluate` in the process of the tests, and reads what it wrote."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner

from vitruvian.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

OURS = "BlazePose.Lite"


def evaluate(annotations: Path, *arguments: object) -> Result:
    return CliRunner().invoke(main, ["evaluate", str(annotations), *map(str, arguments)])


def of_lite(annotations: Path, *arguments: object) -> Result:
    folder = annotations.parent
    return evaluate(
        annotations, "--images", folder, "--models", "lite", "-o", folder / "out", *arguments
    )


def changed(annotations: Path, change: Any) -> Path:
    """Change the content of annotations."""
    content = json.loads(annotations.read_text())
    change(content)
    annotations.write_text(json.dumps(content))
    return annotations


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def numbers(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / "evaluation.json").read_text())
    return content
