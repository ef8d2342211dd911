"""Time Vitruvian and MediaPipe in turn, on the same frames.

    python -m benchmarks.speed [--legacy PYTHON] [--tasks PYTHON TASK_FOLDER] [options] VIDEO...

The PYTHON of --legacy has mediapipe 0.10.21, that of --tasks has 1.2.2, and TASK_FOLDER has the
three pose_landmarker_*.task files. Each program runs in its own process and environment. The
programs take turns, block by block. The time of a block is the median of its frames, and the time
in the table is the median of the blocks. The peer is MediaPipe: the faster of the two versions, if
both are given, in each block. "difference" is the median distance of Vitruvian's landmarks from
those of the first peer where both find a person, and the number of frames in which both find a
person or both find none.

In the scene "still images, many", Vitruvian gets all images at once (`detect`), and MediaPipe gets
them one by one, as its API requires. The scene "whole job" times whole processes, from a
video file to a CSV: `vitruvian run --no-annotate`, and the loop that most programs use
(usual_loop.py).
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import numpy as np

from vitruvian.media.opening import open_source
from vitruvian.options import MODELS

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).parent
WARM_UP_FRAMES = 10
SCENES: dict[str, dict[str, Any]] = {
    "video": {},
    "video, one thread": {"threads": 1},
    "video with mask": {"masks": True},
    "still images": {"static": True},
    "still images, many": {"static": True, "kind": "detect"},
}
JOB = "whole job"


class Competitor:
    """A process that finds people in frames, and its results so far.

    Attributes:
        name: the name in the table.
        blocks_ms: the median milliseconds per frame of each block.
        found: for each frame, the landmarks in pixel coordinates, or None.
    """

    def __init__(self, name: str, python: str, kind: str, frames: Path, **options: Any) -> None:
        self.name = name
        self.blocks_ms: list[float] = []
        self.found: list[Any] = []
        self._process = subprocess.Popen(
            [python, str(HERE / "worker.py"), kind, str(frames), json.dumps(options)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, frames: int) -> dict[str, Any]:
        """Process that many frames, and return the answer of worker.py."""
        print(frames, file=self._process.stdin, flush=True)
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            sys.exit(f"{self.name} ended: {self._process.communicate()[1]}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def measure(self, frames: int) -> None:
        """Process a block of frames, and keep its times and landmarks."""
        answer = self.run(frames)
        self.blocks_ms.append(1e3 * statistics.median(answer["seconds"]))
        self.found += answer["found"]

    def end(self) -> None:
        """End the process."""
        self._process.communicate()


def difference(ours: Competitor, theirs: Competitor) -> str:
    """Return the cell that says how far the landmarks of two competitors are apart."""
    pairs = list(zip(ours.found, theirs.found, strict=True))
    agree = sum((mine is None) == (other is None) for mine, other in pairs)
    both = [(mine, other) for mine, other in pairs if mine and other]
    if not both:
        return f"{agree}/{len(pairs)} agree"
    mine, other = (np.array(points) for points in zip(*both, strict=True))
    distances_px = np.linalg.norm(mine - other, axis=-1)
    return f"{np.median(distances_px):.3f} px, {agree}/{len(pairs)} agree"


def compare(
    frames: Path,
    blocks: int,
    frames_per_block: int,
    peers: dict[str, tuple[str, str]],
    engines: Sequence[str],
    models: Sequence[str],
    scenes: Sequence[str],
) -> None:
    """Print the rows of one video, except those of the whole job."""
    for scene in scenes:
        for model in models:
            complexity = MODELS.index(model)
            common = {"static": False, "masks": False, "complexity": complexity, **SCENES[scene]}
            threads, kind = common.pop("threads", None), common.pop("kind", "vitruvian")
            theirs = [
                Competitor(name, python, name, frames, **common, task=task.format(model=model))
                for name, (python, task) in peers.items()
            ]
            ours = [
                Competitor(
                    name,
                    sys.executable,
                    kind,
                    frames,
                    **common,
                    threads=threads,
                    engine=None if name == "default" else name,
                )
                for name in engines
            ]
            competitors = theirs + ours
            for competitor in competitors:
                competitor.run(WARM_UP_FRAMES)
            for block in range(blocks):
                # The order alternates, so that no program is always the first.
                for competitor in competitors if block % 2 else reversed(competitors):
                    competitor.measure(frames_per_block)
            for competitor in competitors:
                competitor.end()
            for competitor in ours:
                report(scene, model, competitor, theirs)


def report(scene: str, model: str, ours: Competitor, theirs: list[Competitor]) -> None:
    """Print the row of one competitor, compared with the fastest peer."""
    ms = statistics.median(ours.blocks_ms)
    peer = ratio = distance = "–"
    if theirs:
        fastest = min(theirs, key=lambda rival: statistics.median(rival.blocks_ms))
        peer = f"{statistics.median(fastest.blocks_ms):.1f} ({fastest.name})"
        by_block = zip(*(rival.blocks_ms for rival in theirs), strict=True)
        ratios = [min(b) / own for b, own in zip(by_block, ours.blocks_ms, strict=True)]
        ratio = f"{statistics.median(ratios):.2f}"
        distance = difference(ours, theirs[0])
    row(scene, model, ours.name, peer, f"{ms:.2f}", ratio, distance)


def row(*cells: str) -> None:
    """Print the cells of a row."""
    print(f"| {' | '.join(cells)} |", flush=True)


def jobs(
    video: Path, runs: int, legacy: str | None, engines: Sequence[str], models: Sequence[str]
) -> None:
    """Print the rows of the whole job."""
    for model in models:
        with tempfile.TemporaryDirectory() as folder:
            commands = {
                engine: [
                    sys.executable,
                    "-m",
                    "vitruvian",
                    "run",
                    video,
                    "-o",
                    folder,
                    "--search",
                    "frame",
                ]
                + ["--no-annotate", "--model-complexity", model]
                + ([] if engine == "default" else ["--engine", engine])
                for engine in engines
            }
            if legacy:
                loop = HERE / "usual_loop.py"
                out = Path(folder) / "usual.csv"
                commands["usual loop"] = [legacy, loop, video, out, str(MODELS.index(model))]
            seconds: dict[str, list[float]] = {name: [] for name in commands}
            for _ in range(runs):
                for name, command in commands.items():
                    start_s = time.perf_counter()
                    subprocess.run([*map(str, command)], check=True, capture_output=True)
                    seconds[name].append(time.perf_counter() - start_s)
        theirs = seconds.pop("usual loop", None)
        for name, ours in seconds.items():
            peer = ratio = "–"
            if theirs:
                peer = f"{1e3 * statistics.median(theirs):.0f} (usual loop)"
                ratio = f"{statistics.median(a / b for a, b in zip(theirs, ours, strict=True)):.2f}"
            ms = f"{1e3 * statistics.median(ours):.0f}"
            row(JOB, model, name, peer, ms, ratio, "–")


def write_frames(video: Path, count: int, path: Path) -> None:
    """Write the first frames of a video as one array, so that all programs get the same pixels."""
    with open_source(video) as source:
        frames = [frame.image for frame, _ in zip(source, range(count), strict=False)]
    np.save(path, np.stack(frames))


@click.command(help=__doc__)
@click.argument("videos", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--legacy", help="The Python that has mediapipe 0.10.21.")
@click.option(
    "--tasks",
    nargs=2,
    help="The Python that has mediapipe 1.2.2, and the folder of the .task files.",
)
@click.option("--engine", "engines", multiple=True, default=["default"], show_default=True)
@click.option("--model", "models", multiple=True, type=click.Choice(MODELS), default=MODELS)
@click.option(
    "--scene", "scenes", multiple=True, type=click.Choice((*SCENES, JOB)), help="[default: all]"
)
@click.option(
    "--frames", default=120, show_default=True, help="The number of frames of each video."
)
@click.option("--blocks", default=6, show_default=True)
def main(
    videos: tuple[Path, ...],
    legacy: str | None,
    tasks: tuple[str, str] | None,
    engines: tuple[str, ...],
    models: tuple[str, ...],
    scenes: tuple[str, ...],
    frames: int,
    blocks: int,
) -> None:
    """Print the tables that the module's docstring describes."""
    peers = {"legacy": (legacy, "")} if legacy else {}
    if tasks:
        peers["tasks"] = (tasks[0], f"{tasks[1]}/pose_landmarker_{{model}}.task")
    for video in videos:
        print(f"\n{video.name}, {frames} frames\n")
        row("scene", "model", "engine", "peer, ms", "ours, ms", "times as fast", "difference")
        row(*["---"] * 7)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "frames.npy"
            write_frames(video, frames, path)
            chosen = [scene for scene in SCENES if not scenes or scene in scenes]
            compare(path, blocks, max(frames // blocks, 1), peers, engines, models, chosen)
        if not scenes or JOB in scenes:
            jobs(video, max(blocks // 2, 1), legacy, engines, models)


main()
