"""The frames of an input that cannot be read: skipped and counted."""

from __future__ import annotations

import logging
from dataclasses import dataclass

_log = logging.getLogger(__name__)


@dataclass
class BrokenFrames:
    """Counts the broken frames of an input while it is read.

    Attributes:
        count: The number of frames that were skipped so far.
    """

    count: int = 0

    def log(self, name: str) -> None:
        """Log a warning with the number of skipped frames, if there are any."""
        if self.count:
            frames = "frame was" if self.count == 1 else "frames were"
            _log.warning("%s: %s broken %s skipped.", name, f"{self.count:,}", frames)
