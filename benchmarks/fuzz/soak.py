"""What a process holds: if that grows with the number of inputs, something leaks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Vitals:
    """What a process holds at a moment."""

    memory_bytes: int
    descriptors: int
    threads: int

    @classmethod
    def of(cls, pid: int) -> Vitals:
        """Return what a process holds now. Linux only."""
        folder = Path("/proc", str(pid))
        lines = (folder / "status").read_text().splitlines()
        values = dict(line.split(":", 1) for line in lines)
        return cls(
            memory_bytes=1024 * int(values["VmRSS"].split()[0]),
            descriptors=len(list((folder / "fd").iterdir())),
            threads=int(values["Threads"]),
        )

    def row(self, minutes: float, inputs: int, pid: int) -> str:
        """Return a row of the table whose head is `HEAD`."""
        memory_mb = self.memory_bytes / 1e6
        cells = (f"{minutes:.1f}", inputs, pid, f"{memory_mb:.0f}", self.descriptors, self.threads)
        return f"| {' | '.join(map(str, cells))} |"


HEAD = "| minutes | inputs | process | RSS, MB | descriptors | threads |\n|---|---|---|---|---|---|"
