"""`vitruvian smooth` and the options of smoothing of `vitruvian run`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.cli.program import SAMPLE, names, run, vitruvian
from tests.support.images import photograph
from tests.support.motion import Walker, walk
from vitruvian.images.writer import write_image
from vitruvian.recording import load

if TYPE_CHECKING:
    from pathlib import Path

SHORT = (SAMPLE, "--end", "0.5", "--no-annotate", "-q")


def test_a_run_that_smooths_offline_is_a_run_and_a_smoothing_and_draws_it(tmp_path: Path) -> None:
    assert run(*SHORT, "--smoothing", "none", "-o", tmp_path / "none").returncode == 0
    annotated = (SAMPLE, "--end", "0.5", "-q", "--enable-segmentation")
    done = run(*annotated, "--smoothing", "offline", "-o", tmp_path / "offline")
    assert (done.returncode, done.stderr) == (0, "")
    done = vitruvian("smooth", tmp_path / "none" / "jumping_jacks.npz", "-o", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == [str(tmp_path / "jumping_jacks.smoothed.npz")]
    in_one = tmp_path / "offline" / "jumping_jacks.npz"
    arrays, in_one_arrays = load(tmp_path / "jumping_jacks.smoothed.npz"), load(in_one)
    np.testing.assert_array_equal(arrays.pose_landmarks, in_one_arrays.pose_landmarks)
    assert vitruvian("draw", in_one, SAMPLE, "-o", tmp_path / "drawn").returncode == 0
    video = "jumping_jacks.annotated.mp4"
    drawn = (tmp_path / "drawn" / video).read_bytes()
    assert drawn == (tmp_path / "offline" / video).read_bytes()
    assert "jumping_jacks.mask.mp4" in names(tmp_path / "offline")


def test_no_smoothing_is_the_option_of_mediapipe(tmp_path: Path) -> None:
    assert run(*SHORT, "--smoothing", "none", "-o", tmp_path / "a").returncode == 0
    assert run(*SHORT, "--no-smooth-landmarks", "-o", tmp_path / "b").returncode == 0
    assert run(*SHORT, "--smoothing", "live", "-o", tmp_path / "c").returncode == 0
    assert run(*SHORT, "-o", tmp_path / "d").returncode == 0
    assert run(*SHORT, "--strength", "3", "-o", tmp_path / "e").returncode == 0
    none, same, live, default, stronger = (
        (tmp_path / folder / "jumping_jacks.npz").read_bytes() for folder in "abcde"
    )
    assert none == same
    assert live == default
    assert len({none, live, stronger}) == 3


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--smoothing", "live", "--no-smooth-landmarks"], "--no-smooth-landmarks is"),
        (["--smoothing", "offline", "--no-smooth-landmarks"], "--no-smooth-landmarks is"),
        (["--smoothing", "offline", "--static-image-mode"], "leave --static-image-mode out"),
        (["--cutoff", "3"], "--cutoff is for --smoothing offline"),
        (["--smoothing", "none", "--max-gap", "1"], "--max-gap is for --smoothing offline"),
        (["--smoothing", "offline", "--cutoff", "1", "--strength", "5"], "cutoff_hz is 0.2: give"),
        (["--smoothing", "none", "--strength", "2"], "--strength is for --smoothing live"),
        (["--smoothing", "strong"], "'strong' is not one of"),
    ],
)
def test_options_that_contradict_each_other_are_an_error_before_any_work(
    options: list[str], message: str, tmp_path: Path
) -> None:
    done = run(SAMPLE, *options, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert message in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("source", ["0", "-", "https://localhost/film.mp4"])
def test_what_can_be_read_once_is_not_drawn_in_a_second_pass(source: str, tmp_path: Path) -> None:
    done = run(source, "--smoothing", "offline", "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "can be read only once" in done.stderr
    assert "add --no-annotate" in done.stderr
    assert not (tmp_path / "out").exists()


def test_photographs_are_not_smoothed(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    for name in ("a.png", "b.png"):
        write_image(tmp_path / "photos" / name, photograph())
    done = run(tmp_path / "photos", "--smoothing", "offline", "--no-annotate", "-o", tmp_path)
    assert done.returncode == 0, done.stderr
    done = vitruvian("smooth", tmp_path / "photos.npz", "-o", tmp_path)
    assert done.returncode == 1
    assert "independent images" in done.stderr
    assert "photos.smoothed.npz" not in names(tmp_path)


def test_strength_lowers_the_cutoff(tmp_path: Path) -> None:
    walk(Walker(1, range(60)), noise_px=3).save(tmp_path / "walk.npz")
    for number, options in enumerate((["--cutoff", "3"], ["--strength", "2"])):
        done = vitruvian("smooth", tmp_path / "walk.npz", *options, "-o", tmp_path / str(number))
        assert done.returncode == 0, done.stderr
    cutoff, strength = (tmp_path / str(n) / "walk.smoothed.npz" for n in range(2))
    assert cutoff.read_bytes() == strength.read_bytes()


def test_what_was_smoothed_live_is_smoothed_with_a_warning(tmp_path: Path) -> None:
    assert run(*SHORT, "-o", tmp_path).returncode == 0
    done = vitruvian("smooth", tmp_path / "jumping_jacks.npz", "-o", tmp_path)
    assert done.returncode == 0
    assert "jumping_jacks.mp4 was smoothed live already" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    made = load(tmp_path / "jumping_jacks.smoothed.npz")
    before = load(tmp_path / "jumping_jacks.npz")
    np.testing.assert_array_equal(made.ids, before.ids)
    assert (made.pose_landmarks != before.pose_landmarks).any()
