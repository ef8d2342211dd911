"""The sound of the videos that `VideoWriter` writes, read back."""

from __future__ import annotations

import sys
import threading
from itertools import islice
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest

from tests.support.sounds import FRAME_RATE, codecs, heard, video_with_sound
from tests.support.videos import encode, full_disk, greys, noise, read
from vitruvian.errors import MediaError, OutputError
from vitruvian.media.opening import open_source
from vitruvian.media.options import InputOptions
from vitruvian.media.video_writer import VideoWriter

if TYPE_CHECKING:
    from pathlib import Path

# An encoder of AAC adds up to a packet of 1024 samples at either end.
PACKET_S = 0.1


def written(path: Path, frames: int | None = None) -> Path:
    """Write the frames of a video, or the first ones, with its sound, and return the new path."""
    target = path.with_name("written.mp4")
    with (
        open_source(path) as source,
        VideoWriter(target, source.frame_rate, sound_from=path) as writer,
    ):
        for frame in islice(source, frames):
            writer.write(frame.image, frame.timestamp_s)
    return target


@pytest.mark.parametrize(
    ("name", "codec", "expected", "options"),
    [
        ("clip.mp4", "aac", "aac", {}),
        ("clip.ts", "aac", "aac", {}),
        ("clip.mp4", "libmp3lame", "mp3", {"layout": "mono", "rate": 44_100}),
        ("clip.webm", "libopus", "opus", {"video_codec": "libvpx"}),
        ("clip.mkv", "flac", "flac", {}),
        ("clip.mkv", "ac3", "ac3", {"layout": "5.1"}),
        ("clip.mov", "alac", "alac", {}),
        ("clip.mkv", "vorbis", "aac", {}),
        ("clip.avi", "pcm_s16le", "aac", {"video_codec": "mpeg4", "rate": 11_025}),
        ("clip.mov", "pcm_s16le", "aac", {"rate": 96_000, "layout": "5.1"}),
        ("clip.mkv", "mp2", "aac", {}),
        ("clip.mkv", "libmp3lame", "aac", {"rate": 8000}),  # MP4 has no MP3 of this rate
    ],
)
def test_sound_is_copied_or_encoded_as_aac_and_stays_in_time(
    tmp_path: Path, name: str, codec: str, expected: str, options: dict[str, Any]
) -> None:
    path = written(video_with_sound(tmp_path / name, codec, **options))
    assert codecs(path) == [expected]
    begin_s, tone_s, end_s = heard(path)
    assert begin_s == pytest.approx(0, abs=0.01)
    assert tone_s == pytest.approx(1.5, abs=0.01)
    assert end_s == pytest.approx(3.0, abs=PACKET_S)
    assert len(read(path)) == 3 * FRAME_RATE


def test_copied_sound_has_the_same_bytes(tmp_path: Path) -> None:
    def packets(path: Path) -> list[bytes]:
        with av.open(str(path)) as container:
            return [bytes(packet) for packet in container.demux(audio=0) if packet.size]

    path = video_with_sound(tmp_path / "clip.mp4")
    assert packets(written(path)) == packets(path)


@pytest.mark.parametrize("codec", ["aac", "pcm_s16le"])
@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"video_start_s": 0.5}, (0.0, 1.0, 2.5)),
        ({"sound_start_s": 0.7}, (0.7, 1.5, 3.0)),
        ({"video_start_s": 0.3, "sound_start_s": 0.7}, (0.4, 1.2, 3.0)),
        ({"sound_seconds": 5}, (0.0, 1.5, 3.0)),
        ({"sound_seconds": 2}, (0.0, 1.5, 2.0)),
    ],
)
def test_sound_that_begins_or_ends_at_another_time_than_the_video_stays_in_time(
    tmp_path: Path, codec: str, options: dict[str, float], expected: tuple[float, float, float]
) -> None:
    path = written(video_with_sound(tmp_path / "clip.mov", codec, **options))
    begin_s, tone_s, end_s = heard(path)
    assert begin_s == pytest.approx(expected[0], abs=PACKET_S)
    assert tone_s == pytest.approx(expected[1], abs=0.01)
    assert end_s == pytest.approx(expected[2], abs=PACKET_S)


