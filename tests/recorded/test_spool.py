from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.recordings import HEADER, recording
from tests.support.videos import full_disk
from vitruvian.errors import OutputError
from vitruvian.files import output_errors
from vitruvian.recorded.blocks import BLOCK_FRAMES, BLOCK_PEOPLE, Blocks, block_bounds
from vitruvian.recorded.kinds import ARRAYS
from vitruvian.recorded.spool import spool_in

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("counts", [(0, 1, 2, 0, 1), [1] * 1300, [0] * 9000, [700, 0, 700]])
def test_what_is_appended_is_returned_in_blocks_any_number_of_times(
    counts: list[int], tmp_path: Path
) -> None:
    made = recording(counts)
    with spool_in(tmp_path / "new", HEADER) as spool:
        for result in made:
            spool.append(result)
        blocks = spool.blocks()
        for _ in range(2):
            found = [*blocks]
            for name in set(ARRAYS) - {"is_filled"}:
                joined = np.concatenate([getattr(block, name) for block in found])
                np.testing.assert_array_equal(joined, getattr(made, name))
            assert max(len(block) for block in found) <= BLOCK_FRAMES


def test_a_spool_is_a_file_without_a_name(tmp_path: Path) -> None:
    with spool_in(tmp_path, HEADER) as spool:
        spool.extend(recording())
        if sys.platform != "win32":
            assert [*tmp_path.iterdir()] == []
        (block,) = spool.blocks()
        np.testing.assert_array_equal(block.is_filled, recording().is_filled)
    assert [*tmp_path.iterdir()] == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit the size of files")
def test_a_full_disk_is_reported(tmp_path: Path) -> None:
    def fill() -> None:
        with spool_in(tmp_path, HEADER) as spool, output_errors(tmp_path / "a.npz"):
            for _ in range(100):
                spool.extend(recording([1] * 100))

    with full_disk(10_000), pytest.raises(OutputError, match=r"a\.npz cannot be written.*ulimit"):
        fill()


def test_blocks_are_small_and_have_all_frames() -> None:
    for counts in ([1] * 2000, [0] * 10_000, [600, 600], [0, 511, 2, 510], [3] * 400, []):
        bounds = [*block_bounds(counts)]
        assert [first for first, _ in bounds] == [0, *(end for _, end in bounds)][: len(bounds)]
        assert sum(end - first for first, end in bounds) == len(counts)
        for first, end in bounds:
            assert end - first <= BLOCK_FRAMES
            assert end - first == 1 or sum(counts[first:end]) <= BLOCK_PEOPLE


def test_a_recording_in_memory_has_blocks() -> None:
    blocks = Blocks.of(recording([1] * 1300))
    assert [len(block) for block in blocks] == [512, 512, 276]
    assert [len(block) for block in blocks] == [512, 512, 276]
