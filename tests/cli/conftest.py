from __future__ import annotations

from typing import TYPE_CHECKING

import av
import cv2
import pytest

from tests.cli.program import SAMPLE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """The path of a still image of one person."""
    path = tmp_path / "person.png"
    with av.open(SAMPLE) as container:
        bgr = next(container.decode(video=0)).to_ndarray(format="bgr24")
    cv2.imwrite(str(path), bgr)
    return path
