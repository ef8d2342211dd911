"""Print how much time and memory Vitruvian takes apart from the work on each frame.

    python -m benchmarks.footprint [--legacy PYTHON] [--minutes 10] IMAGE VIDEO

It prints what `import vitruvian` adds to `import numpy`, the seconds from the start of a process to
the first result of IMAGE with the weights in the cache, and the peak memory of `vitruvian run` on
ten seconds and on ten minutes of VIDEO, which is repeated to that length. Given the Python of
mediapipe 0.10.21, it also prints the peak memory of the usual loop (usual_loop.py). Each
measurement runs in its own process; times of imports and starts are medians.
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
    """Run a command and return its seconds, its peak memory in MB, and its last line of output."""
    start_s = time.perf_counter()
    process = subprocess.Popen(
        [*map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout  # noqa: S101 - true because of PIPE; mypy cannot know it
    lines = process.stdout.read().splitlines()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start_s
    if status:
        sys.exit(f"{command} failed")
    return seconds, usage.ru_maxrss / 1024, lines[-1] if lines else ""


def repeat(video: Path, minutes: float, path: Path) -> None:
    """Write the encoded packets of a video again and again, up to a length in minutes."""
    with av.open(str(video)) as source, av.open(str(path), "w") as target:
        stream = source.streams.video[0]
        copy = target.add_stream_from_template(stream)
        packets = [packet for packet in source.demux(stream) if packet.pts is not None]
        step = max(packet.pts for packet in packets) + packets[-1].duration
        start = 0
        while start * stream.time_base < 60 * minutes:
            for packet in packets:
                repeated = av.Packet(bytes(packet))
                repeated.pts, repeated.dts = packet.pts + start, packet.dts + start
                repeated.time_base, repeated.duration = packet.time_base, packet.duration
                repeated.is_keyframe, repeated.stream = packet.is_keyframe, copy
                target.mux(repeated)
            start += step


@click.command(help=__doc__)
@click.argument("image", type=click.Path(exists=True, path_type=Path))
@click.argument("video", type=click.Path(exists=True, path_type=Path))
@click.option("--legacy", help="The Python that has mediapipe 0.10.21.")
@click.option("--minutes", default=10.0, show_default=True, help="Length of the long video.")
def main(image: Path, video: Path, legacy: str | None, minutes: float) -> None:
    """Print the measurements that the module's docstring describes."""
    imports: dict[str, list[list[float]]] = {name: [] for name in ("numpy", "numpy, vitruvian")}
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
        first_s.append(run(sys.executable, "-c", FIRST_RESULT, image)[0])
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
