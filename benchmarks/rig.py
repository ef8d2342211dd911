"""Print how well the skeletons of BVH and glTF follow the landmarks of the sample video.

    python -m benchmarks.rig [--model NAME]

The sample is smoothed offline. "Without weights" takes the twist of limbs from each frame alone,
as if a straight limb said as much about it as a bent one. The column "asked" says what was set as
the goal for the model full.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

import click
import numpy as np

from tests.support.animations import BVH_JOINTS, Scene, bvh_joints_m
from vitruvian import Recording
from vitruvian.analysis.room import room_of
from vitruvian.options import MODELS
from vitruvian.recorded.blocks import Blocks
from vitruvian.rig.body import of_side
from vitruvian.rig.joints import INDEX, SIDES
from vitruvian.rig.person import rig_of
from vitruvian.rig.rotations import angles_rad, transposed

if TYPE_CHECKING:
    from vitruvian.analysis.room import RoomMotion
    from vitruvian.options import Model
    from vitruvian.rig.person import Rig

SAMPLE = Path(__file__).parents[1] / "samples" / "jumping_jacks.mp4"
# The landmarks at which joints should be.
LEGS = {"Leg": "knee", "Foot": "ankle", "Toe_End": "foot_index"}
ARMS = {"Arm": "shoulder", "ForeArm": "elbow", "Hand": "wrist"}


class Row(NamedTuple):
    """A measure, what was asked of it, and its values."""

    name: str
    asked: float
    value: float
    without_weights: float | None = None


def rows(recording: Recording, folder: Path) -> list[Row]:
    """Return the measures of a recording with one person."""
    room = room_of(Blocks.of(recording))
    (motion,) = room.motions()
    rig = _rig(motion, room.rate_hz)
    with patch("vitruvian.rig.posing.twist_rad", lambda shown, _: np.angle(shown)):
        of_single_frames = _rig(motion, room.rate_hz)
    return [
        Row("largest turn of a joint, °", 45, _turn_deg(rig), _turn_deg(of_single_frames)),
        Row("legs from the landmarks, mm", 15, _distance_mm(rig, motion, LEGS)),
        Row("arms from the landmarks, mm", 45, _distance_mm(rig, motion, ARMS)),
        Row("BVH read back, mm", 1, _of_bvh_mm(recording, rig, folder)),
        Row("glTF read back, mm", 1, _of_gltf_mm(recording, rig, folder)),
    ]


def _rig(motion: RoomMotion, rate_hz: float) -> Rig:
    rig = rig_of(motion, rate_hz)
    if rig is None or len(rig.rows) != len(motion.positions_m):
        raise click.ClickException("The mannequin is not found in every frame: nothing to compare.")
    return rig


def _turn_deg(rig: Rig) -> float:
    """Return by how much a joint turns, beside its parent, from one frame to the next, at most."""
    steps = transposed(rig.rotations[:-1]) @ rig.rotations[1:]
    return float(np.rad2deg(angles_rad(steps).max()))


def _distance_mm(rig: Rig, motion: RoomMotion, landmarks: dict[str, str]) -> float:
    """Return how far joints are from their landmarks, on average over joints and frames."""
    places_m = rig.joints_m()
    errors_m = [
        places_m[:, INDEX[side + joint]] - motion.positions_m[:, of_side(side, name)[0]]
        for side in SIDES
        for joint, name in landmarks.items()
    ]
    return 1000 * float(np.linalg.norm(errors_m, axis=-1).mean())


def _of_bvh_mm(recording: Recording, rig: Rig, folder: Path) -> float:
    recording.save(folder / "sample_bvh")
    (path,) = (folder / "sample_bvh").iterdir()
    known_m = rig.joints_m()[:, [INDEX[name] for name in BVH_JOINTS]]
    return 1000 * float(np.linalg.norm(bvh_joints_m(path) - known_m, axis=-1).max())


def _of_gltf_mm(recording: Recording, rig: Rig, folder: Path) -> float:
    recording.save(folder / "sample.glb")
    found_m = Scene(folder / "sample.glb").joints_m(f"person{rig.id}")
    return 1000 * float(np.linalg.norm(found_m - rig.joints_m(), axis=-1).max())


@click.command(help=__doc__)
@click.option("--model", type=click.Choice(MODELS), default="full", show_default=True)
def main(model: Model) -> None:
    """Print the table that the module's docstring describes."""
    recording = Recording.of(
        SAMPLE, model_complexity=model, smooth_landmarks=False, search="frame"
    ).smoothed()
    print(f"| {model} | measured | without weights | asked |\n|---|---|---|---|")
    with TemporaryDirectory() as folder:
        for name, asked, value, without in rows(recording, Path(folder)):
            other = "–" if without is None else f"{without:.3g}"
            print(f"| {name} | {value:.3g} | {other} | ≤ {asked:g} |")


if __name__ == "__main__":
    main()
