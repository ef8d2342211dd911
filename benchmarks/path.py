"""Print how far paths in metres are from the truth of the sample video.

    python -m benchmarks.path [--model NAME]

The sample is a drawn mannequin that is 1.69 m tall and does jumping jacks, 3.59 m in front of a
camera with a horizontal field of view of 51.8°. So its hips are known from their pixels. Smoothing
is that of `vitruvian run` by default. Errors are means over all frames, relative to the camera. For
"up, from its mean" a constant is removed: the model sees the hips lower in the body than the
mannequin has them. The jump is the range of the hips' height. The second table has the largest
error of a skeleton that walks 4 m across and 3 m nearer, projected with noise of 1 px. "Asked" is
what was set as the goal for the model full.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
import numpy as np

from tests.support import projected
from vitruvian import Recording
from vitruvian.analysis.hips_in_camera import focal_lengths_px
from vitruvian.analysis.path import paths_of
from vitruvian.options import MODELS
from vitruvian.recorded.blocks import Blocks
from vitruvian.skeleton import PoseLandmark as Mark

if TYPE_CHECKING:
    from vitruvian.options import Model
    from vitruvian.types import Float64

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "jumping_jacks.mp4"
TRUTH = ROOT / "tests" / "data" / "jumping_jacks_truth.json"
HEIGHT_M, FOV_DEG, DISTANCE_M = 1.69, 51.8, 3.593
KNOWN: dict[str, dict[str, float]] = {
    "height, fov": {"height_m": HEIGHT_M, "fov_deg": FOV_DEG},
    "height": {"height_m": HEIGHT_M},
    "fov": {"fov_deg": FOV_DEG},
    "nothing": {},
}


class Row(NamedTuple):
    """A measure, and what was asked if height and field of view are known."""

    name: str
    asked: str


ROWS = (
    Row("sideways, cm", "≤ 1"),
    Row("up, from its mean, cm", "≤ 1.5"),
    Row("up, cm", "–"),
    Row("distance, cm", "≤ 12"),
    Row("distance, %", "without fov ≤ 15, without height some 6"),
    Row("jump, cm; truly 17.1", "17.1 ± 1.5"),
)


def true_hips_m() -> Float64:
    """Return where the mannequin's hips are in the camera's space, (F, 3)."""
    truth = json.loads(TRUTH.read_text())
    size_px = np.array(truth["size"])
    hips_px = np.array(truth["landmarks_px"])[:, (Mark.LEFT_HIP, Mark.RIGHT_HIP)].mean(axis=1)
    across = (hips_px - size_px / 2) / focal_lengths_px(size_px[:1], FOV_DEG)
    return DISTANCE_M * np.column_stack((across, np.ones(len(across))))


def measures(found_m: Float64, true_m: Float64) -> list[float]:
    """Return the values of `ROWS`."""
    errors_m = found_m - true_m
    sideways, up, distance = np.abs(errors_m).mean(axis=0)
    up_from_mean = np.abs(errors_m[:, 1] - errors_m[:, 1].mean()).mean()
    in_cm = [100 * value for value in (sideways, up_from_mean, up, distance)]
    return [*in_cm, 100 * distance / DISTANCE_M, 100 * np.ptp(found_m[:, 1])]


def found_hips_m(recording: Recording) -> Float64:
    """Return where the hips of the only person are in the camera's space, (F, 3)."""
    (path,) = paths_of(Blocks.of(recording)).people
    return path.hips_m


def worst_error_of_walk() -> float:
    """Return the largest error of a projected walk, as a part of the distance."""
    way_m = projected.line((-2, 0.2, 7), (2, 0.2, 4), count=120)
    recording = projected.projected(projected.Walk(1, way_m), noise_px=1)
    errors_m = found_hips_m(recording.in_room(fov_deg=projected.FOV_DEG)) - way_m
    return float((np.linalg.norm(errors_m, axis=1) / np.linalg.norm(way_m, axis=1)).max())


@click.command(help=__doc__)
@click.option("--model", type=click.Choice(MODELS), default="full", show_default=True)
def main(model: Model) -> None:
    """Print the tables that the module's docstring describes."""
    true_m = true_hips_m()
    recording = Recording.of(SAMPLE, model_complexity=model)
    if len(recording.ids) != len(true_m):
        raise click.ClickException("The mannequin is not found in every frame: nothing to compare.")
    columns = [
        measures(found_hips_m(recording.in_room(**known)), true_m) for known in KNOWN.values()
    ]
    print(f"| {model} | {' | '.join(KNOWN)} | asked |\n|{'---|' * (len(KNOWN) + 2)}")
    for (name, asked), *values in zip(ROWS, *columns, strict=True):
        print(f"| {name} | {' | '.join(f'{value:.1f}' for value in values)} | {asked} |")
    print("\n| walk | worst error | asked |\n|---|---|---|\n| of a projected skeleton | ", end="")
    print(f"{worst_error_of_walk():.2%} | ≤ 1 % |")


if __name__ == "__main__":
    main()
