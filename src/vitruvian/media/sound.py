"""The sound of a video that is written: the audio tracks of another file."""

from __future__ import annotations

import io
import logging
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av

from vitruvian.errors import MediaError
from vitruvian.media.containers import open_container
from vitruvian.media.options import InputOptions
from vitruvian.media.video_reader import first_frame_time_s
from vitruvian.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.audio.codeccontext import AudioCodecContext
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.packet import Packet

    _Packet = Packet[AudioStream]

_log = logging.getLogger(__name__)

# MP4 can hold more codecs than these, which players and browsers then do not play.
_COPIED_CODECS = {"aac", "ac3", "alac", "flac", "mp3", "opus"}
_AAC_RATES_HZ = (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000)
_AAC_BITS_PER_S = 96_000  # for each channel; a common choice for good quality

# Codecs need some of the sound before the first frame to decode the sound at the first frame: Opus
# needs 80 ms. The file says that players leave it out.
_PREROLL_S = 0.1

_LEAST_GAP_S = 0.1  # smaller ones are errors of timestamps

# What the MP4 writer raises for a packet that it does not accept. Others are errors of the disk.
_REFUSED = (av.InvalidDataError, av.ArgumentError)


class Sound:
    """The audio tracks of a file, added to an MP4 file while that is written.

    A track is copied if players expect its codec in MP4, else it is encoded again as AAC. A track
    that cannot be read is left out or ends early, and a warning is logged: sound is never a reason
    to lose the video.

    Args:
        path: The file with the sound. Time 0 is its first video frame, or its beginning if it
            contains no video.
        target: The MP4 file, before its first packet.
        start_s: The time of the file with the sound that is time 0 of the MP4 file.
    """

    def __init__(self, path: Path, target: OutputContainer, start_s: float = 0.0) -> None:
        self._path = path
        self._tracks: list[_Track] = []
        try:
            with _open(path) as source:
                streams = source.streams.audio
                if streams:
                    start_s += first_frame_time_s(source)
                for stream in streams:
                    self._add_track(stream, start_s, target)
        except Exception as error:  # noqa: BLE001 - sound is no reason to lose the video
            self._warn_that_sound_is_missing(error)

    def write_until(self, time_s: float) -> None:
        """Write the sound that begins before a time and was not written yet."""
        for track in self._tracks:
            track.write_until(time_s)

    def close(self) -> None:
        """Close the file with the sound."""
        for track in self._tracks:
            track.close()
        if any(track.is_damaged for track in self._tracks):
            _log.warning(
                "%s: the sound is damaged, and the video has what can be read.",
                printable(self._path),
            )

    def _add_track(self, stream: AudioStream, start_s: float, target: OutputContainer) -> None:
        try:
            self._tracks.append(_Track(self._path, stream.index, start_s, target))
        except Exception as error:  # noqa: BLE001 - sound is no reason to lose the video
            self._warn_that_sound_is_missing(error)

    def _warn_that_sound_is_missing(self, error: Exception) -> None:
        _log.warning(
            "%s: the video lacks sound, because %s.", printable(self._path), _reason(error)
        )


