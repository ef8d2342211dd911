"""One module under several names.

MediaPipe's modules lie in packages named `python`, which its users sometimes write and sometimes
leave out. Here they lie one step higher, and both ways lead to the same module:
`mediapipe.python.solutions.pose` is `mediapipe.solutions.pose`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.util import find_spec, spec_from_loader
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

_PACKAGE = __name__.rpartition(".")[0]


class AliasFinder(MetaPathFinder, Loader):
    """Finds the modules of this package under MediaPipe's names.

    Args:
        root: what the names begin with: this package's own name, or `mediapipe`.
    """

    def __init__(self, root: str) -> None:
        self._root = root

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Claim a name, if it is not already the module's own, and there is such a module."""
        if not f"{fullname}.".startswith(f"{self._root}."):
            return None
        name = self._own_name(fullname)
        return spec_from_loader(fullname, self) if name != fullname and find_spec(name) else None

    def exec_module(self, module: ModuleType) -> None:
        """Put the module itself in the place of the empty one that Python made for the alias."""
        sys.modules[module.__name__] = import_module(self._own_name(module.__name__))

    def _own_name(self, alias: str) -> str:
        parts = alias.removeprefix(self._root).split(".")
        return ".".join([_PACKAGE, *(part for part in parts if part not in {"", "python"})])
