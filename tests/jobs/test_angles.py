from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars
import pytest

from tests.support.postures import posture, recording_of, with_knees_at
from vitruvian.analysis.options import AngleOptions
from vitruvian.draw import figures
from vitruvian.errors import MissingLibraryError, RecordingError
from vitruvian.jobs.angles import angles
from vitruvian.jobs.repetitions import count

if TYPE_CHECKING:
    from pathlib import Path

SQUATS = [
    {1: with_knees_at(45 - 45 * np.cos(frame / 5)), 4: posture()} if frame % 50 else {}
    for frame in range(158)
]


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """The file of a recording of two people, one of whom does five squats."""
    recording_of(SQUATS).save(tmp_path / "squats.npz")
    return tmp_path / "squats.npz"


def test_the_file_has_what_the_recording_gives_in_python(saved: Path, tmp_path: Path) -> None:
    (path,) = angles(saved, tmp_path / "out", AngleOptions(), plot=False)
    assert path == tmp_path / "out" / "squats.angles.csv"
    read, table = polars.read_csv(path), recording_of(SQUATS).angles()
    assert read.columns == [*table]
    assert read["person"].to_list() == table["person"].tolist()
    for name in ("left_knee_flexion_3d_deg", "right_knee_flexion_2d_deg", "pelvis_2d_deg"):
        np.testing.assert_allclose(read[name].to_numpy(), table[name], atol=0.006)


def test_each_person_has_a_picture(saved: Path, tmp_path: Path) -> None:
    paths = [*angles(saved, tmp_path, AngleOptions(), plot=True)]
    assert [path.name for path in paths] == [
        "squats.angles.csv",
        "squats.angles.person1.png",
        "squats.angles.person4.png",
    ]
    assert all(path.stat().st_size > 1000 for path in paths)


def test_a_missing_matplotlib_is_said_before_anything_is_written(
    saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_: str) -> None:
        raise ImportError("No module named 'matplotlib'")

    monkeypatch.setattr(figures, "import_module", missing)
    with pytest.raises(MissingLibraryError, match=r"plots need matplotlib .*vitruvian\[plot\]"):
        [*angles(saved, tmp_path / "out", AngleOptions(), plot=True)]
    assert not (tmp_path / "out").exists()
    assert len([*angles(saved, tmp_path / "out", AngleOptions(), plot=False)]) == 1


def test_repetitions_are_written_as_they_are_counted(saved: Path, tmp_path: Path) -> None:
    path, found = count(saved, tmp_path / "out", None, AngleOptions())
    assert path == tmp_path / "out" / "squats.reps.csv"
    assert {each.person for each in found} == {1}
    read = polars.read_csv(path)
    assert read["number"].to_list() == [1, 2, 3, 4, 5]
    assert read["angle"].to_list() == [found[0].angle] * 5


def test_nobody_gives_a_table_without_rows_and_no_picture(tmp_path: Path) -> None:
    recording_of([{}, {}]).save(tmp_path / "empty.npz")
    (path,) = angles(tmp_path / "empty.npz", tmp_path, AngleOptions(), plot=True)
    assert path.read_text().count("\n") == 1
    path, found = count(tmp_path / "empty.npz", tmp_path, None, AngleOptions())
    assert found == []
    assert path.read_text().startswith("person,angle,number,start_s")
    assert path.read_text().count("\n") == 1


def test_a_file_that_is_no_recording_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.npz").write_bytes(b"no recording")
    with pytest.raises(RecordingError, match=r"a\.npz"):
        [*angles(tmp_path / "a.npz", tmp_path, AngleOptions(), plot=False)]
    with pytest.raises(RecordingError, match=r"a\.npz"):
        count(tmp_path / "a.npz", tmp_path, None, AngleOptions())
