"""What came of an input."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# "Peak memory on any single file: 1.5 GB up to 50 million pixels."
LARGEST_MEMORY_BYTES = 1_500_000_000


class Verdict(StrEnum):
    """How an attempt ended. All but the first two are faults."""

    SUCCESS = "success"
    OWN_ERROR = "own error"
    FOREIGN = "foreign exception"
    BROKEN = "broken promise"
    CRASH = "crash"
    HANG = "hang"


class BrokenPromiseError(Exception):
    """Something that must hold whatever the input is, such as that files are whole, does not."""


@dataclass(frozen=True)
class Tried:
    """An input that was tried.

    Attributes:
        number: the input's number; with the seed, it decides everything.
        what: the input in a few words.
        verdict: how it ended.
        detail: the message of an error, or its traceback.
        seconds: how long it took.
        peak_bytes: the largest memory of the process meanwhile; 0 if it is unknown.
    """

    number: int
    what: str
    verdict: Verdict
    detail: str = ""
    seconds: float = 0.0
    peak_bytes: int = 0

    @property
    def is_large(self) -> bool:
        """Whether it took more memory than it may."""
        return self.peak_bytes > LARGEST_MEMORY_BYTES

    @property
    def is_good(self) -> bool:
        """Whether everything held."""
        return self.verdict in {Verdict.SUCCESS, Verdict.OWN_ERROR} and not self.is_large
