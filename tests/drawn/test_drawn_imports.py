"""Of Vitruvian, the drawn benchmark imports only the names of the landmarks."""

from __future__ import annotations

import ast

from tests.support.sample import ROOT


def test_nothing_that_is_measured_takes_part_in_making_the_truth() -> None:
    imported = set()
    for file in (ROOT / "benchmarks" / "drawn").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                imported.add(node.module)
            elif isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
    ours = {name for name in imported if name.split(".")[0] in {"vitruvian", "benchmarks", "tests"}}
    assert ours == {"vitruvian.skeleton"}
