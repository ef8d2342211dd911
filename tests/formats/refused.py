"""How a test asks for the message with which a file is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vitruvian.errors import EvaluationError, RecordingError
from vitruvian.formats.predictions import read
from vitruvian.recording import load

if TYPE_CHECKING:
    from pathlib import Path


def first_file(path: Path) -> Path:
    return path if path.is_file() else min(path.iterdir())


def error_of(path: Path) -> str:
    """Return the message with which a file of another system is refused."""
    with pytest.raises(EvaluationError) as raised:
        read(path)
    return checked(str(raised.value), path)


def error_of_recording(path: Path) -> str:
    """Return the message with which a file is refused as a recording."""
    with pytest.raises(RecordingError) as raised:
        load(path)
    return checked(str(raised.value), path)


def checked(message: str, path: Path) -> str:
    """Return a message, which is one sentence that names the file."""
    assert "\n" not in message
    assert message.startswith(str(path))
    assert message.endswith(".")
    assert ": " in message
    return message
