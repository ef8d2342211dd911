"""Prints what many streams in one process cost, and how evenly they are served.

    python -m benchmarks.streams [--streams 50] [--rate 5] [--seconds 30] [--model lite]

Each stream is a thread with its own `Pose`, which gets frames of the sample video, 640×480, from
memory: nothing is decoded. The frames of a stream are due at a fixed rate. A stream that is late
skips the frames that a newer one has replaced, as with a camera. Printed are the resident memory of
the process; the frames of the streams with the fewest and the most; and the median and the 99th
percentile of the delay, from the moment a frame is due to its result.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np

import vitruvian
from vitruvian.media.opening import open_source
from vitruvian.options import MODELS

if TYPE_CHECKING:
    from vitruvian.options import Model
    from vitruvian.types import Image

SAMPLE = Path(__file__).parents[1] / "samples" / "jumping_jacks.mp4"


@dataclass
class Stream:
    """One stream, and what it got.

    Attributes:
        pose: finds the people.
        images: the frames, which are repeated.
        first_due_s: when the first frame is due, on the clock of `time.perf_counter`.
        delays_s: of each frame that was processed.
        people: the number of frames with a person.
    """

    pose: vitruvian.Pose
    images: list[Image]
    first_due_s: float
    delays_s: list[float] = field(default_factory=list)
    people: int = 0

    def run(self, rate: float, end_s: float) -> None:
        """Process the newest frame whenever the previous one is done, until `end_s`."""
        index = 0
        while (due_s := self.first_due_s + index / rate) < end_s:
            time.sleep(max(due_s - time.perf_counter(), 0))
            image = self.images[index % len(self.images)]
            self.people += len(self.pose.process(image, index / rate)) > 0
            now_s = time.perf_counter()
            self.delays_s.append(now_s - due_s)
            index = max(index + 1, int((now_s - self.first_due_s) * rate))


def resident_mb() -> float:
    """Return the resident memory of this process."""
    lines = Path("/proc/self/status").read_text().splitlines()
    (resident,) = (line.split()[1] for line in lines if line.startswith("VmRSS"))
    return int(resident) / 1024


@click.command(help=__doc__)
@click.option("--streams", "count", default=50, show_default=True)
@click.option("--rate", default=5.0, show_default=True, help="Frames a second of each stream.")
@click.option("--seconds", default=30.0, show_default=True)
@click.option("--model", type=click.Choice(MODELS), default="lite", show_default=True)
@click.option("--threads", default=1, show_default=True, help="Of each copy of a network.")
def main(count: int, rate: float, seconds: float, model: Model, threads: int) -> None:
    """Run the streams and print the table."""
    with open_source(SAMPLE) as source:
        images = [frame.image for frame in source]
    poses = [vitruvian.Pose(model_complexity=model, threads=threads) for _ in range(count)]
    poses[0].process(images[0])  # the first call is slower
    poses[0].reset()
    start_s = time.perf_counter() + 0.5
    streams = [
        Stream(pose, images[number:] + images[:number], start_s + number / count / rate)
        for number, pose in enumerate(poses)
    ]
    runs = [
        threading.Thread(target=stream.run, args=(rate, start_s + seconds)) for stream in streams
    ]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    frames = [len(stream.delays_s) for stream in streams]
    delays_ms = 1e3 * np.concatenate([stream.delays_s for stream in streams])
    print("| streams | model | RSS, MB | frames, least | most | delay, ms, median | p99 |")
    print("|---" * 7 + "|")
    print(
        f"| {count} at {rate:g}/s | {model} | {resident_mb():.0f} | {min(frames)} | {max(frames)} "
        f"| {np.median(delays_ms):.0f} | {np.percentile(delays_ms, 99):.0f} |"
    )
    without = sum(frames) - sum(stream.people for stream in streams)
    print(f"{sum(frames)} of {round(count * rate * seconds)} frames, {without} without a person.")


if __name__ == "__main__":
    main()
