"""Progress bars on stderr."""

from __future__ import annotations

import sys

from tqdm import tqdm

_MOST_CHARACTERS = 30  # of a name, so that half of a narrow terminal is left for the bar
# tqdm would turn a rate below 1 into seconds per frame.
_WITH_TOTAL = (
    "{desc}: {percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} "
    "[{elapsed}<{remaining}, {rate_noinv_fmt}]"
)
_WITHOUT_TOTAL = "{desc}: {n_fmt}{unit} [{elapsed}, {rate_noinv_fmt}]"


def progress_bar(name: str, total: int | None, unit: str, *, is_shown: bool) -> tqdm[None]:
    """Return a progress bar, which is invisible if `is_shown` is false or stderr is no terminal.

    It shows the steps, the time that has passed, the time that is left, and the steps a second.

    Args:
        name: What is in progress. Only the end of a long name is shown.
        total: The number of steps, None if unknown.
        unit: What a step is, in the plural.
        is_shown: Whether to show the bar.
    """
    if len(name) > _MOST_CHARACTERS:
        name = "…" + name[1 - _MOST_CHARACTERS :]
    return tqdm(
        desc=name,
        total=total,
        unit=f" {unit}",
        bar_format=_WITHOUT_TOTAL if total is None else _WITH_TOTAL,
        leave=False,
        disable=not is_shown or sys.stderr is None or not sys.stderr.isatty(),
    )
