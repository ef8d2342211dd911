"""The images of a recording's frames, from the input of which it was made."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.recordings import recording
from tests.support.sample import SAMPLE, frames
from vitruvian.errors import MediaError, OptionError, RecordingError
from vitruvian.inputs.options import InputOptions
from vitruvian.media.opening import open_source
from vitruvian.provenance import content_sha256
from vitruvian.recorded.blocks import Blocks
from vitruvian.recorded.header import Header
from vitruvian.replay import with_images, with_images_of

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any


def blocks_of(*numbers: int, **options: Any) -> Blocks:
    """Return a recording of some frames of the sample."""
    header = Header("jumping_jacks.mp4", content_sha256(SAMPLE), options)
    return Blocks.of(recording([1] * len(numbers), header, frames=np.array(numbers)))


def images_of(blocks: Blocks, video: str = str(SAMPLE)) -> list[Any]:
    shown = with_images_of(blocks, "a.npz", video)
    assert shown.images is not None
    return [*shown.images()]


def test_frames_that_were_left_out_have_no_image() -> None:
    sample = frames(12)
    for found, number in zip(images_of(blocks_of(0, 3, 11)), (0, 3, 11), strict=True):
        np.testing.assert_array_equal(found, sample[number])


def test_the_input_is_read_as_it_was_for_the_recording() -> None:
    (found,) = images_of(blocks_of(30, every=10, resize=320, start_s=0.5))
    with open_source(SAMPLE, options=InputOptions(0.5, every=10, resize=320)) as source:
        expected = next(frame.image for frame in source if frame.index == 30)
    np.testing.assert_array_equal(found, expected)


def test_images_can_be_read_several_times_and_in_part() -> None:
    shown = with_images(blocks_of(0, 1, 2, 3), partial(open_source, SAMPLE))
    assert shown.images is not None
    for count in (1, 4, 0):
        assert len([*islice(shown.images(), count)]) == count


def test_another_video_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "jumping_jacks.mp4"
    other.write_bytes(SAMPLE.read_bytes() + b"\0")
    with pytest.raises(
        RecordingError, match=r"is not known to be the input of which a\.npz was made"
    ) as it:
        with_images_of(blocks_of(0), "a.npz", str(other))
    assert "anyway" not in str(it.value)
    with pytest.raises(MediaError, match="cannot be read"):
        with_images_of(blocks_of(0), "a.npz", str(tmp_path / "absent.mp4"))


def test_what_can_be_read_only_once_is_refused() -> None:
    blocks = blocks_of(0)
    unknown = replace(blocks, header=replace(blocks.header, sha256=None))
    for video in ("0", "https://localhost/a.mp4", str(SAMPLE)):
        with pytest.raises(RecordingError, match="is not known to be the input"):
            with_images_of(unknown, "a.npz", video)


def test_a_frame_that_the_video_does_not_have_is_an_error() -> None:
    with pytest.raises(RecordingError, match="has no frame 5,000"):
        images_of(blocks_of(0, 5000))


def test_a_header_with_an_option_that_is_not_permitted_is_refused() -> None:
    with pytest.raises(OptionError, match="every is -1"):
        with_images_of(blocks_of(0, every=-1), "a.npz", str(SAMPLE))
