"""Files that appear whole or not at all."""

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
    """A path beside `path` to write to; moved to `path` at the end, removed on an exception.

    Raises:
        OutputError: the folder cannot be written to, or the disk is full.
    """
    aside = path.with_name(f".{path.stem}.{uuid.uuid4().hex[:8]}{path.suffix}")
    if path.exists() and not path.is_file():
        raise OutputError(
            f"{path} cannot be written (what is there is no file): choose another folder."
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield aside
            os.replace(aside, path)  # noqa: PTH105 - on Windows too it replaces an old file
        finally:
            aside.unlink(missing_ok=True)
    except VitruvianError:
        raise  # whoever raised it knows better what went wrong
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written ({error.strerror or error}): "
            "choose another folder or make room."
        ) from error
