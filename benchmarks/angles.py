"""Print how far joint angles and repetitions are from the truth of the sample video.

    python -m benchmarks.angles

The sample is a drawn mannequin that does four jumping jacks and is seen from the front. The truth
in 3D is that of its joints, and the truth in the image that of their pixels. So a 2D angle has two
errors: against the angle in the image, and against the angle of the joint, which is what it is
taken for. Landmarks are not smoothed. Means are over both sides and all frames. "Asked" is what was
stated before as reachable: of 3D angles, and of 2D angles taken for those of joints.

The second table has the repetitions that are counted, and those of the video's first frame,
repeated with noise of 10 of 255 levels.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np

from vitruvian import Pose, Recording
from vitruvian.analysis.angles import angles_3d
from vitruvian.analysis.angles_2d import angles_2d
from vitruvian.analysis.facing import Facing
from vitruvian.media.opening import open_source
from vitruvian.options import MODELS
from vitruvian.recorded.header import Header

if TYPE_CHECKING:
    from vitruvian.options import Model
    from vitruvian.types import Float64

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "jumping_jacks.mp4"
TRUTH = ROOT / "tests" / "data" / "jumping_jacks_truth.json"
WORLD_TRUTH = ROOT / "tests" / "data" / "jumping_jacks_world_truth.json"
RATE_HZ = 30
NOISE_LEVELS = 10
# The name in 3D, that in the image, and what was asked of both.
JOINTS = {
    "elbow_flexion": ("elbow_flexion", "4 to 16", "1 to 2"),
    "shoulder_elevation": ("shoulder_flexion", "4 to 16", "1 to 2"),
    "ankle_dorsiflexion": ("ankle_dorsiflexion", "5 to 7", "50 to 67"),
    "knee_flexion": ("knee_flexion", "–", "–"),
    "hip_flexion": ("hip_flexion", "–", "–"),
    "wrist_flexion": ("wrist_flexion", "–", "–"),
}


def true_angles() -> dict[str, Float64]:
    """Return the true angles, with the names of those that are found."""
    points_px = np.array(json.loads(TRUTH.read_text())["landmarks_px"])
    points_m = np.array(json.loads(WORLD_TRUTH.read_text())["world_landmarks_m"])
    visibility = np.ones(points_m.shape[:2])
    front = [Facing.FRONT] * len(points_m)
    return angles_3d(points_m, visibility) | angles_2d(points_px, points_m, visibility, front)


def error_deg(found_deg: Float64, true_deg: Float64) -> float:
    """Return the mean distance between angles."""
    return float(np.nanmean(np.abs((found_deg - true_deg + 180) % 360 - 180)))


def print_errors(recordings: dict[Model, Recording]) -> None:
    """Print the table of the errors of angles."""
    truth = true_angles()
    print("| model | joint | 3D | asked | 2D | 2D, of the joint | asked | in plane |")
    print("|---|---|---|---|---|---|---|---|")
    for model, recording in recordings.items():
        found = recording.angles()
        if len(found["frame"]) != len(truth["trunk_lean_3d_deg"]):
            raise click.ClickException(f"{model} does not find the mannequin in every frame.")
        for joint, (in_image, asked_3d, asked_2d) in JOINTS.items():
            values = []
            for side in ("left", "right"):
                name_3d, name_2d = f"{side}_{joint}_3d_deg", f"{side}_{in_image}_2d_deg"
                values.append(
                    [
                        error_deg(found[name_3d], truth[name_3d]),
                        error_deg(found[name_2d], truth[name_2d]),
                        error_deg(found[name_2d], truth[name_3d]),
                        np.nanmean(found[f"{side}_{in_image}_in_plane"]),
                    ]
                )
            of_3d, of_2d, of_joint, in_plane = np.mean(values, axis=0)
            print(
                f"| {model} | {joint.replace('_', ' ')} | {of_3d:.1f}° | {asked_3d} | {of_2d:.1f}° "
                f"| {of_joint:.1f}° | {asked_2d} | {in_plane:.2f} |"
            )


def of_first_frame(model: Model) -> Recording:
    """Return the recording of a video that is the sample's first frame, repeated with noise."""
    with open_source(SAMPLE) as frames:
        image = next(iter(frames)).image
    random, pose = np.random.default_rng(0), Pose(model_complexity=model, smooth_landmarks=False)
    results = []
    for index in range(4 * RATE_HZ):
        noisy = np.clip(image + random.normal(0, NOISE_LEVELS, image.shape), 0, 255)
        result = pose.process(noisy.astype(np.uint8), index / RATE_HZ)
        results.append(replace(result, index=index))
    return Recording.of_results(Header("first frame"), results)


def print_repetitions(recordings: dict[Model, Recording]) -> None:
    """Print the table of repetitions."""
    print("| model | not smoothed | live | offline | asked | first frame, with noise | asked |")
    print("|---|---|---|---|---|---|---|")
    for model, recording in recordings.items():
        live = Recording.of(SAMPLE, model_complexity=model)
        all_of_model = (recording, live, recording.smoothed(), of_first_frame(model))
        counts = [int(each.repetitions()["whole"].sum()) for each in all_of_model]
        none, live_count, offline, still = counts
        print(f"| {model} | {none} | {live_count} | {offline} | 4 | {still} | 0 |")


@click.command(help=__doc__)
def main() -> None:
    """Print the tables that the module's docstring describes."""
    recordings = {
        model: Recording.of(SAMPLE, model_complexity=model, smooth_landmarks=False)
        for model in MODELS
    }
    print_errors(recordings)
    print()
    print_repetitions(recordings)


if __name__ == "__main__":
    main()
