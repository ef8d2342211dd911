"""Quality of results against annotated truth: metrics and intervals; no model runs here.

from vitruvian.evaluation import evaluate

evaluation = evaluate("annotations.json", {"AlphaPose": "alphapose-results.json"})
print(evaluation.systems["AlphaPose"].overall.metrics["pck"])
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vitruvian.evaluation.annotation_file import read_annotations as read_annotations
    from vitruvian.evaluation.annotations import Annotations as Annotations
    from vitruvian.evaluation.scores import Evaluation as Evaluation
    from vitruvian.evaluation.scoring import evaluate as evaluate

# They bring numpy's larger parts and an optional library along, so they load when first used.
_LAZY = {
    "Annotations": "vitruvian.evaluation.annotations",
    "Evaluation": "vitruvian.evaluation.scores",
    "evaluate": "vitruvian.evaluation.scoring",
    "read_annotations": "vitruvian.evaluation.annotation_file",
}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module 'vitruvian.evaluation' has no attribute {name!r}")
    return getattr(import_module(_LAZY[name]), name)


def __dir__() -> list[str]:
    return sorted(_LAZY)
