"""Videos that `VideoWriter` writes, read back."""

from __future__ import annotations

import itertools
import math
import sys
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest

from tests.support.videos import (
    BLUE,
    GREEN,
    GREY,
    NOT_IMAGES,
    RED,
    four_colors,
    full_disk,
    noise,
    read,
    smooth,
)
from vitruvian.errors import (
    ClosedError,
    FrameError,
    MediaError,
    OptionError,
    OutputError,
    TimestampError,
)
from vitruvian.video.writer import VideoWriter

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("image", NOT_IMAGES.values(), ids=NOT_IMAGES)
def test_an_array_that_is_no_image_is_refused(tmp_path: Path, image: np.ndarray) -> None:
    with VideoWriter(tmp_path / "clip.mp4") as writer:
        writer.write(four_colors(), 0)
        with pytest.raises(FrameError):
            writer.write(image, 1)
    assert len(read(tmp_path / "clip.mp4")) == 1


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"^path is 5: give the path of a file\.$"):
        VideoWriter(5)  # type: ignore[arg-type]
    with pytest.raises(OptionError, match=r"^sound_from is 5: give the path of a file\.$"):
        VideoWriter(tmp_path / "clip.mp4", sound_from=5)  # type: ignore[arg-type]
    with pytest.raises(MediaError, match=r"is not a file: give a file with sound\.$"):
        VideoWriter(tmp_path / "clip.mp4", sound_from="n" * 300)


def test_colours_and_timestamps_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "clip: 50%, 日本.mp4"
    times_s = [0, 0.033, 0.1, 0.2, 0.25, 0.9]
    with VideoWriter(path) as writer:
        for time_s in times_s:
            writer.write(four_colors(), time_s)
    frames = read(path)
    np.testing.assert_allclose([frame.timestamp_s for frame in frames], times_s, atol=1e-4)
    for frame in frames:
        middles = frame.image[[8, 8, 40, 40], [10, 53, 10, 53]].astype(int)
        np.testing.assert_allclose(middles, [RED, GREEN, BLUE, GREY], atol=4)


def test_the_file_has_the_format_that_players_and_browsers_expect(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    with VideoWriter(path, frame_rate=30000 / 1001) as writer:
        for tick in range(30):
            writer.write(four_colors(), tick * 1001 / 30000)
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    with av.open(str(path)) as container:
        (stream,) = container.streams.video
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert stream.average_rate == pytest.approx(30000 / 1001)
        assert stream.duration == 30 * 3003  # the last frame is shown as long as the others
        frame = next(container.decode(stream))
        assert (frame.colorspace, frame.color_range) == (1, 1)  # BT.709, limited
        presented = [packet.pts for packet in container.demux(stream) if packet.pts is not None]
        assert presented == sorted(presented)


@pytest.mark.parametrize("shape", [(241, 321, 3), (240, 321, 3), (1, 1, 3), (47, 33)])
def test_an_odd_size_repeats_its_edge(tmp_path: Path, shape: tuple[int, ...]) -> None:
    image = smooth(*shape[:2])
    if len(shape) == 2:
        image = image[:, :, 0]
    height, width = shape[:2]
    with VideoWriter(tmp_path / "clip.mp4") as writer:
        writer.write(image, 0)
    (frame,) = read(tmp_path / "clip.mp4")
    right, bottom = width % 2, height % 2
    expected = np.vstack((image, image[-1:]))[: height + bottom]
    expected = np.hstack((expected, expected[:, -1:]))[:, : width + right]
    if len(shape) == 2:
        expected = np.dstack([expected] * 3)
    assert frame.image.shape == expected.shape
    assert np.abs(frame.image.astype(int) - expected).mean() < 3


def test_grey_images_keep_their_levels(tmp_path: Path) -> None:
    levels = [0, 60, 128, 200, 255]
    with VideoWriter(tmp_path / "mask.mp4") as writer:
        for index, level in enumerate(levels):
            writer.write(np.full((48, 64), level, np.uint8), index / 30)
    frames = read(tmp_path / "mask.mp4")
    means = np.array([frame.image.mean(axis=(0, 1)) for frame in frames])
    np.testing.assert_allclose(means, np.repeat(levels, 3).reshape(-1, 3), atol=2)


def test_an_image_of_another_size_is_scaled_to_fit(tmp_path: Path) -> None:
    white = np.full((10, 10, 3), 255, np.uint8)
    with VideoWriter(tmp_path / "clip.mp4") as writer:
        writer.write(noise(48, 96), 0)
        writer.write(white, 0.1)  # a square between borders
        writer.write(np.full((4000, 2, 3), 255, np.uint8), 0.2)  # a line that must not vanish
    _, square, line = (frame.image for frame in read(tmp_path / "clip.mp4"))
    assert square.shape == line.shape == (48, 96, 3)
    assert square[:, 28:68].min() > 240
    assert max(square[:, :20].max(), square[:, 76:].max()) < 15
    assert line[:, 47:49].max(axis=(1, 2)).min() > 50


# When the file appears


def test_the_file_appears_when_closed(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "clip.mp4"
    with VideoWriter(path) as writer:
        assert not path.parent.exists()
        writer.write(noise(), 0)
        assert not path.exists()
        writer.close()
        assert [*path.parent.iterdir()] == [path]
        writer.close()
        with pytest.raises(ClosedError, match="create a new one"):
            writer.write(noise(), 1)
    assert len(read(path)) == 1


def test_without_a_frame_there_is_no_file(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "clip.mp4"):
        pass
    assert [*tmp_path.iterdir()] == []


def write_until(error: BaseException, path: Path, *, close: bool) -> None:
    with VideoWriter(path) as writer:
        for index in range(20):
            writer.write(noise(), index / 30)
        if close:
            writer.close()
        raise error


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(), ValueError()])
def test_an_exception_discards_the_file(tmp_path: Path, error: BaseException) -> None:
    path = tmp_path / "clip.mp4"
    path.write_text("an older file")
    with pytest.raises(type(error)) as caught:
        write_until(error, path, close=False)
    assert caught.value is error
    assert [*tmp_path.iterdir()] == [path]
    assert path.read_text() == "an older file"


