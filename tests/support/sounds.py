"""Videos with sound that the tests generate, and what can be heard in a video."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

FRAME_RATE = 10
_TONE_HZ = 440
_BLOCK = 960  # samples; a frame of Opus


def video_with_sound(
    path: Path,
    codec: str = "aac",
    *,
    seconds: float = 3.0,
    sound_seconds: float | None = None,
    tone_s: float = 1.5,
    video_start_s: float = 0.0,
    sound_start_s: float = 0.0,
    rate: int = 48_000,
    layout: str = "stereo",
    tracks: int = 1,
    video_codec: str | None = "libx264",
) -> Path:
    """Write a video whose sound is a tone from `tone_s` on, on the clock of the file.

    In the second track, the tone begins half a second later. Without `video_codec` there is only
    sound.
    """
    with av.open(str(path), "w") as container:
        packets = _video_packets(container, video_codec, seconds, video_start_s)
        options = {"strict": "experimental"} if codec == "vorbis" else {}
        sounds: list[Any] = [
            container.add_stream(codec, rate=rate, layout=layout, options=options)
            for _ in range(tracks)
        ]
        for sound, language in zip(sounds, ("fra", "deu"), strict=False):
            sound.metadata["language"] = language
        samples = round((seconds if sound_seconds is None else sound_seconds) * rate)
        for number, sound in enumerate(sounds):
            for first in range(0, samples, _BLOCK):
                time_s = (np.arange(first, first + _BLOCK) / rate + sound_start_s)[np.newaxis]
                tone = 0.5 * np.sin(2 * np.pi * _TONE_HZ * time_s)
                tone[time_s < tone_s + number / 2] = 0
                channels = len(av.AudioLayout(layout).channels)
                block = av.AudioFrame.from_ndarray(
                    np.repeat(tone, channels, axis=0).astype(np.float32), "fltp", layout
                )
                block.rate, block.time_base = rate, Fraction(1, rate)
                block.pts = first + round(sound_start_s * rate)
                packets += sound.encode(block)
            packets += sound.encode(None)
        container.mux(sorted(packets, key=lambda packet: float(packet.dts * packet.time_base)))
    return path


def _video_packets(container: Any, codec: str | None, seconds: float, start_s: float) -> list[Any]:
    if codec is None:
        return []
    video = container.add_stream(codec, rate=FRAME_RATE)
    video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
    packets = []
    for index in range(round(seconds * FRAME_RATE)):
        grey = np.full((48, 64, 3), 5 * (index % 50), np.uint8)
        frame = av.VideoFrame.from_ndarray(grey, "rgb24")
        frame.pts, frame.time_base = index + round(start_s * FRAME_RATE), Fraction(1, FRAME_RATE)
        packets += video.encode(frame)
    return [*packets, *video.encode(None)]


def first_frame_s(path: Path) -> float:
    with av.open(str(path)) as container:
        return next(container.decode(video=0)).time or 0.0


def heard(path: Path, track: int = 0) -> tuple[float, float, float]:
    """Return when a sound, its tone, and its end are heard, in seconds from the first frame."""
    start_s = first_frame_s(path)
    begin_s, tone_s, end_s = np.inf, np.inf, -np.inf
    with av.open(str(path)) as container:
        stream = container.streams.audio[track]
        resampler = av.AudioResampler("fltp", "mono", 48_000)
        for decoded in container.decode(stream):
            for frame in resampler.resample(decoded):
                time_s = (frame.time or 0.0) - start_s
                begin_s = min(begin_s, time_s)
                end_s = max(end_s, time_s + frame.samples / 48_000)
                loud = np.flatnonzero(np.abs(frame.to_ndarray()) > 0.1)
                if loud.size:
                    tone_s = min(tone_s, time_s + loud[0] / 48_000)
    return float(begin_s), float(tone_s), float(end_s)


def codecs(path: Path) -> list[str]:
    """Return the codecs of the audio tracks of a file."""
    with av.open(str(path)) as container:
        return [stream.codec_context.codec.canonical_name for stream in container.streams.audio]
