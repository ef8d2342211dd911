from __future__ import annotations

import numpy as np

from tests.support.networks import infer, lite
from vitruvian.engines import choice as engines
from vitruvian.engines.protocol import Setup


def test_the_number_of_threads_changes_no_bit() -> None:
    images = np.random.default_rng(0).integers(0, 256, (1, 256, 256, 3), np.uint8)
    one, three = (
        infer(engines.load(engines.EXACT, lite(*range(5)), Setup(threads=count)), images)
        for count in (1, 3)
    )
    for ours, theirs in zip(one, three, strict=True):
        assert np.array_equal(ours, theirs)
