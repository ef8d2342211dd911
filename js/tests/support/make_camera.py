"""Writes a video as Y4M, which Chromium shows as its camera: make_camera.py INPUT OUTPUT."""

import sys
from pathlib import Path

import av

source, target = sys.argv[1:]
with av.open(source) as container, Path(target).open("wb") as file:
    stream = container.streams.video[0]
    rate = stream.average_rate
    size = f"W{stream.width} H{stream.height} F{rate.numerator}:{rate.denominator}"
    file.write(f"YUV4MPEG2 {size} Ip A1:1 C420jpeg\n".encode())
    for frame in container.decode(stream):
        file.write(b"FRAME\n" + frame.reformat(format="yuv420p").to_ndarray().tobytes())
