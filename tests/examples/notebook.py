"""Execute examples/landmarks.ipynb.

`python -m tests.examples.notebook` writes the outputs into the notebook, for those who read it
where it cannot run. Outputs on stderr, times and versions are left out, because they differ
between machines.
"""

from __future__ import annotations

import nbformat
from nbclient import NotebookClient

from tests.support.sample import ROOT

NOTEBOOK = ROOT / "examples" / "landmarks.ipynb"


def execute() -> nbformat.NotebookNode:
    """Return the notebook with new outputs.

    Raises:
        CellExecutionError: a cell raises an exception.
    """
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    resources = {"metadata": {"path": str(NOTEBOOK.parent)}}
    NotebookClient(notebook, timeout=60, resources=resources, record_timing=False).execute()
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
    return notebook


if __name__ == "__main__":
    nbformat.write(execute(), NOTEBOOK)
