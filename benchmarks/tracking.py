"""Print how well people keep their ids, how soon new people are found, and how long both take.

    python -m benchmarks.tracking [--model NAME]... [--search NAME] [--drawn FOLDER] [VIDEO]...

Without a VIDEO, it uses the clips of tests/support/clips.py, whose truth is known. It prints the
scores of each clip; the milliseconds per frame for one to five people, split into the networks,
Vitruvian's own code, and the total in frames with and without searches; and the effect of the
interval between searches. --drawn prints the scores of drawn videos (`python -m benchmarks.drawn
--clips --people 2`) instead. For each VIDEO, whose truth is unknown, it prints the first and the
last frame of each id, to be compared with the video by eye. Times are those of `Pose.process`
alone. IDF1, switches and MOTA are motmetrics', HOTA is trackeval's.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import vitruvian
from benchmarks.drawn_clips import read_clips
from benchmarks.timed import timed_engines
from tests.support import clips
from tests.support.clips import Figure, Scene
from tests.support.identity_metrics import Found, Scores, score
from vitruvian.options import MODELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.drawn_clips import DrawnClip

INTERVALS_S = (0.1, 0.25, 0.5, 1.0, 2.0)
# One person is there from the start. Four walk in, each at a different time between two searches.
WALKING_IN = Scene(
    (
        Figure(1, {0: 640}, 0.9),
        Figure(2, {0.5: -130, 2.5: 420}, 0.8, 5),
        Figure(3, {1.2: 1410, 3.2: 860}, 0.8, 12),
        Figure(4, {2.4: -150, 4.4: 200}, 0.9, 19),
        Figure(5, {3.1: 1430, 5.1: 1080}, 0.9, 26),
    ),
    duration_s=6.0,
)


def measure(
    scenes: Iterable[Scene | DrawnClip], frame_rate: float = clips.FRAME_RATE, **options: Any
) -> tuple[Scores, list[float]]:
    """Return the scores over all scenes, and the milliseconds of each frame."""
    truths, found, took_ms = [], [], []
    with vitruvian.Pose(num_poses=None, frame_rate=frame_rate, **options) as pose:
        for image, truth in (frame for scene in scenes for frame in scene):
            start_s = time.perf_counter()
            result = pose.process(image)
            took_ms.append(1e3 * (time.perf_counter() - start_s))
            truths.append(truth)
            found.append(Found.of(result))
    return score(truths, found, frame_rate), took_ms


def without_searches(scene: Scene, **options: Any) -> tuple[list[float], list[float]]:
    """Return the milliseconds of the networks and of all other code, in frames without a search."""
    networks_ms, own_ms = [], []
    options |= {"num_poses": None, "search_interval_s": 3600.0}
    with timed_engines() as loaded, vitruvian.Pose(**options) as pose:
        detector, landmarker = loaded
        for image, _ in scene:
            searches, calls = len(detector.seconds), len(landmarker.seconds)
            start_s = time.perf_counter()
            pose.process(image)
            took_ms = 1e3 * (time.perf_counter() - start_s)
            if len(detector.seconds) == searches:
                networks_ms.append(1e3 * sum(landmarker.seconds[calls:]))
                own_ms.append(took_ms - networks_ms[-1])
    return networks_ms, own_ms


def head(*names: str) -> None:
    """Print the head of a table."""
    print()
    row(*names)
    row(*["---"] * len(names))


def row(*cells: object) -> None:
    """Print the cells of a row."""
    print(f"| {' | '.join(map(str, cells))} |", flush=True)


def times(took_ms: list[float]) -> tuple[str, str]:
    """Return the median and the mean, which also depends on the few slow frames, as the first."""
    return f"{statistics.median(took_ms):.1f}", f"{statistics.fmean(took_ms):.1f}"


def head_of_identities() -> None:
    """Print the head of the table of `identities`."""
    head("clip", "model", "IDF1", "HOTA", "switches", "MOTA", "recall")


def identities(
    name: str, scenes: Sequence[Scene | DrawnClip], models: Sequence[str], **options: Any
) -> None:
    """Print how well people keep their ids in a clip."""
    for model in models:
        scores, _ = measure(scenes, model_complexity=model, **options)
        idf1, hota, mota, recall = (
            f"{part:.3f}" for part in (scores.idf1, scores.hota, scores.mota, scores.recall)
        )
        row(name, model, idf1, hota, scores.switches, mota, recall)


def costs(models: Sequence[str], **options: Any) -> None:
    """Print what people and searches cost."""
    head("people", "model", "recall", "networks, ms", "own code, ms", "with searches, ms")
    for count in range(1, 6):
        for model in models:
            scores, took_ms = measure([clips.row(count)], model_complexity=model, **options)
            parts_ms = without_searches(clips.row(count), model_complexity=model, **options)
            ms = (f"{statistics.median(part):.2f}" for part in (*parts_ms, took_ms))
            row(count, model, f"{scores.recall:.3f}", *ms)

    head(
        "search_interval_s",
        "model",
        "recall",
        "found after, s",
        "at most, s",
        "median, ms",
        "mean, ms",
    )
    for interval_s in INTERVALS_S:
        for model in models:
            scores, took_ms = measure(
                [WALKING_IN], model_complexity=model, search_interval_s=interval_s, **options
            )
            # The first person is in the first frame, which is always searched as a whole.
            delays_s = [delay_s for number, delay_s in scores.delays_s.items() if number > 1]
            delays = f"{statistics.median(delays_s):.2f}", f"{max(delays_s):.2f}"
            row(interval_s, model, f"{scores.recall:.3f}", *delays, *times(took_ms))


def of_video(video: Path, model: str, **options: Any) -> None:
    """Print in which frames each id is seen."""
    frames: dict[int, list[int]] = {}
    for result in vitruvian.track(video, num_poses=None, model_complexity=model, **options):
        for number in result.ids:
            frames.setdefault(int(number), []).append(result.index)
    print(f"\n{video.name}, {model}")
    head("id", "first frame", "last frame", "frames")
    for number, seen in sorted(frames.items()):
        row(number, seen[0], seen[-1], len(seen))


@click.command(help=__doc__)
@click.argument("videos", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--model", "models", multiple=True, type=click.Choice(MODELS), default=MODELS)
@click.option("--search", default="auto", show_default=True)
@click.option("--drawn", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(
    videos: tuple[Path, ...], models: tuple[str, ...], search: str, drawn: Path | None
) -> None:
    """Print the tables that the module's docstring describes."""
    if drawn is not None:
        head_of_identities()
        for name, clip in read_clips(drawn).items():
            identities(name, [clip], models, search=search, frame_rate=clip.frame_rate)
    elif not videos:
        head_of_identities()
        for name, scenes in clips.CLIPS.items():
            identities(name, scenes, models, search=search)
        costs(models, search=search)
    for video in videos:
        for model in models:
            of_video(video, model, search=search)


main()
