"""Print how well a model of OpenSim follows the sample video, and how far its angles are off.

    python -m benchmarks.opensim_kinematics

For each landmark model, the sample is recorded and smoothed offline, and the model of Pose2Sim is
scaled and moved with its markers, as examples/opensim_kinematics.py does it. The same is done with
the true landmarks of the mannequin. Distances are those of all 25 markers from the model, over all
frames. Errors of angles are mean absolute differences from the angles of the true landmarks, in
degrees, and means over both sides. It needs the packages opensim and pose2sim, which
`source scripts/environment dev,readers` installs.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import numpy as np

from vitruvian import Recording
from vitruvian.options import MODELS

if TYPE_CHECKING:
    from vitruvian.types import Float64

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "jumping_jacks.mp4"
DATA = ROOT / "tests" / "data"
ANGLES = ("hip_flexion", "hip_adduction", "knee_angle", "ankle_angle", "elbow_flex")


def true_landmarks(recording: Recording) -> Recording:
    """Return a recording of the sample with the true landmarks."""
    image = json.loads((DATA / "jumping_jacks_truth.json").read_text())
    world = json.loads((DATA / "jumping_jacks_world_truth.json").read_text())
    landmarks = recording.pose_landmarks.copy()
    landmarks[..., :2] = np.divide(image["landmarks_px"], image["size"])
    return replace(
        recording,
        pose_landmarks=landmarks,
        pose_world_landmarks=np.array(world["world_landmarks_m"], np.float32),
        visibility=np.ones_like(recording.visibility),
    )


def fitted(example: Any, recording: Recording) -> tuple[float, dict[str, Float64]]:
    """Return the distance of the markers in metres, and the angles (T, 2) of right and left."""
    with tempfile.TemporaryDirectory() as folder:
        recording.save(Path(folder) / "sample_trc")
        (markers,) = (Path(folder) / "sample_trc").iterdir()
        rms_m = example.fit(markers, Path(folder))
        motion = example.opensim.TimeSeriesTable(f"{folder}/ik.mot")
        return rms_m, {
            name: np.stack(
                [motion.getDependentColumn(f"{name}_{side}").to_numpy() for side in "rl"], axis=-1
            )
            for name in ANGLES
        }


@click.command()
def main() -> None:
    """Print a row for each model."""
    try:
        example: Any = import_module("examples.opensim_kinematics")
    except ImportError as error:
        raise click.ClickException(
            f"OpenSim or Pose2Sim is not installed ({error}): run source scripts/environment "
            "dev,readers, with Python 3.11 to 3.13."
        ) from error
    recordings = {
        model: Recording.of(SAMPLE, model_complexity=model, smooth_landmarks=False).smoothed()
        for model in MODELS
    }
    true_rms_m, true_deg = fitted(example, true_landmarks(next(iter(recordings.values()))))
    rows = [f"| truth | {100 * true_rms_m:.1f} |" + " – |" * len(ANGLES)]
    for model, recording in recordings.items():
        rms_m, found_deg = fitted(example, recording)
        errors_deg = [np.abs(found_deg[name] - true_deg[name]).mean() for name in ANGLES]
        cells = "".join(f" {error_deg:.0f} |" for error_deg in errors_deg)
        rows.append(f"| {model} | {100 * rms_m:.1f} |{cells}")
    click.echo(f"| | markers, cm | {' | '.join(ANGLES)} |")  # after all that OpenSim prints
    click.echo("|---" * (2 + len(ANGLES)) + "|")
    click.echo("\n".join(rows))


if __name__ == "__main__":
    main()
