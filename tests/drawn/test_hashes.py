"""The images that are reported are those that the seeds draw today."""

from __future__ import annotations

import json

import pytest

from benchmarks.drawn.hashes import FILE, hashes, versions
from benchmarks.drawn.picture.renderer import Renderer
from benchmarks.drawn.still import draw_still
from tests.drawn.opengl import needs_opengl

pytestmark = needs_opengl
WRITTEN = json.loads(FILE.read_text())


@pytest.mark.parametrize("seed", WRITTEN["seeds"])
def test_the_first_image_is_the_one_whose_hash_is_written(seed: str) -> None:
    """After a change of what is drawn, `python -m benchmarks.drawn.hashes` writes them again."""
    renderer = Renderer()
    drawn, written = hashes(draw_still(int(seed), 0, 1, renderer)), WRITTEN["seeds"][seed][0]
    assert drawn["truth"] == written["truth"]
    if all(WRITTEN[name] == version for name, version in versions(renderer).items()):
        assert drawn == written
