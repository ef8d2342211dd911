"""Print the error, jitter and lag of no, live and offline smoothing on the sample video.

    python -m benchmarks.offline_smoothing [--model NAME]

The sample is a drawn mannequin, whose truth in pixels is exact. Jitter is the mean acceleration of
the error: the acceleration of the landmarks themselves is mostly that of the jumping jacks. The
mannequin moves in a plane, so the truth in metres is that in pixels from the hips' midpoint, times
one scale that fits best, with a z of 0. Lag is the shift in time that explains most of the error of
elbows, wrists, knees and ankles. The columns "asked" say what was set as the goal for the model
full.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
import numpy as np

from vitruvian import Recording
from vitruvian.options import MODELS
from vitruvian.skeleton import LANDMARK_NAMES

if TYPE_CHECKING:
    from vitruvian.options import Model
    from vitruvian.types import Float64

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "jumping_jacks.mp4"
TRUTH = ROOT / "tests" / "data" / "jumping_jacks_truth.json"
WRISTS, LIMBS, HIPS = (
    [LANDMARK_NAMES.index(f"{side}_{name}") for side in ("left", "right") for name in joints]
    for joints in (["wrist"], ["elbow", "wrist", "knee", "ankle"], ["hip"])
)


class Row(NamedTuple):
    """A measure, and what was asked of offline smoothing with the model full."""

    name: str
    asked: float


ROWS = (
    Row("error, px, mean", 3.15),
    Row("acceleration of the error, px/s²", 1500),
    Row("wrists, constant offset removed, px", 2.4),
    Row("lag of the limbs, ms", 1),
    Row("world, acceleration of the error, m/s²", 12.5),
)


def measures(recording: Recording, true_px: Float64) -> list[float]:
    """Return the values of `ROWS`."""
    sizes_px = recording.image_sizes_px[:, np.newaxis]
    found_px = recording.pose_landmarks[..., :2] * sizes_px.astype(np.float64)
    found_m = recording.pose_world_landmarks.astype(np.float64)
    errors_px = found_px - true_px
    of_wrists = errors_px[:, WRISTS] - errors_px[:, WRISTS].mean(axis=0)
    return [
        _mean_length(errors_px),
        _acceleration(errors_px, recording.timestamps_s),
        _mean_length(of_wrists),
        _lag_ms(errors_px[:, LIMBS], true_px[:, LIMBS], recording.timestamps_s),
        _acceleration(_world_errors_m(found_m, true_px), recording.timestamps_s),
    ]


def _mean_length(vectors: Float64) -> float:
    return float(np.linalg.norm(vectors, axis=-1).mean())


def _acceleration(errors: Float64, times_s: Float64) -> float:
    interval_s = float(np.median(np.diff(times_s)))
    return _mean_length(np.diff(errors, 2, axis=0)) / interval_s**2


def _lag_ms(errors_px: Float64, true_px: Float64, times_s: Float64) -> float:
    """Return the least-squares solution of error = -lag × velocity, and some constant offset."""
    errors_px = errors_px - errors_px.mean(axis=0)
    velocities = np.gradient(true_px, times_s, axis=0)
    return -1000 * float((errors_px * velocities).sum() / (velocities**2).sum())


def _world_errors_m(found_m: Float64, true_px: Float64) -> Float64:
    found_m = found_m - found_m[:, HIPS].mean(axis=1, keepdims=True)
    from_hips_px = true_px - true_px[:, HIPS].mean(axis=1, keepdims=True)
    m_per_px = (found_m[..., :2] * from_hips_px).sum() / (from_hips_px**2).sum()
    flat_m = np.pad(m_per_px * from_hips_px, ((0, 0), (0, 0), (0, 1)))
    errors_m: Float64 = found_m - flat_m
    return errors_m


@click.command(help=__doc__)
@click.option("--model", type=click.Choice(MODELS), default="full", show_default=True)
def main(model: Model) -> None:
    """Print the table that the module's docstring describes."""
    true_px = np.array(json.loads(TRUTH.read_text())["landmarks_px"])
    none, live = (
        Recording.of(SAMPLE, model_complexity=model, smooth_landmarks=smooth, search="frame")
        for smooth in (False, True)
    )
    if len(none.ids) != len(true_px) or len(live.ids) != len(true_px):
        raise click.ClickException("The mannequin is not found in every frame: nothing to compare.")
    columns = [measures(each, true_px) for each in (none, live, none.smoothed())]
    print(f"| {model} | none | live | offline | asked |\n|---|---|---|---|---|")
    for (name, asked), *values in zip(ROWS, *columns, strict=True):
        print(f"| {name} | {' | '.join(map(_rounded, values))} | ≤ {asked:g} |")


def _rounded(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    main()
