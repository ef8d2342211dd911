"""The sample video, in which a mannequin does jumping jacks in an empty room."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from vitruvian.media.opening import open_source

if TYPE_CHECKING:
    from vitruvian.types import Image

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "jumping_jacks.mp4"
DATA = ROOT / "tests" / "data"
TRUTH = DATA / "jumping_jacks_truth.json"


def frames(count: int | None = None) -> list[Image]:
    """Return the first frames of the sample as RGB images; all by default."""
    with open_source(SAMPLE) as source:
        return [frame.image for frame in islice(source, count)]


def mannequin() -> Image:
    """Return the columns of the first frame in which the mannequin stands, (480, 300, 3)."""
    return frames(1)[0][:, 170:470]
