"""Says what Vitruvian costs before and besides the frames.

    python -m benchmarks.footprint [--legacy PYTHON] [--minutes 10] PICTURE VIDEO

What `import vitruvian` adds to `import numpy`; the seconds from a process's start to the first
result of PICTURE, with the weights in the cache; and the peak memory of `vitruvian run` on ten
seconds and on ten minutes of VIDEO, repeated, next to the usual loop's with MediaPipe 0.10.21.
Medians of processes of their own.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import av
import click

HERE = Path(__file__).parent
RUNS = 9
FIRST_RESULT = """
import sys, vitruvian
assert len(next(vitruvian.track(sys.argv[1])))
"""


def run(*command: object) -> tuple[float, float, str]:
    """Seconds, peak memory in MB, and the last line of what is printed."""
    start_s = time.perf_counter()
    process = subprocess.Popen(
        [*map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout  # noqa: S101 - as asked for above
    lines = process.stdout.read().splitlines()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start_s
    if status:
        sys.exit(f"{command} failed")
    return seconds, usage.ru_maxrss / 1024, lines[-1] if lines else ""


def repeat(video: Path, minutes: float, path: Path) -> None:
    """Write a video over and over, as it is coded."""
    with av.open(str(video)) as source, av.open(str(path), "w") as target:
        stream = source.streams.video[0]
        copy = target.add_stream_from_template(stream)
        packets = [packet for packet in source.demux(stream) if packet.pts is not None]
        step = max(packet.pts for packet in packets) + packets[-1].duration
        start = 0
        while start * stream.time_base < 60 * minutes:
            for packet in packets:
                again = av.Packet(bytes(packet))
                again.pts, again.dts = packet.pts + start, packet.dts + start
                again.time_base, again.duration = packet.time_base, packet.duration
                again.is_keyframe, again.stream = packet.is_keyframe, copy
                target.mux(again)
            start += step


@click.command(help=__doc__)
@click.argument("picture", type=click.Path(exists=True, path_type=Path))
@click.argument("video", type=click.Path(exists=True, path_type=Path))
@click.option("--legacy", help="Python of mediapipe 0.10.21.")
@click.option("--minutes", default=10.0, show_default=True)
def main(picture: Path, video: Path, legacy: str | None, minutes: float) -> None:
    """Run, as the file's first lines say."""
    imports = {name: [] for name in ("numpy", "numpy, vitruvian")}
    first_s = []
    for _ in range(RUNS):
        for names, measured in imports.items():
            code = (
                "import time, resource; s = time.perf_counter()\n"
                f"import {names}\n"
                "peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024\n"
                "print(time.perf_counter() - s, peak)"
            )
            measured.append([float(word) for word in run(sys.executable, "-c", code)[2].split()])
        first_s.append(run(sys.executable, "-c", FIRST_RESULT, picture)[0])
    (base_s, base_mb), (own_s, own_mb) = (
        map(statistics.median, zip(*measured, strict=True)) for measured in imports.values()
    )
    print(f"import vitruvian: {own_s - base_s:.3f} s and {own_mb - base_mb:.1f} MB over numpy")
    print(f"process start to the first result: {statistics.median(first_s):.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        for length in (1 / 6, minutes):
            long = Path(folder) / "long.mp4"
            repeat(video, length, long)
            command = ["-m", "vitruvian", "run", long, "-o", folder, "--no-annotate"]
            peak_mb = {"vitruvian run": run(sys.executable, *command, "--model-complexity", 0)[1]}
            if legacy:
                out = Path(folder) / "usual.csv"
                peak_mb["usual loop"] = run(legacy, HERE / "usual_loop.py", long, out, 0)[1]
            peaks = ", ".join(f"{name} {mb:.0f} MB" for name, mb in peak_mb.items())
            print(f"peak memory of {60 * length:.0f} s: {peaks}", flush=True)


main()
