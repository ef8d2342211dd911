"""Small valid videos of many containers and codecs, from which broken ones are made."""

from __future__ import annotations

import os
import struct
from typing import TYPE_CHECKING

from tests.support.sounds import video_with_sound
from tests.support.videos import encode, four_colors, noise

if TYPE_CHECKING:
    from pathlib import Path

_FRAMES = [four_colors()] * 3 + [noise()] * 3
_ODD_FRAMES = [four_colors(47, 61)] * 3
_QUIET = {"x265-params": "log-level=none"}

# Name of the file → codec, pixel format, and options of the codec.
_PLAIN: dict[str, tuple[str, str, dict[str, str]]] = {
    "av1.mkv": ("libsvtav1", "yuv420p", {}),
    "cinepak.avi": ("cinepak", "rgb24", {}),
    "ffv1.mkv": ("ffv1", "yuv444p16le", {}),
    "flv.flv": ("flv", "yuv420p", {}),
    "h264.flv": ("libx264", "yuv420p", {}),
    "h264.h264": ("libx264", "yuv420p", {}),
    "h264.mkv": ("libx264", "yuv420p", {}),
    "h264.mov": ("libx264", "yuv420p", {}),
    "h264.mp4": ("libx264", "yuv420p", {}),
    "h264.ts": ("libx264", "yuv420p", {}),
    "hdr.mp4": (
        "libx265",
        "yuv420p10le",
        {"color_trc": "smpte2084", "color_primaries": "bt2020", **_QUIET},
    ),
    "hevc.mkv": ("libx265", "yuv420p", _QUIET),
    "huffyuv.avi": ("huffyuv", "yuv422p", {}),
    "interlaced.mp4": ("libx264", "yuv420p", {"flags": "+ildct+ilme", "x264-params": "tff=1"}),
    "jpeg2000.mov": ("jpeg2000", "rgb24", {}),
    "mjpeg.avi": ("mjpeg", "yuvj420p", {}),
    "mjpeg.mov": ("mjpeg", "yuvj420p", {}),
    "mpeg2.mpg": ("mpeg2video", "yuv420p", {"strict": "unofficial"}),
    "mpeg2.ts": ("mpeg2video", "yuv420p", {"strict": "unofficial"}),
    "mpeg4.3gp": ("mpeg4", "yuv420p", {}),
    "mpeg4.avi": ("mpeg4", "yuv420p", {}),
    "msmpeg4.asf": ("msmpeg4", "yuv420p", {}),
    "not_square.mp4": ("libx264", "yuv420p", {"aspect": "4/3"}),
    "png.mov": ("png", "rgba", {}),
    "prores.mov": ("prores_ks", "yuv422p10le", {}),
    "qtrle.mov": ("qtrle", "rgb24", {}),
    "raw.avi": ("rawvideo", "bgr24", {}),
    "svq1.mov": ("svq1", "yuv410p", {}),
    "utvideo.avi": ("utvideo", "gbrp", {}),
    "vp8.webm": ("libvpx", "yuv420p", {}),
    "vp9.ivf": ("libvpx-vp9", "yuv420p", {}),
    "vp9.webm": ("libvpx-vp9", "yuv420p", {}),
    "wmv2.wmv": ("wmv2", "yuv420p", {}),
    "y4m.y4m": ("rawvideo", "yuv420p", {}),
    "zmbv.avi": ("zmbv", "bgr0", {}),
}

_WITH_SOUND = {
    "aac.mp4": "aac",
    "mp3.avi": "libmp3lame",
    "opus.mkv": "libopus",
    "pcm.mov": "pcm_s16le",
    "two_tracks.mp4": "aac",
}


def write(folder: Path) -> None:
    """Write all videos, each into a folder that is named after the number of its frames."""
    os.environ.setdefault("SVT_LOG", "-1")  # otherwise the AV1 encoder prints its configuration
    three, five, six = folder / "3", folder / "5", folder / "6"
    for subfolder in (three, five, six):
        subfolder.mkdir(parents=True, exist_ok=True)
    for name, (codec, pix_fmt, options) in _PLAIN.items():
        encode(six / name, _FRAMES, codec, pix_fmt, **options)
    encode(three / "odd.mp4", _ODD_FRAMES, "libx264", "yuv444p")
    encode(
        six / "fragments.mp4",
        _FRAMES,
        container_options={"movflags": "frag_keyframe+empty_moov"},
        g="2",
    )
    encode(six / "uneven.mp4", _FRAMES, times_s=[0, 0.001, 0.1, 0.5, 0.9, 60], bf="0")
    _turn(encode(six / "turned.mp4", _FRAMES))
    for name, codec in _WITH_SOUND.items():
        video_with_sound(five / name, codec, seconds=0.5, tracks=1 + (name == "two_tracks.mp4"))


def _turn(path: Path) -> None:
    """Set the rotation of an MP4 to a quarter turn, as of a phone that is held upright."""
    data = bytearray(path.read_bytes())
    matrix = [0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30]
    struct.pack_into(">9i", data, data.index(b"tkhd") + 44, *matrix)
    path.write_bytes(data)