class _Track:
    """One audio track. It reads the file by itself, so that little is in memory in any file."""

    def __init__(self, path: Path, index: int, start_s: float, target: OutputContainer) -> None:
        self._path = path
        self._start_s = start_s
        self._target = target
        self._container = _open(path)
        self._source = self._container.streams[index]
        if self._source.codec_context is None:
            raise MediaError("its codec is unknown")
        self._sink: AudioStream
        if _can_be_copied(self._source):
            self._sink = target.add_stream_from_template(self._source)
            packets = self._copied()
        else:
            self._sink = _add_aac(self._source, target)
            packets = self._encoded()
        language = self._source.metadata.get("language")
        if language:
            self._sink.metadata["language"] = language
        self.is_damaged = False
        self._packets = self._until_unreadable(packets)
        self._next = next(self._packets, None)

    def write_until(self, time_s: float) -> None:
        while self._next is not None and _time_s(self._next) < time_s:
            packet, self._next = self._next, next(self._packets, None)
            try:
                self._target.mux(packet)
            except _REFUSED as error:
                self._warn(error)
                self._next = None

    def close(self) -> None:
        self._container.close()

    def _until_unreadable(self, packets: Iterator[_Packet]) -> Iterator[_Packet]:
        """Yield the packets, whose timestamps increase, until they cannot be read."""
        last = None
        try:
            for packet in packets:
                if last is None or (packet.pts or 0) > last:
                    last = packet.pts
                    yield packet
        except Exception as error:  # noqa: BLE001 - sound is no reason to lose the video
            self._warn(error)

    def _warn(self, error: Exception) -> None:
        _log.warning("%s: the sound ends early, because %s.", printable(self._path), _reason(error))

    def _copied(self) -> Iterator[_Packet]:
        for packet in self._read():
            packet.stream = self._sink
            yield packet

    def _encoded(self) -> Iterator[_Packet]:
        for frame in _even(self._decoded()):
            yield from self._sink.encode(frame)
        yield from self._sink.encode(None)

    def _decoded(self) -> Iterator[AudioFrame]:
        decoder: AudioCodecContext = self._source.codec_context
        for packet in self._read():
            frames: list[AudioFrame] = []
            try:
                frames = packet.decode()
            except av.InvalidDataError:
                self.is_damaged = True
            yield from frames
        yield from decoder.decode(None)

    def _read(self) -> Iterator[_Packet]:
        """Yield the packets, with their times relative to the first video frame."""
        for packet in self._container.demux(self._source):
            pts = packet.dts if packet.pts is None else packet.pts
            if pts is None:  # also the empty packet at the end
                continue
            if packet.is_corrupt:
                self.is_damaged = True
                continue
            packet.pts = packet.dts = pts - round(self._start_s / packet.time_base)
            if _time_s(packet) >= -_PREROLL_S:
                yield packet


def _even(frames: Iterator[AudioFrame]) -> Iterator[AudioFrame]:
    """Yield the frames, each of which begins where the previous one ends, unless there is a gap.

    Containers round timestamps, and some encoders write wrong ones for single packets.
    """
    end = None  # in samples
    for frame in frames:
        start = round((frame.time or 0.0) * frame.sample_rate)
        if end is not None and abs(start - end) < _LEAST_GAP_S * frame.sample_rate:
            start = end
        if end is None or start >= end:
            frame.pts, frame.time_base = start, Fraction(1, frame.sample_rate)
            end = start + frame.samples
            yield frame


def _open(path: Path) -> Any:
    return open_container(path, printable(path), InputOptions())


def _time_s(packet: _Packet) -> float:
    return float((packet.pts or 0) * packet.time_base)


def _can_be_copied(stream: AudioStream) -> bool:
    """Return whether players expect the codec in MP4, and FFmpeg writes it with its parameters."""
    if stream.codec_context.codec.canonical_name not in _COPIED_CODECS:
        return False
    try:
        with av.open(io.BytesIO(), "w", format="mp4") as trial:
            trial.add_stream_from_template(stream)
            trial.start_encoding()
    except (av.FFmpegError, ValueError):  # what PyAV raises for parameters that do not fit
        return False
    return True


def _add_aac(source: AudioStream, target: OutputContainer) -> AudioStream:
    """Add a track for the sound of another one; more than two channels are mixed to stereo."""
    channels = min(source.codec_context.channels or 2, 2)
    rate = source.codec_context.sample_rate
    sink = target.add_stream(
        "aac",
        rate=rate if rate in _AAC_RATES_HZ else _AAC_RATES_HZ[-1],
        layout="mono" if channels == 1 else "stereo",
    )
    sink.bit_rate = _AAC_BITS_PER_S * channels
    return sink


def _reason(error: Exception) -> str:
    return f"it cannot be read ({getattr(error, 'strerror', None) or error})"
