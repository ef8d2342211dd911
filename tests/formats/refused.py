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
    """Return the message for a file, which is one sentence that names the file."""
    with pytest.raises(EvaluationError) as caught:
        read(path)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(str(path))
    assert message.endswith(".")
    assert ": " in message
    return message


def error_of_recording(path: Path) -> str:
    """Return the message with which a file is refused."""
    with pytest.raises(RecordingError) as raised:
        load(path)
    message = str(raised.value)
    assert message.startswith(str(path))
    assert message.endswith(".")
    assert "\n" not in message
    return message
