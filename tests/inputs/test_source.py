from __future__ import annotations

import pytest

from vitruvian.errors import MediaError
from vitruvian.inputs.source import Source


def test_a_source_without_frames_is_refused() -> None:
    with pytest.raises(MediaError, match="clip contains no frames: give another input"):
        Source("clip", (frame for frame in ()))
