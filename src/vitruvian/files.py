"""Files that appear complete or not at all."""

from __future__ import annotations

import os
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING

from vitruvian.errors import OutputError, VitruvianError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """Yield a temporary path next to `path` to write to.

    The file is moved to `path` at the end of the block, and deleted on an exception. Missing
    folders are created.

    Raises:
        OutputError: The folder cannot be written to, the disk is full, or `path` is not a file.
    """
    aside = path.with_name(f".{path.stem}.{uuid.uuid4().hex[:8]}{path.suffix}")
    if path.exists() and not path.is_file():
        raise OutputError(
            f"{path} cannot be written (it exists and is not a file): choose another folder."
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield aside
            os.replace(aside, path)  # noqa: PTH105 - replaces an existing file on Windows, too
        finally:
            aside.unlink(missing_ok=True)
    except VitruvianError:
        raise  # its message already says what went wrong
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written ({error.strerror or error}): "
            "choose another folder or free disk space."
        ) from error
