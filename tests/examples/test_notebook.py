"""The notebook runs from its first to its last cell, and is small enough for the repository."""

from __future__ import annotations

import nbformat

from tests.examples.notebook import NOTEBOOK, execute


def kinds(notebook: nbformat.NotebookNode) -> list[list[str]]:
    """Return the kinds of data in the outputs of each cell."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [sorted(k for out in cell.outputs for k in out.get("data", ())) for cell in cells]


def test_the_notebook_runs_and_draws_three_figures() -> None:
    executed = execute()
    assert sum(kind == "image/jpeg" for cell in kinds(executed) for kind in cell) == 3
    assert kinds(executed) == kinds(nbformat.read(NOTEBOOK, as_version=4))


def test_the_stored_outputs_are_small_and_name_no_folder_of_a_machine() -> None:
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert len(text) < 300_000
    assert "site-packages" not in text