@pytest.mark.parametrize("codec", ["aac", "pcm_s16le"])
def test_sound_that_begins_after_the_video_is_not_heard(tmp_path: Path, codec: str) -> None:
    path = written(video_with_sound(tmp_path / "clip.mov", codec, sound_start_s=4))
    assert codecs(path) == []
    assert len(read(path)) == 3 * FRAME_RATE


@pytest.mark.parametrize("codec", ["aac", "pcm_s16le"])
def test_sound_ends_with_the_last_frame_that_is_written(tmp_path: Path, codec: str) -> None:
    path = written(video_with_sound(tmp_path / "clip.mov", codec), frames=20)
    assert heard(path) == pytest.approx((0, 1.5, 2.0), abs=PACKET_S)
    assert len(read(path)) == 20


@pytest.mark.parametrize("codec", ["aac", "pcm_s16le"])
def test_sound_can_start_later_than_its_file(tmp_path: Path, codec: str) -> None:
    path = video_with_sound(tmp_path / "clip.mov", codec, video_start_s=0.5)
    target = tmp_path / "written.mp4"
    options = InputOptions(start_s=0.6, end_s=2.0)
    with (
        open_source(path, options=options) as source,
        VideoWriter(target, sound_from=path, sound_start_s=0.6) as writer,
    ):
        for frame in source:
            writer.write(frame.image, frame.timestamp_s - 0.6)
    assert heard(target) == pytest.approx((0, 0.4, 1.4), abs=PACKET_S)
    assert len(read(target)) == 14


def test_sound_of_a_list_of_files_is_not_opened(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    video_with_sound(tmp_path / "canary.mp4")
    path = tmp_path / "list.mp4"
    path.write_text("ffconcat version 1.0\nfile 'canary.mp4'\n")
    with VideoWriter(tmp_path / "written.mp4", sound_from=path) as writer:
        writer.write(noise(), 0)
    assert "the video lacks sound" in caplog.text
    assert codecs(tmp_path / "written.mp4") == []


def test_sound_follows_uneven_timestamps(tmp_path: Path) -> None:
    sound = video_with_sound(tmp_path / "clip.mp4")
    with VideoWriter(tmp_path / "written.mp4", 10, sound_from=sound) as writer:
        for time_s in (0.0, 0.033, 0.1, 0.9, 1.4, 1.5, 2.3):
            writer.write(noise(), time_s)
    assert heard(tmp_path / "written.mp4") == pytest.approx((0, 1.5, 2.4), abs=0.05)


def test_all_tracks_are_kept_with_their_languages(tmp_path: Path) -> None:
    for name, codec in (("clip.mp4", "aac"), ("clip.mkv", "mp2")):
        path = written(video_with_sound(tmp_path / name, codec, tracks=2))
        assert [heard(path, track)[1] for track in (0, 1)] == pytest.approx([1.5, 2.0], abs=0.01)
        with av.open(str(path)) as container:
            languages = [stream.metadata["language"] for stream in container.streams.audio]
        assert languages == ["fra", "deu"]


def test_a_video_without_sound_stays_without(tmp_path: Path) -> None:
    assert codecs(written(encode(tmp_path / "clip.mp4", greys(5)))) == []


def test_the_sound_can_come_from_a_file_without_video(tmp_path: Path) -> None:
    song = video_with_sound(tmp_path / "song.m4a", video_codec=None)
    with VideoWriter(tmp_path / "written.mp4", 10, sound_from=str(song)) as writer:
        for index in range(20):
            writer.write(noise(), index / 10)
    assert heard(tmp_path / "written.mp4") == pytest.approx((0, 1.5, 2.0), abs=0.05)


def test_a_video_can_be_replaced_by_one_with_its_own_sound(tmp_path: Path) -> None:
    path = video_with_sound(tmp_path / "clip.mp4")
    with VideoWriter(path, 10, sound_from=path) as writer:
        for index in range(30):
            writer.write(noise(), index / 10)
    assert heard(path) == pytest.approx((0, 1.5, 3.0), abs=0.05)


def test_no_thread_and_no_file_is_left(tmp_path: Path) -> None:
    before = threading.active_count()
    path = video_with_sound(tmp_path / "clip.mp4")
    with pytest.raises(RuntimeError), VideoWriter(tmp_path / "w.mp4", sound_from=path) as writer:
        fail_after_a_frame(writer)
    assert [*tmp_path.iterdir()] == [path]
    assert threading.active_count() == before


def fail_after_a_frame(writer: VideoWriter) -> None:
    writer.write(noise(), 0)
    raise RuntimeError


# Sound that cannot be read


def damage(path: Path, packets: slice, filling: bytes | None) -> None:
    """Overwrite the beginnings of some packets of the sound, with noise if `filling` is None."""
    with av.open(str(path)) as container:
        chosen = [bytes(packet) for packet in container.demux(audio=0) if packet.size][packets]
    content = bytearray(path.read_bytes())
    random = np.random.default_rng(0)
    position = 0
    for packet in chosen:
        beginning = packet[:60]  # in MPEG-TS, a packet does not lie in one piece
        position = content.index(beginning, position)
        size = len(beginning)
        content[position : position + size] = filling * size if filling else random.bytes(size)
    path.write_bytes(content)


@pytest.mark.parametrize("filling", [b"\0", b"\xff", None])
@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("clip.mp4", "aac"),
        ("clip.ts", "aac"),
        ("clip.mkv", "ac3"),
        ("clip.mkv", "flac"),
        ("clip.mkv", "libopus"),
        ("clip.mkv", "mp2"),
        ("clip.mkv", "vorbis"),
    ],
)
def test_damaged_sound_does_not_cost_a_frame(
    tmp_path: Path, name: str, codec: str, filling: bytes | None
) -> None:
    path = video_with_sound(tmp_path / name, codec)
    damage(path, slice(None), filling)
    assert len(read(written(path))) == 3 * FRAME_RATE


