"""An import hook that makes one module importable under several names.

MediaPipe's modules are inside packages named `python`, but programs may also import them without
that part of the path. This package has no `python` packages, and both paths lead to the same
module: `mediapipe.python.solutions.pose` is `mediapipe.solutions.pose`.
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
    """Finds the modules of this package under the names that they have in MediaPipe.

    Args:
        root: the first part of the names: the name of this package, or `mediapipe`.
    """

    def __init__(self, root: str) -> None:
        self._root = root

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return a spec if the name is an alias of a module that exists."""
        if not f"{fullname}.".startswith(f"{self._root}."):
            return None
        name = self._own_name(fullname)
        return spec_from_loader(fullname, self) if name != fullname and find_spec(name) else None

    def exec_module(self, module: ModuleType) -> None:
        """Replace the empty module that Python created for the alias by the real one."""
        sys.modules[module.__name__] = import_module(self._own_name(module.__name__))

    def _own_name(self, alias: str) -> str:
        """Return the name that the module has in this package."""
        parts = alias.removeprefix(self._root).split(".")
        return ".".join([_PACKAGE, *(part for part in parts if part not in {"", "python"})])
