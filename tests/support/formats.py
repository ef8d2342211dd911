"""The formats whose libraries are installed."""

from __future__ import annotations

from vitruvian.errors import MissingLibraryError
from vitruvian.formats.writers import WRITERS, check_libraries

# Their libraries are too large for the extra "dev". The extra "readers" has them.
LARGE = {"rrd"}


def _is_installed(name: str) -> bool:
    try:
        check_libraries([name])
    except MissingLibraryError:
        return False
    return True


INSTALLED = {name: writer for name, writer in WRITERS.items() if _is_installed(name)}
assert WRITERS.keys() - LARGE <= INSTALLED.keys()
