"""`evaluation.json`: all numbers of an evaluation, and everything on which they depend."""

from __future__ import annotations

import json
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from vitruvian import __version__

if TYPE_CHECKING:
    from vitruvian.jobs.evaluation import Outcome, Request

# The libraries on which numbers depend.
_LIBRARIES = (
    "ai-edge-litert",
    "faster-coco-eval",
    "matplotlib",
    "numpy",
    "pillow",
    "trackeval",
)


def json_of(outcome: Outcome) -> str:
    """Return an evaluation as JSON, with everything on which its numbers depend."""
    content = outcome.evaluation.to_dict()
    options = {**content.pop("options"), **_options(outcome.request)}
    described = {
        "annotations": content.pop("annotations"),
        "options": options,
        "versions": _versions(),
        "sha256": outcome.sha256,
        "left_out": [
            {"id": identity, "reason": reason} for identity, reason in outcome.left_out.items()
        ],
    }
    return json.dumps({**described, **content}, indent=1, allow_nan=False) + "\n"


def _options(request: Request) -> dict[str, Any]:
    """Return the options that `evaluate` does not have. Without images no model ran."""
    options: dict[str, Any] = {"group_by": request.group_by}
    if request.images is not None:
        options |= {
            "models": list(request.models),
            "num_poses": "all" if request.num_poses is None else request.num_poses,
            "search": request.search,
        }
    return options


def _versions() -> dict[str, str]:
    versions = {"vitruvian": __version__, "python": platform.python_version()}
    for library in _LIBRARIES:
        try:
            versions[library] = version(library)
        except PackageNotFoundError:  # an extra
            continue
    return versions
