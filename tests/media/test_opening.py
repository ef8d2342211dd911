"""What an input is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tests.support.videos import encode, greys
from vitruvian.media.opening import open_source

if TYPE_CHECKING:
    from pathlib import Path


def test_an_entry_of_os_scandir_is_a_path(tmp_path: Path) -> None:
    encode(tmp_path / "clip.mp4", greys(2))
    (entry,) = os.scandir(tmp_path)
    with open_source(entry) as source:
        assert source.name == entry.path
