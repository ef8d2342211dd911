"""What `vitruvian run` prints about its inputs: a row of a table for each, and a summary."""

from __future__ import annotations

import textwrap
import time
import traceback
from typing import TYPE_CHECKING

from vitruvian.cli.terminal import echo_above_progress_bars, styled
from vitruvian.cli.written_files import counted_files
from vitruvian.errors import VitruvianError
from vitruvian.jobs.summary import Finished, Gathered
from vitruvian.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from vitruvian.jobs.summary import Outcome, Summary

_WIDTH = 80
_COLUMNS = {"frames": 8, "with people": 13, "people": 8, "seconds": 9, "frames/s": 10}  # widths
_MOST_FILES_LISTED = 6


class Report:
    """Prints the outcomes of a run, each when it is added, and a summary at the end.

    Args:
        names: The names of all inputs.
        is_quiet: Whether to print errors only.
        is_verbose: Whether to print the traceback of each error.

    Attributes:
        is_good: Whether all inputs that were added were processed to their ends.
    """

    def __init__(
        self, names: Sequence[str], *, is_quiet: bool = False, is_verbose: bool = False
    ) -> None:
        self.is_good = True
        self._is_quiet = is_quiet
        self._is_verbose = is_verbose
        self._has_rows = False
        self._start_s = time.perf_counter()
        self._name_width = min(max(map(len, names)), _WIDTH - sum(_COLUMNS.values()))
        self._count = len(names)
        self._summaries: list[Summary] = []
        self._finished_before: list[Finished] = []
        self._gathered_files: list[Path] = []
        self._failed: list[str] = []
        self._not_started: list[str] = []

    def add(self, name: str, outcome: Outcome) -> None:
        """Print the outcome of the next input."""
        if not self._has_rows:
            self._print(styled(self._row("input", _COLUMNS), bold=True))
            self._has_rows = True
        if outcome is None:
            self.is_good = False
            self._not_started.append(name)
        elif isinstance(outcome, Exception):
            self._add_error(name, outcome)
            self._failed.append(name)
            self._print(styled(self._row(name, ["failed"]), fg="red"))
        elif isinstance(outcome, Gathered):
            self._gathered_files += outcome.files
        elif isinstance(outcome, Finished):
            self._finished_before.append(outcome)
            self._print(styled(self._row(name, ["skipped"]), dim=True))
        else:
            if outcome.error is not None:
                self._add_error(name, outcome.error)
            self.is_good &= not outcome.is_stopped
            self._summaries.append(outcome)
            is_whole = not (outcome.error or outcome.is_stopped or outcome.broken_frames)
            row = self._row(name, _cells([outcome], outcome.seconds))
            if outcome.broken_frames:
                row += f"\n  and {_counted(outcome.broken_frames, 'broken frame')}, skipped"
            self._print(row if is_whole else styled(row, fg="yellow"))

    def finish(self, notes: Iterable[str] = ()) -> None:
        """Print what was done with all inputs, where the files are, and each note in one line."""
        if self._count > 1:
            cells = _cells(self._summaries, time.perf_counter() - self._start_s)
            self._print(styled(self._row(f"all {self._count}", cells), bold=True))
        files = [file for summary in self._summaries for file in summary.files]
        self._print_files([*files, *self._gathered_files])
        if self._finished_before:
            count = _counted(len(self._finished_before), "input")
            self._print_note(f"Finished before, and skipped: {count}")
        for note in notes:
            self._print(note)
        for summary in self._summaries:
            if summary.left_out:
                self._print_note(
                    f"{summary.name}: {_counted(summary.left_out, 'frame')} left out, because they "
                    "came faster than they could be processed."
                )
        incomplete = [summary for summary in self._summaries if summary.error is not None]
        self._print_names("Read only in part", map(_with_frames, incomplete), fg="yellow")
        stopped = [summary for summary in self._summaries if summary.is_stopped]
        self._print_names("Stopped", map(_with_frames, stopped), fg="yellow")
        self._print_names("Not started", self._not_started, fg="yellow")
        self._print_names("Failed", self._failed, fg="red")

    def _add_error(self, name: str, error: Exception) -> None:
        self.is_good = False
        sentence = _sentence(error)
        where = "" if name in sentence else f"{name}: "
        self._print_error(f"{styled('Error:', fg='red')} {where}{sentence}")
        if self._is_verbose:
            self._print_error("".join(traceback.format_exception(error)).rstrip())

    def _row(self, name: str, cells: Iterable[str]) -> str:
        if len(name) > self._name_width:
            name = "…" + name[1 - self._name_width :]
        columns = zip(cells, _COLUMNS.values(), strict=False)
        numbers = "".join(f"{text:>{width}}" for text, width in columns)
        return f"{name:<{self._name_width}}{numbers}".rstrip()

    def _print_files(self, files: Sequence[Path]) -> None:
        if not files and self._finished_before:
            self._print("")
        elif not files:
            self._print("\nNo files were written.")
        elif len(files) <= _MOST_FILES_LISTED:
            self._print("\nWritten:")
            for file in files:
                self._print(f"  {printable(file)}")
        else:
            self._print_note(f"\nWritten to {counted_files(files)}")

    def _print_names(self, title: str, names: Iterable[str], fg: str) -> None:
        if text := ", ".join(names):
            self._print_note(f"{title}: {text}", fg=fg)

    def _print_note(self, text: str, fg: str | None = None) -> None:
        # Paths and names stay in one piece, so that they can be copied.
        lines = textwrap.wrap(
            text.strip("\n"),
            _WIDTH,
            subsequent_indent="  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        blank = "\n" if text.startswith("\n") else ""
        self._print(blank + styled("\n".join(lines), fg=fg))

    @staticmethod
    def _print_error(text: str) -> None:
        echo_above_progress_bars(text, err=True)

    def _print(self, text: str) -> None:
        if not self._is_quiet:
            echo_above_progress_bars(text)


def _sentence(error: Exception) -> str:
    """Return what an exception says, in one line, and what to do about a foreign one."""
    if isinstance(error, VitruvianError):
        return printable(" ".join(str(error).splitlines()))
    said = printable(" ".join(traceback.format_exception_only(error)[-1].split()))
    if isinstance(error, MemoryError):
        return f"The memory does not suffice ({said}): scale it down, or run fewer jobs at a time."
    return f"This is an error in vitruvian ({said}): report it with what --verbose prints."


def _cells(summaries: Sequence[Summary], seconds: float) -> list[str]:
    """Return the numbers of a row; the rate only if there is a video."""
    frames = sum(summary.frames for summary in summaries)
    return [
        f"{frames:,}",
        f"{sum(summary.frames_with_people for summary in summaries):,}",
        f"{sum(summary.people for summary in summaries):,}",
        f"{seconds:.2f}",
        "" if all(summary.is_image for summary in summaries) else f"{frames / seconds:.1f}",
    ]


def _with_frames(summary: Summary) -> str:
    return f"{summary.name} (its files have the first {_counted(summary.frames, 'frame')})"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"
