"""What `vitruvian run` says about the names of its inputs, one line for each kind of remark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitruvian.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vitruvian.jobs.plan import Plan

_MOST_NAMED = 5


def plan_notes(plan: Plan) -> Iterator[str]:
    """Yield what was left out, done once and shortened."""
    for folder, description in plan.left_out:
        yield f"Left out of {folder}: {description}"
    if plan.repeated:
        yield f"Given more than once, done once: {_listed(plan.repeated)}"
    shortened = [printable(job.output.name) for job in plan.jobs if job.is_shortened]
    if shortened:
        yield f"Shortened, because the name is too long for a file: {_listed(shortened)}"


def _listed(names: Sequence[str]) -> str:
    rest = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {rest:,} more" if rest > 0 else "")
