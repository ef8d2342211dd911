from __future__ import annotations

from dataclasses import replace

from tests.support.recordings import recording
from vitruvian.recorded.blocks import BLOCK_FRAMES, BLOCK_PEOPLE, Blocks, block_bounds


def test_a_block_has_few_people_or_one_frame() -> None:
    crowd = BLOCK_PEOPLE + 1
    assert [*block_bounds([crowd, 1, BLOCK_PEOPLE - 1, 1])] == [(0, 1), (1, 3), (3, 4)]
    assert [*block_bounds([0] * (BLOCK_FRAMES + 1))] == [
        (0, BLOCK_FRAMES),
        (BLOCK_FRAMES, BLOCK_FRAMES + 1),
    ]
    assert [*block_bounds([])] == []


def test_another_header_leaves_frames_and_images_as_they_are() -> None:
    blocks = replace(Blocks.of(recording([1, 0, 2])), images=lambda: iter(()))
    header = replace(blocks.header, source="other.mp4")
    renamed = blocks.with_header(header)
    assert renamed.images is blocks.images
    for _ in range(2):  # blocks may be read any number of times
        (block,) = renamed
        assert block.header == header
        assert block.people_counts.tolist() == [1, 0, 2]
