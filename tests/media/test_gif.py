"""GIF files: what is drawn on what, and for how long it is shown."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np
import PIL.Image
import pytest

from tests.support.images import animation, photograph, saved
from tests.support.videos import greys, greys_of, noise, read
from vitruvian.errors import MediaError
from vitruvian.media.opening import open_source
from vitruvian.media.options import InputOptions

if TYPE_CHECKING:
    from pathlib import Path

COLORS = [(0, 0, 0), (220, 30, 30), (30, 200, 60), (40, 60, 210)]
BLACK, RED, GREEN, BLUE = COLORS
PALETTE = bytes(sum(COLORS, ()))


def header(width: int, height: int, palette: bytes = PALETTE) -> bytes:
    flags = 0x81 if palette else 0
    return b"GIF89a" + struct.pack("<HHBBB", width, height, flags, 0, 0) + palette


def patch(
    numbers: np.ndarray,
    left: int = 0,
    top: int = 0,
    *,
    hundredths: int = 10,
    disposal: int = 1,
    transparent: int | None = None,
    palette: bytes = b"",
) -> bytes:
    """Return one frame: (H, W) numbers of colours from 0 to 3, drawn at a position."""
    flags = disposal << 2 | (transparent is not None)
    control = b"!\xf9\4" + struct.pack("<BHBB", flags, hundredths, transparent or 0, 0)
    height, width = numbers.shape
    place = b"," + struct.pack("<4HB", left, top, width, height, 0x81 if palette else 0)
    # Of what Pillow writes, only the compressed numbers are used.
    image = PIL.Image.fromarray(numbers.astype(np.uint8), "P")
    image.putpalette(PALETTE)
    file = saved(image, "GIF", optimize=False, interlace=0)
    data = file[file.rindex(b"," + struct.pack("<4H", 0, 0, width, height)) + 10 : -1]
    return control + place + palette + data


def frames_of(path: Path, data: bytes) -> list[np.ndarray]:
    path.write_bytes(data + b";")
    return [frame.image for frame in read(path)]


def full(number: int, height: int = 4, width: int = 6) -> np.ndarray:
    return np.full((height, width), number)


def test_a_frame_is_drawn_on_the_ones_before_it(tmp_path: Path) -> None:
    data = header(6, 4) + patch(full(1)) + patch(full(2, 2, 3), 2, 1) + patch(full(3, 1, 1), 5, 3)
    _, second, third = frames_of(tmp_path / "a.gif", data)
    expected = np.full((4, 6, 3), RED)
    expected[1:3, 2:5] = GREEN
    np.testing.assert_array_equal(second, expected)
    expected[3, 5] = BLUE
    np.testing.assert_array_equal(third, expected)


def test_transparent_pixels_show_the_frames_before(tmp_path: Path) -> None:
    numbers = full(2)
    numbers[:, 3:] = 0
    data = header(6, 4) + patch(full(1)) + patch(numbers, transparent=0)
    _, second = frames_of(tmp_path / "a.gif", data)
    assert {tuple(pixel) for pixel in second[:, :3].reshape(-1, 3)} == {GREEN}
    assert {tuple(pixel) for pixel in second[:, 3:].reshape(-1, 3)} == {RED}


@pytest.mark.parametrize(
    ("disposal", "left_behind"), [(0, GREEN), (1, GREEN), (2, BLACK), (3, RED)]
)
def test_a_frame_may_be_removed_before_the_next_one(
    tmp_path: Path, disposal: int, left_behind: tuple[int, int, int]
) -> None:
    small = patch(full(2, 2, 2), 1, 1, disposal=disposal)
    data = header(6, 4) + patch(full(1)) + small + patch(full(3, 1, 1))
    _, second, third = frames_of(tmp_path / "a.gif", data)
    assert tuple(second[1, 1]) == GREEN
    assert tuple(third[1, 1]) == left_behind
    assert tuple(third[0, 0]) == BLUE
    assert tuple(third[3, 5]) == RED


def test_a_frame_may_have_its_own_colours(tmp_path: Path) -> None:
    own = bytes(range(12))
    data = header(6, 4) + patch(full(1)) + patch(full(1), palette=own)
    first, second = frames_of(tmp_path / "a.gif", data)
    assert tuple(first[0, 0]) == RED
    assert tuple(second[0, 0]) == (3, 4, 5)


def test_without_colours_the_numbers_are_greys(tmp_path: Path) -> None:
    (frame,) = frames_of(tmp_path / "a.gif", header(6, 4, palette=b"") + patch(full(3)))
    assert tuple(frame[0, 0]) == (3, 3, 3)


def test_what_is_outside_of_the_canvas_is_cut_off(tmp_path: Path) -> None:
    data = header(6, 4) + patch(full(1)) + patch(full(2), 4, 3) + patch(full(3), 9, 9)
    _, second, third = frames_of(tmp_path / "a.gif", data)
    assert second.shape == third.shape == (4, 6, 3)
    assert tuple(second[3, 5]) == tuple(third[3, 5]) == GREEN
    assert tuple(second[2, 5]) == tuple(second[3, 3]) == RED


def test_the_first_frame_may_enlarge_the_canvas(tmp_path: Path) -> None:
    first, second = frames_of(tmp_path / "a.gif", header(1, 1) + patch(full(1)) + patch(full(2)))
    assert first.shape == second.shape == (4, 6, 3)


def test_frames_have_their_durations_and_very_short_ones_those_of_browsers(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    patches = [patch(full(n % 4), hundredths=h) for n, h in enumerate([5, 0, 1, 2, 30, 7])]
    path.write_bytes(header(6, 4) + b"".join(patches) + b";")
    times_s = [frame.timestamp_s for frame in read(path)]
    np.testing.assert_allclose(times_s, [0, 0.05, 0.15, 0.25, 0.27, 0.57])


@pytest.mark.parametrize("interlace", [0, 1])
def test_pillow_and_we_see_the_same_animation(tmp_path: Path, interlace: int) -> None:
    path = tmp_path / "a.gif"
    images = [noise(), photograph(48, 64), 255 - noise(), *greys(2)]
    path.write_bytes(animation(images, "GIF", duration=50, interlace=interlace, disposal=1))
    frames = read(path)
    assert len(frames) == 5
    with PIL.Image.open(path) as file:
        for number, frame in enumerate(frames):
            file.seek(number)
            np.testing.assert_array_equal(frame.image, np.asarray(file.convert("RGB")))


def test_an_animation_needs_no_end_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    path.write_bytes(animation(greys(4), "GIF")[:-1])
    assert greys_of(read(path)) == [0, 1, 2, 3]


def test_a_small_file_of_a_large_animation_is_refused_unless_the_limit_is_raised(
    tmp_path: Path,
) -> None:
    path = tmp_path / "bomb.gif"
    patches = [patch(full(n % 4, 1, 1), n) for n in range(40)]
    path.write_bytes(header(8000, 7000) + b"".join(patches) + b";")
    with pytest.raises(MediaError, match=r"56,000,000 pixels, more than the limit of 50,000,000"):
        open_source(path)
    with open_source(path, options=InputOptions(max_pixels=56_000_000)) as source:
        assert next(iter(source)).image.shape == (7000, 8000, 3)


def test_a_still_image_may_be_larger_than_a_frame(tmp_path: Path) -> None:
    path = tmp_path / "still.gif"
    path.write_bytes(header(8000, 7000) + patch(full(1)) + b";")
    with open_source(path) as source:
        assert source.is_image
        assert source.size == (8000, 7000)


def test_a_frame_that_is_larger_than_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.gif"
    large = patch(full(2)).replace(struct.pack("<HH", 6, 4), struct.pack("<HH", 65_535, 65_535))
    path.write_bytes(header(6, 4) + patch(full(1)) + large + b";")
    with open_source(path) as source, pytest.raises(MediaError, match="more than the limit"):
        list(source)


@pytest.mark.parametrize("data", [b"", header(6, 4), header(0, 0), patch(full(1))[:-3], b"\7"])
def test_a_file_without_a_whole_frame_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.gif"
    path.write_bytes(data if data.startswith(b"GIF") else b"GIF89a" + header(6, 4)[6:] + data)
    with pytest.raises(MediaError, match=r"a\.gif cannot be read as GIF: give a complete"):
        open_source(path)
