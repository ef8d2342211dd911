"""The outcomes of a run as JSON, for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from vitruvian.jobs.summary import Finished, Gathered
from vitruvian.printable import printable

if TYPE_CHECKING:
    from vitruvian.jobs.summary import Outcome


def json_line(name: str, outcome: Outcome) -> str:
    """Return the outcome of an input as a JSON object in one line.

    `status` is "done", "gathered" (of a folder of photographs), "finished before", "read in part",
    "stopped", "not started" or "failed". `files` are paths that a program can open, whatever
    characters they have: all that are not ASCII are escapes of JSON.
    """
    return json.dumps({"input": name, **_described(outcome)})


def _described(outcome: Outcome) -> dict[str, Any]:
    if outcome is None:
        return {"status": "not started"}
    if isinstance(outcome, Exception):
        return {"status": "failed", "error": printable(outcome)}
    files = [str(file) for file in outcome.files]
    if isinstance(outcome, (Finished, Gathered)):
        status = "finished before" if isinstance(outcome, Finished) else "gathered"
        return {"status": status, "files": files}
    status = "read in part" if outcome.error else "stopped" if outcome.is_stopped else "done"
    return {
        "status": status,
        "frames": outcome.frames,
        "frames_with_people": outcome.frames_with_people,
        "people": outcome.people,
        "left_out": outcome.left_out,
        "broken_frames": outcome.broken_frames,
        "seconds": round(outcome.seconds, 3),
        "error": outcome.error and printable(outcome.error),
        "files": files,
    }
