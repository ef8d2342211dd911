"""Print whether a visibility of 0.8 means that eight in ten landmarks are visible.

    python -m benchmarks.visibility FOLDER [--fit FOLDER]... [--figure FILE.png]

The folders are drawn datasets of one person an image (`python -m benchmarks.drawn`), whose truth
says which landmarks are visible. For each model and each tenth of the predicted visibility, the
table shows how many landmarks are in it, the mean prediction, and how many are visible in truth.
Only people who are found count (an OKS of 0.5 or more). The Brier score is the mean squared
difference between visibility and truth. The calibration error is the mean difference between the
prediction and the truth of a tenth.

The table also has the calibrated visibility (`vitruvian.stages.calibration`). --fit names
datasets of other seeds: from them, the slope and the offset of each group of landmarks are fitted
by the greatest likelihood and printed, and these are used instead.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
import numpy as np
from matplotlib.figure import Figure
from scipy.optimize import minimize

from vitruvian import Pose
from vitruvian.keypoint_similarity import oks
from vitruvian.media.opening import open_source
from vitruvian.options import MODELS
from vitruvian.skeleton import COCO_17
from vitruvian.stages.calibration import GROUPS, LINES, Calibration, Line, logits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vitruvian.options import Model

KEYPOINTS = list(COCO_17)
FOUND_OKS = 0.5  # as in COCO's AP50
TENTHS = np.linspace(0, 1, 11)


class Predictions(NamedTuple):
    """The landmarks of all N people whom a model found.

    Attributes:
        visibility: (N, 33) float32 in [0, 1], what the model says.
        is_visible: (N, 33) bool, the truth.
    """

    visibility: NDArray[np.float32]
    is_visible: NDArray[np.bool_]

    def calibrated(self, calibration: Calibration) -> Predictions:
        """Return the same landmarks with another visibility."""
        return Predictions(calibration(self.visibility), self.is_visible)


def predict(folders: Sequence[Path], model: Model) -> Predictions:
    """Run a model on drawn datasets of one person an image.

    Raises:
        click.ClickException: it finds nobody.
    """
    parts = [_predict(folder, model) for folder in folders]
    predicted, visible = ([row for part in parts for row in part[name]] for name in (0, 1))
    if not predicted:
        raise click.ClickException(f"{model} finds nobody: draw more images.")
    return Predictions(np.stack(predicted), np.stack(visible))


def _predict(
    folder: Path, model: Model
) -> tuple[list[NDArray[np.float32]], list[NDArray[np.bool_]]]:
    truth = json.loads((folder / "annotations.json").read_text())
    people = {person["image_id"]: person for person in truth["annotations"]}
    predicted, visible = [], []
    with Pose(static_image_mode=True, model_complexity=model, search="frame") as pose:
        for entry in truth["images"]:
            person = people[entry["id"]]
            with open_source(folder / entry["file_name"]) as frames:
                result = pose.process(next(iter(frames)).image)
            true_px = np.array(person["landmarks"])[KEYPOINTS]
            for found_px, visibility in zip(
                result.landmarks_px[:, KEYPOINTS, :2], result.visibility, strict=True
            ):
                if oks(true_px, found_px, person["area"], np.ones(len(KEYPOINTS))) >= FOUND_OKS:
                    predicted.append(visibility)
                    visible.append(np.array(person["visibility"]) > 0)
    return predicted, visible


def fit(predictions: Predictions) -> dict[str, Line]:
    """Return for each group of landmarks the line that makes the truth most likely."""

    def surprise(
        line: NDArray[np.float64], x: NDArray[Any], is_visible: NDArray[np.bool_]
    ) -> float:
        # The negative logarithm of 1 / (1 + exp(-y)), of which the sign says which is true.
        y = (line[0] * x + line[1]) * np.where(is_visible, 1, -1)
        return float(np.logaddexp(0, -y).mean())

    lines = {}
    for group, landmarks in GROUPS.items():
        columns = list(landmarks)
        data = logits(predictions.visibility[:, columns]), predictions.is_visible[:, columns]
        # A landmark never counts as less visible because the model is more certain of it.
        bounds = ((0, None), (None, None))
        found = minimize(surprise, (1.0, 0.0), data, method="L-BFGS-B", bounds=bounds).x
        lines[group] = Line(*(round(float(value), 3) for value in found))
    return lines


def curve(predictions: Predictions) -> NDArray[np.float64]:
    """Return for each tenth the landmarks, mean visibility and visible part, (10, 3)."""
    tenth = np.digitize(predictions.visibility, TENTHS[1:-1])
    rows = []
    for number in range(len(TENTHS) - 1):
        inside = tenth == number
        means = [values[inside].mean() if inside.any() else np.nan for values in predictions]
        rows.append((inside.sum(), *means))
    return np.array(rows)


def brier_score(predictions: Predictions) -> float:
    """Return the mean squared difference between visibility and truth."""
    return float(np.square(predictions.visibility - predictions.is_visible).mean())


def calibration_error(predictions: Predictions) -> float:
    """Return the mean difference between the prediction and the truth of a tenth."""
    counts, predicted, visible = curve(predictions).T
    known = counts > 0
    return float(np.average(np.abs(predicted - visible)[known], weights=counts[known]))


def draw(figure_path: Path, of_models: dict[str, Predictions]) -> None:
    """Write the curves of all models as a figure."""
    figure = Figure(figsize=(4.5, 4.5), layout="constrained")
    axes = figure.subplots()
    axes.plot((0, 1), (0, 1), color="grey", linewidth=1, linestyle="--")
    for name, predictions in of_models.items():
        _, predicted, visible = curve(predictions).T
        axes.plot(predicted, visible, marker="o", label=name)
    axes.set(xlabel="visibility of the model", ylabel="part that is visible", aspect="equal")
    axes.legend()
    figure.savefig(figure_path, dpi=150)


@click.command(help=__doc__)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--fit",
    "fitted",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option("--figure", "figure_path", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--model", "models", multiple=True, type=click.Choice(MODELS), default=MODELS)
def main(
    folder: Path, fitted: tuple[Path, ...], figure_path: Path | None, models: tuple[Model, ...]
) -> None:
    """Print the tables that the module's docstring describes."""
    of_models = {}
    for model in models:
        of_models[model.capitalize()] = predictions = predict([folder], model)
        lines = fit(predict(fitted, model)) if fitted else LINES[model]
        calibrated = predictions.calibrated(Calibration(lines))
        of_models[f"{model.capitalize()}, calibrated"] = calibrated
        print(f"\n{model.capitalize()}, {len(predictions.visibility)} people")
        if fitted:
            print(*(f"{group}: {line}" for group, line in lines.items()), sep="\n")
        print(
            "\n| visibility | landmarks | mean | visible | calibrated: landmarks | mean | visible |"
        )
        print("|---" * 7 + "|")
        for low, *rows in zip(TENTHS, curve(predictions), curve(calibrated), strict=False):
            cells = (f"{count:.0f} | {mean:.3f} | {visible:.3f}" for count, mean, visible in rows)
            print(f"| {low:.1f} to {low + 0.1:.1f} | {' | '.join(cells)} |")
        print("\n| | Brier score | calibration error |\n|---|---|---|")
        for name, version in (("as it is", predictions), ("calibrated", calibrated)):
            print(f"| {name} | {brier_score(version):.4f} | {calibration_error(version):.4f} |")
    if figure_path is not None:
        draw(figure_path, of_models)


if __name__ == "__main__":
    main()
