"""Counts what came of the inputs, and keeps those that were too much."""

from __future__ import annotations

import shutil
from collections import Counter
from typing import TYPE_CHECKING

from .verdict import LARGEST_MEMORY_BYTES, Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from .place import Place
    from .verdict import Tried

_SIGNIFICANT = 12  # lines of a detail that are printed


class Report:
    """The counts of all inputs.

    Args:
        kept: the folder in which the inputs are kept that show a fault, each in a folder named
            after its seed and number.
        seed: the seed.

    Attributes:
        is_good: Whether everything held for all inputs.
    """

    def __init__(self, kept: Path, seed: int) -> None:
        self.is_good = True
        self._kept = kept
        self._seed = seed
        self._counts = Counter[Verdict]()
        self._large = 0
        self._largest: Tried | None = None
        self._slowest: Tried | None = None

    def add(self, tried: Tried, place: Place) -> str:
        """Count an input, and return what to print about it: nothing if everything held."""
        self._counts[tried.verdict] += 1
        self._large += tried.is_large
        self._largest = max(
            filter(None, (self._largest, tried)), key=lambda tried: tried.peak_bytes
        )
        self._slowest = max(filter(None, (self._slowest, tried)), key=lambda tried: tried.seconds)
        if tried.is_good:
            return ""
        self.is_good = False
        folder = self._kept / f"{self._seed}-{tried.number}"
        shutil.copytree(place.inputs, folder, dirs_exist_ok=True)
        text = f"{_line(tried)}\n{tried.detail}".strip()
        (folder / "detail.txt").write_text(text, encoding="utf-8", errors="backslashreplace")
        head, *lines = text.splitlines()
        return "\n  ".join((head, *lines[-_SIGNIFICANT:]))

    def table(self) -> str:
        """Return the counts as a table."""
        rows = {"inputs": self._counts.total()}
        plurals = {
            Verdict.SUCCESS: "successes",
            Verdict.OWN_ERROR: "own errors",
            Verdict.FOREIGN: "foreign exceptions",
            Verdict.BROKEN: "broken promises",
            Verdict.CRASH: "crashes",
            Verdict.HANG: "hangs",
        }
        rows |= {name: self._counts[verdict] for verdict, name in plurals.items()}
        rows[f"over {LARGEST_MEMORY_BYTES / 1e9:g} GB"] = self._large
        lines = [f"| {name} | {count} |" for name, count in rows.items()]
        if self._largest and self._slowest:
            lines.append(f"| largest memory | {_line(self._largest)} |")
            lines.append(f"| longest time | {_line(self._slowest)} |")
        return "\n".join(("| | |", "|---|---|", *lines))


def _line(tried: Tried) -> str:
    memory = f"{tried.peak_bytes / 1e6:.0f} MB"
    return f"{tried.number}: {tried.verdict}, {tried.what}, {tried.seconds:.1f} s, {memory}"
