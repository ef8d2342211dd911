"""Progress bars on stderr."""

from __future__ import annotations

import sys

from tqdm import tqdm


def progress_bar(name: str, total: int | None, unit: str, *, is_shown: bool) -> tqdm[None]:
    """Return a progress bar, which is invisible if `is_shown` is false or stderr is no terminal.

    Args:
        name: What is in progress.
        total: The number of steps, None if unknown.
        unit: What a step is, in the plural.
        is_shown: Whether to show the bar.
    """
    return tqdm(
        desc=name,
        total=total,
        unit=f" {unit}",
        leave=False,
        disable=not is_shown or sys.stderr is None or not sys.stderr.isatty(),
    )
