"""A fake of matplotlib."""

from __future__ import annotations

from types import ModuleType
from typing import Any


class FakePlots(ModuleType):
    """A fake of matplotlib.pyplot and of its axes, which records all calls."""

    def __init__(self) -> None:
        super().__init__("matplotlib.pyplot")
        self.calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []

    @property
    def names(self) -> list[str]:
        """The names of the functions that were called."""
        return [name for name, _, _ in self.calls]

    def __getattr__(self, name: str) -> Any:
        def call(*arguments: Any, **keywords: Any) -> FakePlots:
            self.calls.append((name, arguments, keywords))
            return self

        return call
