"""The folders in which a worker reads and writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Place:
    """The folders of one worker. They outlive it, as the folders of a killed program do.

    Attributes:
        root: the worker's own folder.
        seeds: the valid files from which broken ones are made, shared by all workers.
    """

    root: Path
    seeds: Path

    @property
    def inputs(self) -> Path:
        """The folder of the input."""
        return self.root / "inputs"

    @property
    def outputs(self) -> Path:
        """The folder to which the program writes."""
        return self.root / "outputs"

    @property
    def other(self) -> Path:
        """A video that no input may open. It is not below the folder of a playlist."""
        return self.root / "other" / "clip.mp4"

    @property
    def log(self) -> Path:
        """The file that gets what the worker prints, also when it crashes."""
        return self.root / "log"

    def create(self) -> None:
        """Create the folders."""
        for folder in (self.inputs, self.outputs):
            folder.mkdir(parents=True, exist_ok=True)

    def note(self, what: str) -> None:
        """Write down what is tried, which is known even if the worker dies."""
        (self.root / "what").write_text(what, encoding="utf-8", errors="backslashreplace")

    def noted(self) -> str:
        """Return what was written down last."""
        path = self.root / "what"
        return path.read_text(encoding="utf-8") if path.exists() else ""
