"""Images as samples of AV1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
import numpy as np
import pytest

from tests.support.videos import noise
from tests.tolerances import AV1_RMS_LEVELS
from vitruvian.errors import OutputError
from vitruvian.video.av1 import KEY_INTERVAL, av1_samples

if TYPE_CHECKING:
    from vitruvian.types import Image


def waves(count: int, width: int = 64, height: int = 48) -> list[Image]:
    """Return waves that move: images that can be told apart, and that a codec changes little."""
    rows, columns = np.mgrid[:height, :width]
    grey = [128 + 100 * np.sin((rows + columns) / 20 + number / 2) for number in range(count)]
    return [np.repeat(image[..., np.newaxis], 3, axis=2).astype(np.uint8) for image in grey]


def decoded(samples: list[bytes]) -> list[Image]:
    decoder = av.CodecContext.create("libdav1d", "r")
    packets = [*map(av.Packet, samples), None]
    frames = [frame for packet in packets for frame in decoder.decode(packet)]
    return [frame.to_ndarray(format="rgb24") for frame in frames]


def assert_same(found: list[Image], expected: list[Image]) -> None:
    for one, other in zip(found, expected, strict=True):
        assert one.shape == other.shape
        assert np.sqrt(((one.astype(float) - other) ** 2).mean()) < AV1_RMS_LEVELS


def test_each_image_has_a_sample() -> None:
    images = waves(2 * KEY_INTERVAL + 5)
    assert_same(decoded([*av1_samples(images)]), images)


def test_a_player_can_begin_at_each_key() -> None:
    images = waves(2 * KEY_INTERVAL)
    assert_same(decoded([*av1_samples(images)][KEY_INTERVAL:]), images[KEY_INTERVAL:])


def test_an_odd_size_is_made_even_and_another_size_is_fitted() -> None:
    (first, second) = decoded([*av1_samples([*waves(1, 65, 47), *waves(1, 130, 94)])])
    assert first.shape == second.shape == (48, 66, 3)


def test_no_image_gives_no_sample() -> None:
    assert [*av1_samples([])] == []


def test_an_image_is_not_read_before_it_is_needed() -> None:
    read = []
    samples = av1_samples(map(lambda image: read.append(1) or image, waves(200)))  # noqa: C417
    next(samples)
    assert len(read) < 200


@pytest.mark.parametrize("size", [(2, 2), (8, 20_000)])
def test_a_size_that_the_encoder_does_not_take_is_an_error(size: tuple[int, int]) -> None:
    with pytest.raises(OutputError, match=r"FFmpeg has no AV1 encoder for images of .* pixels"):
        [*av1_samples([noise(*size)])]


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    samples = av1_samples(waves(3))
    next(samples)
    samples.close()
    assert capfd.readouterr() == ("", "")
