"""Runtimes, each behind the same protocol of one method, each loaded only when chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Engine(Protocol):
    """A network ready to run."""

    def infer(self, images: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        """Run the network on a batch of images (N, H, W, 3).

        Returns:
            Its outputs in the order they were asked for, each with N first.

        Raises:
            EngineError: the runtime failed.
        """
        ...
