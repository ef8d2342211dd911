"""Print whether a visibility of 0.8 means that eight in ten landmarks are visible.

    python -m benchmarks.visibility FOLDER [--fit FOLDER] [--figure FILE.png]

The folders are drawn datasets of one person an image (`python -m benchmarks.drawn`), whose truth
says which landmarks are visible. For each model and each tenth of the predicted visibility, the
table shows how many landmarks are in it, the mean prediction, and how many are visible in truth.
Only people who are found count (an OKS of 0.5 or more). The Brier score is the mean squared
difference between visibility and truth. The calibration error is the mean difference between the
prediction and the truth of a tenth.

--fit names a dataset of other seeds. From it, a slope and an offset of the visibility's logit are
fitted for each model by the greatest likelihood (Platt, 1999). FOLDER is then also scored with
them. `vitruvian.calibration` has these numbers.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
import numpy as np
from matplotlib.figure import Figure
from scipy.optimize import minimize
from scipy.special import expit, logit

from vitruvian import Pose
from vitruvian.keypoint_similarity import oks
from vitruvian.media.opening import open_source
from vitruvian.options import MODELS
from vitruvian.skeleton import COCO_17

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.options import Model

KEYPOINTS = list(COCO_17)
FOUND_OKS = 0.5  # as in COCO's AP50
TENTHS = np.linspace(0, 1, 11)
# float32 has no visibility between this and 1, so no logit is greater than that of its neighbour.
MOST_CERTAIN = float(np.nextafter(np.float32(1), np.float32(0)))


class Predictions(NamedTuple):
    """The landmarks of all people whom a model found.

    Attributes:
        visibility: (N,) what the model says, in [0, 1].
        is_visible: (N,) bool, the truth.
    """

    visibility: NDArray[np.float64]
    is_visible: NDArray[np.bool_]

    def calibrated(self, slope: float, offset: float) -> Predictions:
        """Return the same landmarks with another visibility."""
        logits = logit(np.clip(self.visibility, 1 - MOST_CERTAIN, MOST_CERTAIN))
        return Predictions(expit(slope * logits + offset), self.is_visible)


def predict(folder: Path, model: Model) -> Predictions:
    """Run a model on a drawn dataset of one person an image."""
    truth = json.loads((folder / "annotations.json").read_text())
    people = {person["image_id"]: person for person in truth["annotations"]}
    predicted, visible = [np.zeros(0)], [np.zeros(0, bool)]
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
                    predicted.append(visibility.astype(np.float64))
                    visible.append(np.array(person["visibility"]) > 0)
    return Predictions(np.concatenate(predicted), np.concatenate(visible))


def fit(predictions: Predictions) -> tuple[float, float]:
    """Return the slope and the offset that make the truth most likely."""

    def surprise(coefficients: NDArray[np.float64]) -> float:
        visibility = predictions.calibrated(*coefficients).visibility
        likelihood = np.where(predictions.is_visible, visibility, 1 - visibility)
        return float(-np.log(np.maximum(likelihood, 1 - MOST_CERTAIN)).mean())

    slope, offset = minimize(surprise, (1.0, 0.0), method="Nelder-Mead").x
    return round(float(slope), 3), round(float(offset), 3)


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
@click.option("--fit", "fitted", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--figure", "figure_path", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--model", "models", multiple=True, type=click.Choice(MODELS), default=MODELS)
def main(
    folder: Path, fitted: Path | None, figure_path: Path | None, models: tuple[Model, ...]
) -> None:
    """Print the tables that the module's docstring describes."""
    of_models = {}
    for model in models:
        of_models[model.capitalize()] = predictions = predict(folder, model)
        print(f"\n{model.capitalize()}, {len(predictions.visibility)} landmarks\n")
        print("| visibility | landmarks | mean visibility | visible |\n|---|---|---|---|")
        for low, (count, predicted, visible) in zip(TENTHS, curve(predictions), strict=False):
            print(
                f"| {low:.1f} to {low + 0.1:.1f} | {count:.0f} | {predicted:.3f} | {visible:.3f} |"
            )
        versions = {"as it is": predictions}
        if fitted is not None:
            slope, offset = fit(predict(fitted, model))
            name = f"slope {slope}, offset {offset}"
            versions[name] = predictions.calibrated(slope, offset)
            of_models[f"{model.capitalize()}, calibrated"] = versions[name]
        print("\n| | Brier score | calibration error |\n|---|---|---|")
        for name, version in versions.items():
            print(f"| {name} | {brier_score(version):.4f} | {calibration_error(version):.4f} |")
    if figure_path is not None:
        draw(figure_path, of_models)


if __name__ == "__main__":
    main()
