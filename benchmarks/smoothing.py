"""Print the error, the jitter and the lag of live smoothing beside those of no smoothing.

    python -m benchmarks.smoothing FOLDER [--model NAME]...

FOLDER has drawn videos of one person, whose truth is exact (`python -m benchmarks.drawn --clips`).
The metrics are those of `vitruvian evaluate`: the mean distance of a keypoint in pixels, the mean
acceleration of its error in torsos per s², and the lag behind the truth in milliseconds.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from benchmarks.drawn_clips import read_clips
from vitruvian import Pose
from vitruvian.evaluation import evaluate
from vitruvian.evaluation.pose_results import predicted_people
from vitruvian.options import MODELS

if TYPE_CHECKING:
    from vitruvian.options import Model
    from vitruvian.prediction import PredictedPerson

METRICS = ("epe_px", "jitter", "lag_ms")


def people_of(folder: Path, model: Model, *, smooth_landmarks: bool) -> list[PredictedPerson]:
    """Return the person in all frames of all videos."""
    people = []
    with Pose(model_complexity=model, smooth_landmarks=smooth_landmarks, search="frame") as pose:
        for clip in read_clips(folder).values():
            pose.reset()
            for entry, (image, _) in zip(clip.frames, clip, strict=True):
                result = pose.process(image, entry["timestamp_s"])
                people += predicted_people(result, entry["id"])
    return people


@click.command(help=__doc__)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--model", "models", multiple=True, type=click.Choice(MODELS), default=MODELS)
def main(folder: Path, models: tuple[Model, ...]) -> None:
    """Print the table that the module's docstring describes."""
    systems = {
        f"{model} | {'live' if smooth else 'none'}": people_of(
            folder, model, smooth_landmarks=smooth
        )
        for model in models
        for smooth in (False, True)
    }
    evaluation = evaluate(folder / "annotations.json", systems)
    print("| model | smoothing | error, px | jitter, torsos/s² | lag, ms |\n|---|---|---|---|---|")
    for name, scores in evaluation.systems.items():
        values = [scores.overall.metrics[metric].value for metric in METRICS]
        print(f"| {name} | {' | '.join(f'{value:.2f}' for value in values)} |")


if __name__ == "__main__":
    main()
