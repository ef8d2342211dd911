"""HDR videos, made with the formulas of the standards."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

_PATCH = 16  # pixels
_LUMA_2020 = np.array([0.2627, 0.6780, 0.0593])  # ITU-R BT.2020
_2020_FROM_709 = np.array(  # ITU-R BT.2087
    [[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.0880, 0.8956]]
)
_HLG_PEAK, _HLG_GAMMA = 1000.0, 1.2  # cd/m²; of the nominal display of ITU-R BT.2100


def pq_signal(light: np.ndarray) -> np.ndarray:
    """Return the signal of PQ (SMPTE ST 2084) for light in cd/m²."""
    power = (light / 10_000) ** (2610 / 16_384)
    return ((3424 / 4096 + 2413 / 128 * power) / (1 + 2392 / 128 * power)) ** (2523 / 32)


def hlg_signal(light: np.ndarray) -> np.ndarray:
    """Return the signal of HLG (ARIB STD-B67) for BT.2020 light of a display in cd/m²."""
    luminance = np.maximum(light @ _LUMA_2020, 1e-9)[:, None] / _HLG_PEAK
    scene = light / _HLG_PEAK * luminance ** (1 / _HLG_GAMMA - 1)
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    dark, bright = np.sqrt(3 * scene), a * np.log(np.maximum(12 * scene - b, 1e-9)) + c
    return np.where(scene <= 1 / 12, dark, bright)


SIGNALS = {"smpte2084": pq_signal, "arib-std-b67": hlg_signal}


def hdr_video(path: Path, light: np.ndarray, transfer: str) -> Path:
    """Write a lossless video of two frames with a row of patches.

    Args:
        path: A Matroska file.
        light: (N, 3) BT.709 red, green and blue of each patch, in cd/m².
        transfer: FFmpeg's name of the transfer characteristic.
    """
    rgb = SIGNALS[transfer](light @ _2020_FROM_709.T)
    luma = rgb @ _LUMA_2020
    blue, red = (rgb[:, 2] - luma) / 1.8814, (rgb[:, 0] - luma) / 1.4746
    planes = (64 + 876 * luma, 512 + 896 * blue, 512 + 896 * red)  # limited range of 10 bits
    with av.open(str(path), "w") as container:
        options = {"color_trc": transfer, "color_primaries": "bt2020", "colorspace": "bt2020nc"}
        stream = container.add_stream("ffv1", rate=10, options=options | {"color_range": "tv"})
        stream.width, stream.height, stream.pix_fmt = len(light) * _PATCH, _PATCH, "yuv444p10le"
        for index in range(2):
            frame = av.VideoFrame(stream.width, stream.height, "yuv444p10le")
            for plane, values in zip(frame.planes, planes, strict=True):
                row = np.repeat(np.round(values).astype("<u2"), _PATCH)
                rows = np.frombuffer(memoryview(plane), "<u2").reshape(plane.height, -1)
                rows[:, : row.size] = row
            frame.pts, frame.time_base = index, Fraction(1, 10)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def patches(image: np.ndarray) -> np.ndarray:
    """Return the colours of the patches of an image, (N, 3)."""
    return image[_PATCH // 2, _PATCH // 2 :: _PATCH].astype(int)
