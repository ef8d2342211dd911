"""The error for what this package does not have of MediaPipe's other solutions."""

from __future__ import annotations


def missing(solution: str, attribute: str) -> AttributeError:
    """Return the error for an attribute of a solution that this package does not have."""
    return AttributeError(
        f"There is no {solution}.{attribute}: this package has only pose of MediaPipe's solutions."
    )
