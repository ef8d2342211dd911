"""Files of Rerun, read back with its library and judged by its program."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path


class Rows(NamedTuple):
    """The rows of one component of an entity, in the order of time."""

    frames: list[int]
    times_s: list[float]
    values: list[Any]


def rows_of(path: Path) -> dict[tuple[str, str], Rows]:
    """Return what changes with time, by its entity and component."""
    chunks = import_module("rerun.chunk")
    found: dict[tuple[str, str], Rows] = {}
    for chunk in chunks.RrdReader(path).stream():
        if chunk.is_static:
            continue
        table = chunk.to_record_batch()
        for component in {*table.schema.names} - {"rerun.controls.RowId", "frame", "time"}:
            rows = found.setdefault((chunk.entity_path, component), Rows([], [], []))
            rows.frames.extend(table["frame"].to_pylist())
            rows.times_s.extend(table["time"].cast("int64").to_numpy() / 1e9)
            rows.values.extend(table[component].to_pylist())
    return {key: _sorted(rows) for key, rows in found.items()}


def recording_id(path: Path) -> str:
    """Return the id of the only recording in a file."""
    (entry,) = import_module("rerun.chunk").RrdReader(path).recordings()
    found: str = entry.recording_id
    return found


def rerun(home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run Rerun's program, with an empty home folder and without its statistics of use."""
    environment = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    command = [sys.executable, "-m", "rerun"]
    for words in (["analytics", "disable"], map(str, arguments)):
        done = subprocess.run(
            [*command, *words], env=environment, capture_output=True, text=True, check=False
        )
    return done


def _sorted(rows: Rows) -> Rows:
    order = np.argsort(rows.times_s, kind="stable")
    return Rows(*([column[number] for number in order] for column in rows))
