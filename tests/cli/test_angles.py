"""`vitruvian angles` and `vitruvian reps`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.cli.program import vitruvian
from tests.support.postures import posture, recording_of, with_knees_at

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """The file of a recording of someone who does two squats and a half, and of a spectator."""
    bends = 45 - 45 * np.cos(2 * np.pi * np.arange(76) / 30)
    people = [{2: with_knees_at(bend), 5: posture()} for bend in bends.tolist()]
    recording_of(people).save(tmp_path / "squats.npz")
    return tmp_path / "squats.npz"


def test_angles_prints_the_name_of_its_file(saved: Path, tmp_path: Path) -> None:
    done = vitruvian("angles", saved, "-o", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == [str(tmp_path / "squats.angles.csv")]


def test_reps_prints_the_file_the_counts_and_the_angle(saved: Path, tmp_path: Path) -> None:
    done = vitruvian("reps", saved, "--angle", "right_knee_flexion_3d_deg", "-o", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        str(tmp_path / "squats.reps.csv"),
        "person 2: 2 repetitions and 1 cut, in right_knee_flexion_3d_deg",
    ]


@pytest.mark.parametrize(
    ("options", "status", "message"),
    [
        (["reps", "--angle", "knee"], 1, "'knee': give one of left_knee_flexion_3d_deg, right_"),
        (
            ["angles", "--min-visibility", "2"],
            2,
            "min_visibility is 2.0: give a number from 0 to 1",
        ),
    ],
)
def test_wrong_options_are_one_sentence(
    options: list[str], status: int, message: str, saved: Path, tmp_path: Path
) -> None:
    done = vitruvian(options[0], saved, *options[1:], "-o", tmp_path / "out")
    assert done.returncode == status
    assert message in done.stderr
    assert not (tmp_path / "out").exists()