def test_a_file_closed_before_an_exception_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    with pytest.raises(KeyboardInterrupt):
        write_until(KeyboardInterrupt(), path, close=True)
    assert len(read(path)) == 20


def test_timestamps_must_increase(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "clip.mp4") as writer:
        with pytest.raises(TimestampError):
            writer.write(noise(), -1)
        writer.write(noise(), 0)
        with pytest.raises(TimestampError, match="not greater than the previous one"):
            writer.write(noise(), 0)
        writer.write(noise(), 0.1)
    assert len(read(tmp_path / "clip.mp4")) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit the size of files")
@pytest.mark.parametrize("bytes_left", [1000, 60_000, 270_000])
def test_a_full_disk_is_reported_and_leaves_no_file(tmp_path: Path, bytes_left: int) -> None:
    def write_all() -> None:
        with VideoWriter(tmp_path / "clip.mp4") as writer:
            for index in range(30):
                writer.write(noise(96, 96), index / 30)

    write_all()
    size = (tmp_path / "clip.mp4").stat().st_size
    (tmp_path / "clip.mp4").unlink()
    with (
        full_disk(min(bytes_left, size - 1)),
        pytest.raises(OutputError, match=r"clip\.mp4 cannot be written \(File too large\): "),
    ):
        write_all()
    assert [*tmp_path.iterdir()] == []


def test_a_path_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    file, folder = tmp_path / "file", tmp_path / "folder"
    file.touch()
    folder.mkdir()
    for path in (file / "clip.mp4", folder):
        with pytest.raises(OutputError, match="cannot be written"), VideoWriter(path) as writer:
            writer.write(noise(), 0)
    assert sorted(tmp_path.iterdir()) == [file, folder]
    assert [*folder.iterdir()] == []


def test_frames_that_are_closer_than_the_clock_are_a_tick_apart(tmp_path: Path) -> None:
    tick_s = 1 / 90_000
    with VideoWriter(tmp_path / "clip.mp4") as writer:
        for index in range(20):
            writer.write(noise(), index * tick_s / 10)
        writer.write(noise(), 1.0)
    with av.open(str(tmp_path / "clip.mp4")) as container:
        times_s = [frame.time for frame in container.decode(video=0)]
    assert times_s == pytest.approx([*(index * tick_s for index in range(20)), 1.0])


def test_a_size_that_h264_does_not_support_is_scaled_down(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "clip.mp4") as writer:
        for index in range(2):
            writer.write(np.full((48, 20_000, 3), 200, np.uint8), index)
    for frame in read(tmp_path / "clip.mp4"):
        assert frame.image.shape == (40, 16_384, 3)
        assert frame.image[5:-5].min() > 190


def test_nothing_is_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with VideoWriter(tmp_path / "clip.mp4") as writer:
        for index in itertools.chain(range(3), (9,)):
            writer.write(noise(), index / 30)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -1.0, 1e14, "1", None, 10**400, True])
def test_a_timestamp_that_no_video_can_have_is_refused(tmp_path: Path, wrong: Any) -> None:
    with VideoWriter(tmp_path / "out.mp4") as video:
        with pytest.raises(TimestampError, match="give"):
            video.write(np.zeros((16, 16, 3), np.uint8), wrong)
        video.write(np.zeros((16, 16, 3), np.uint8), 0.0)


@pytest.mark.parametrize("wrong", [0, -5, math.nan, math.inf, 1e-9, 1e12, "30"])
def test_a_frame_rate_that_no_video_has_is_refused(tmp_path: Path, wrong: Any) -> None:
    with pytest.raises(OptionError, match="frame_rate is"):
        VideoWriter(tmp_path / "out.mp4", wrong)


def test_another_suffix_than_that_of_mp4_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"give a name that ends in \.mp4"):
        VideoWriter(tmp_path / "out.avi")