def test_damaged_sound_that_is_encoded_is_reported_in_one_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = video_with_sound(tmp_path / "clip.mkv", "mp2")
    damage(path, slice(40, 50), b"\0")
    end_s = heard(written(path))[2]
    assert end_s == pytest.approx(3.0, abs=PACKET_S)
    assert caplog.messages == [f"{path}: the sound is damaged, and the video has what can be read."]


def test_a_file_that_holds_no_media_is_reported_in_one_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    text = tmp_path / "text.mp4"
    text.write_text("no video")
    with VideoWriter(tmp_path / "written.mp4", sound_from=text) as writer:
        writer.write(noise(), 0)
    assert len(read(tmp_path / "written.mp4")) == 1
    (message,) = caplog.messages
    assert message.startswith(f"{text}: the video lacks sound, because it cannot be read (")


def test_a_track_of_an_unknown_codec_is_left_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = video_with_sound(tmp_path / "clip.mkv", "mp2", tracks=2)
    content = path.read_bytes()
    path.write_bytes(content.replace(b"A_MPEG/L2", b"A_UNKNOWN", 1))
    assert codecs(written(path)) == ["aac"]
    assert caplog.messages == [
        f"{path}: the video lacks sound, because it cannot be read (its codec is unknown)."
    ]


def test_a_path_that_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"absent\.mp4 is not a file: give a file with sound"):
        VideoWriter(tmp_path / "written.mp4", sound_from=tmp_path / "absent.mp4")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit the size of files")
@pytest.mark.parametrize("bytes_left", [1000, 10_000, 20_000])
def test_a_full_disk_is_reported_and_leaves_no_file(tmp_path: Path, bytes_left: int) -> None:
    path = video_with_sound(tmp_path / "clip.mov", "pcm_s16le")
    with full_disk(bytes_left), pytest.raises(OutputError, match=r"written\.mp4 cannot be written"):
        written(path)
    assert [*tmp_path.iterdir()] == [path]
