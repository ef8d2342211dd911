"""Times Vitruvian and MediaPipe in turn, on the same frames.

    python -m benchmarks.speed [--legacy PYTHON] [--tasks PYTHON TASK_FOLDER] [options] VIDEO...

The legacy PYTHON has mediapipe 0.10.21, the tasks PYTHON 1.2.2, and TASK_FOLDER the three
pose_landmarker_*.task files. Each side runs in a process and an environment of its own. They take
their turns block by block; a block's time is the median of its frames, and a row's the median of
its blocks. The peer is the faster of those given, in each block. `off` is how far our landmarks are
from the first peer's, where both find a person.

Many still pictures are given to `detect`, and to the peer one by one, as it takes them. A job is a
whole process, from a video's file to a CSV: `vitruvian run --no-annotate` against the loop that
programs usually have (usual_loop.py).
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
    "still pictures": {"static": True},
    "still pictures, many": {"static": True, "kind": "detect"},
}
JOB = "whole job"


class Side:
    """A process that finds people, and what it has said."""

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
        """Let it have its turn."""
        print(frames, file=self._process.stdin, flush=True)
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            sys.exit(f"{self.name} ended: {self._process.communicate()[1]}")
        said: dict[str, Any] = json.loads(line)
        return said

    def measure(self, frames: int) -> None:
        """Likewise, and keep what it says."""
        said = self.run(frames)
        self.blocks_ms.append(1e3 * statistics.median(said["seconds"]))
        self.found += said["found"]

    def end(self) -> None:
        """Let it go."""
        self._process.communicate()


def off(ours: Side, theirs: Side) -> str:
    """How far the landmarks of two sides are apart."""
    pairs = list(zip(ours.found, theirs.found, strict=True))
    alike = sum((mine is None) == (other is None) for mine, other in pairs)
    both = [(mine, other) for mine, other in pairs if mine and other]
    if not both:
        return f"{alike}/{len(pairs)} alike"
    mine, other = (np.array(points) for points in zip(*both, strict=True))
    distances_px = np.linalg.norm(mine - other, axis=-1)
    return f"{np.median(distances_px):.3f} px, {alike}/{len(pairs)} alike"


def compare(
    frames: Path,
    blocks: int,
    frames_a_block: int,
    peers: dict[str, tuple[str, str]],
    engines: Sequence[str],
    models: Sequence[str],
    scenes: Sequence[str],
) -> None:
    """Print the rows of one video."""
    for scene in scenes:
        for model in models:
            complexity = MODELS.index(model)
            common = {"static": False, "masks": False, "complexity": complexity, **SCENES[scene]}
            threads, kind = common.pop("threads", None), common.pop("kind", "vitruvian")
            theirs = [
                Side(name, python, name, frames, **common, task=task.format(model=model))
                for name, (python, task) in peers.items()
            ]
            ours = [
                Side(
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
            sides = theirs + ours
            for side in sides:
                side.run(WARM_UP_FRAMES)
            for block in range(blocks):
                # Nobody always comes first.
                for side in sides if block % 2 else reversed(sides):
                    side.measure(frames_a_block)
            for side in sides:
                side.end()
            for side in ours:
                report(scene, model, side, theirs)


def report(scene: str, model: str, ours: Side, theirs: list[Side]) -> None:
    """Print a row."""
    ms = statistics.median(ours.blocks_ms)
    peer = ratio = distance = "–"
    if theirs:
        fastest = min(theirs, key=lambda side: statistics.median(side.blocks_ms))
        peer = f"{statistics.median(fastest.blocks_ms):.1f} ({fastest.name})"
        by_block = zip(*(side.blocks_ms for side in theirs), strict=True)
        ratios = [min(b) / own for b, own in zip(by_block, ours.blocks_ms, strict=True)]
        ratio = f"{statistics.median(ratios):.2f}"
        distance = off(ours, theirs[0])
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
                engine: [sys.executable, "-m", "vitruvian", "run", video, "-o", folder]
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


def decode(video: Path, count: int, path: Path) -> None:
    """Write the first frames of a video, which all sides then see alike."""
    with open_source(video) as source:
        frames = [frame.image for frame, _ in zip(source, range(count), strict=False)]
    np.save(path, np.stack(frames))


@click.command(help=__doc__)
@click.argument("videos", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--legacy", help="Python of mediapipe 0.10.21.")
@click.option("--tasks", nargs=2, help="Python of mediapipe 1.2.2, and its .task files' folder.")
@click.option("--engine", "engines", multiple=True, default=["default"], show_default=True)
@click.option("--model", "models", multiple=True, type=click.Choice(MODELS), default=MODELS)
@click.option("--scene", "scenes", multiple=True, type=click.Choice((*SCENES, JOB)), help="All.")
@click.option("--frames", default=120, show_default=True, help="Of each video.")
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
    """Run, as the file's first lines say."""
    peers = {"legacy": (legacy, "")} if legacy else {}
    if tasks:
        peers["tasks"] = (tasks[0], f"{tasks[1]}/pose_landmarker_{{model}}.task")
    for video in videos:
        print(f"\n{video.name}, {frames} frames\n")
        row("scene", "model", "engine", "peer, ms", "ours, ms", "times as fast", "off")
        row(*["---"] * 7)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "frames.npy"
            decode(video, frames, path)
            chosen = [scene for scene in SCENES if not scenes or scene in scenes]
            compare(path, blocks, max(frames // blocks, 1), peers, engines, models, chosen)
        if not scenes or JOB in scenes:
            jobs(video, max(blocks // 2, 1), legacy, engines, models)


main()
