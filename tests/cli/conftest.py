from __future__ import annotations

from typing import TYPE_CHECKING

import av
import pytest

from tests.cli.program import SAMPLE
from tests.support.annotated_images import write_set

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """The path of a still image of one person."""
    path = tmp_path / "person.png"
    with av.open(SAMPLE) as container:
        next(container.decode(video=0)).to_image().save(path)
    return path


@pytest.fixture
def annotations(tmp_path: Path) -> Path:
    """The path of annotations, beside their images."""
    return write_set(tmp_path)


@pytest.fixture
def no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what takes most of the time of `vitruvian evaluate` in this process."""
    monkeypatch.setattr("vitruvian.jobs.evaluation_files.png_of", lambda _: b"")
