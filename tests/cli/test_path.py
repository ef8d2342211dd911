"""`vitruvian path`, and `--height` and `--fov` of the other commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.cli.program import SAMPLE, rows, run, vitruvian
from tests.support.projected import Walk, line, projected
from vitruvian.recorded.header import Header
from vitruvian.recording import load

if TYPE_CHECKING:
    from pathlib import Path

WAY = line((-1, 0.2, 5), (1, 0.2, 4), 30)


@pytest.fixture
def result(tmp_path: Path) -> Path:
    projected(Walk(1, WAY), Walk(2, WAY + (0, 0.9, -3))).save(tmp_path / "walk.npz")  # noqa: RUF005
    return tmp_path / "walk.npz"


def test_the_table_is_written_and_the_assumptions_are_said(result: Path, tmp_path: Path) -> None:
    done = vitruvian("path", result, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    file, *notes = done.stdout.splitlines()
    assert file == str(tmp_path / "out" / "walk.path.csv")
    said = "\n".join(notes)
    assert "positions may be 6 % off. Give --height." in said
    assert "55° are assumed: the distance z_m may be 15 % off. Give --fov." in said
    assert "a tilt or a motion of it is not noticed" in said
    table = rows(tmp_path / "out" / "walk.path.csv")
    assert len(table) == 60
    assert [*table[0]] == [*load(result).path()]
    assert table[0]["x_m"] == str(round(load(result).path()["x_m"][0], 4))
    assert table[0]["filled"] == "false"


def test_what_is_given_is_said_and_used(result: Path, tmp_path: Path) -> None:
    done = vitruvian("path", result, "--height", "1.7", "--fov", "60", "-o", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Person 1: 1.7 m tall." in done.stdout
    assert "Person 2: never seen from ear to heel" in done.stdout
    assert "a horizontal field of view of 60°" in done.stdout
    expected = load(result).in_room(height_m=1.7, fov_deg=60).path()["z_m"]
    found = [float(row["z_m"]) for row in rows(tmp_path / "walk.path.csv")]
    np.testing.assert_allclose(found, expected, atol=1e-4)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--height", "0"], "height_m is 0.0: give a number from 0.5 to 2.5."),
        (["--height", "30"], "height_m is 30.0: give"),
        (["--height", "tall"], "height_m is 'tall': give"),
        (["--height", "nan"], "height_m is nan: give"),
        (["--fov", "180"], "fov_deg is 180.0: give a number from 10 to 150."),
    ],
)
@pytest.mark.parametrize("command", ["path", "convert", "run"])
def test_what_is_not_permitted_is_an_error_before_any_work(
    command: str, options: list[str], message: str, result: Path, tmp_path: Path
) -> None:
    done = vitruvian(command, result, *options, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert message in done.stderr
    assert not (tmp_path / "out").exists()


def test_nobody_has_a_table_without_rows(tmp_path: Path) -> None:
    projected(Walk(1, np.full((3, 3), np.nan))).save(tmp_path / "empty.npz")
    done = vitruvian("path", tmp_path / "empty.npz", "-o", tmp_path)
    assert (done.returncode, rows(tmp_path / "empty.path.csv")) == (0, [])
    assert "Nobody is in the recording" in done.stdout


def test_photographs_are_refused(tmp_path: Path) -> None:
    header = Header("photos", options={"static_image_mode": True})
    projected(Walk(1, WAY), header=header).save(tmp_path / "photos.npz")
    done = vitruvian("path", tmp_path / "photos.npz", "-o", tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: photos is a recording of independent images")


def test_numbers_that_are_not_known_are_nan(tmp_path: Path) -> None:
    far = line((0, 0, 5), (300, 0, 5), 30)  # out of the image
    projected(Walk(1, far)).save(tmp_path / "far.npz")
    done = vitruvian("path", tmp_path / "far.npz", "-o", tmp_path)
    assert done.returncode == 0
    table = rows(tmp_path / "far.path.csv")
    assert table[0]["x_m"] != "NaN"
    assert table[-1]["x_m"] == table[-1]["z_std_m"] == "NaN"


def test_converting_keeps_what_is_known(result: Path, tmp_path: Path) -> None:
    further = ("--format", "npz", "-o", tmp_path / "out")
    assert vitruvian("convert", result, "--height", "1.7", *further).returncode == 0
    converted = tmp_path / "out" / "walk.npz"
    assert load(converted).header.options == {"height_m": 1.7}
    again = vitruvian("convert", converted, "--fov", 60, "-o", tmp_path / "b", *further[:2])
    assert again.returncode == 0, again.stderr
    assert load(tmp_path / "b" / "walk.npz").header.options == {"height_m": 1.7, "fov_deg": 60.0}


def test_a_run_keeps_what_is_known(tmp_path: Path) -> None:
    short = (SAMPLE, "--end", "0.1", "--no-annotate", "-q", "-o", tmp_path)
    assert run(*short, "--height", "1.69", "--fov", "51.8").returncode == 0
    options = load(tmp_path / "jumping_jacks.npz").header.options
    assert (options["height_m"], options["fov_deg"]) == (1.69, 51.8)
