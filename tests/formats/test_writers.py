"""Each format is read back with the library that its users have."""

from __future__ import annotations

import contextlib
import json
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from pycocotools.coco import COCO

from tests.cli.program import SAMPLE
from tests.support.formats import INSTALLED, LARGE
from tests.support.recordings import recording
from vitruvian.errors import MissingLibraryError, OptionError, OutputError
from vitruvian.formats.openpose import BODY_25
from vitruvian.formats.predictions import read as read_predictions
from vitruvian.formats.writers import WRITERS, check_libraries
from vitruvian.jobs import batch
from vitruvian.jobs.convert import convert
from vitruvian.jobs.plan import make_plan
from vitruvian.jobs.settings import Settings
from vitruvian.jobs.stopping import Stop
from vitruvian.options import PoseOptions
from vitruvian.profile import Profile
from vitruvian.recording import Recording, load
from vitruvian.skeleton import COCO_17, LANDMARK_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of invalid escapes in its source
    from pose_format.utils.openpose import load_openpose_directory

COUNTS = (0, 1, 2, 0, 1)  # of `recording`
LOSSLESS = (".npz", ".jsonl", ".parquet")
FORMATS = tuple(name for name in WRITERS if name not in LARGE)
PERSON, FRAME = 1, 2  # the second of two people in frame 2, whose id is 6


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a recording in every format."""
    path = tmp_path_factory.mktemp("formats")
    for writer in INSTALLED.values():
        recording().save(path / f"dance{writer.ending}")
    return path


def columns_of(table: Any) -> dict[str, list[Any]]:
    return {str(name): table[name].to_list() for name in table.columns}


def expected_columns(dtype: type = float) -> dict[str, list[Any]]:
    """Return the table of the recording with float32 as the numbers that they are in text."""
    found = recording().columns()
    return {
        name: values.astype(str).astype(dtype).tolist() if values.dtype == np.float32
        else values.tolist()
        for name, values in found.items()
    }  # fmt: skip


@pytest.mark.parametrize("library", [pd, pl])
def test_csv_has_the_columns_of_the_recording(folder: Path, library: Any) -> None:
    found = columns_of(library.read_csv(folder / "dance.csv"))
    expected = expected_columns()
    assert [*found] == [*expected]
    found.pop("image")
    assert found["time_s"] == pytest.approx(expected.pop("time_s"), abs=1e-6)
    for name in expected.keys() & found.keys():
        assert found[name] == expected[name], name


@pytest.mark.parametrize("library", [pd, pl])
def test_parquet_has_the_columns_of_the_recording_and_its_empty_frames(
    folder: Path, library: Any
) -> None:
    table = library.read_parquet(folder / "dance.parquet")
    assert [*dict.fromkeys(table["frame"].to_list())] == [0, 1, 2, 3, 4]
    is_person = table["person"].is_not_null() if library is pl else table["person"].notna()
    people = table.filter(is_person) if library is pl else table[is_person]
    for name, values in recording().columns().items():
        assert people[name].to_list() == values.tolist(), name


def test_a_recording_becomes_a_table_of_pandas_and_of_polars() -> None:
    columns = recording().columns()
    for table in (recording().to_dataframe(), pl.DataFrame(columns)):
        for name, values in columns.items():
            assert table[name].to_list() == values.tolist()
    assert len(recording([0, 0]).to_dataframe()) == 0


def test_jsonl_is_a_table_of_polars_with_a_row_a_frame(folder: Path) -> None:
    table = pl.read_ndjson(folder / "dance.jsonl")
    assert table["frame"].to_list() == [0, 1, 2, 3, 4]
    assert table["people"].list.len().to_list() == [*COUNTS]
    person = table["people"][FRAME][PERSON]
    assert person["id"] == 6
    for column, values in zip("xyz", recording().pose_landmarks[2].T, strict=True):
        found = [np.float32(landmark[column]) for landmark in person["landmarks"]]
        assert found == values.tolist()
    assert table["recording"][0]["source"] == "dance.mp4"


def test_each_line_is_what_a_result_gives_as_a_dict(folder: Path) -> None:
    lines = (folder / "dance.jsonl").read_text().splitlines()
    for line, result in zip(lines, recording(), strict=True):
        found = json.loads(line)
        for person in found["people"]:
            person.pop("filled")
        assert {name: found[name] for name in result.to_dict()} == result.to_dict()


def test_coco_is_a_data_set_and_a_list_of_results(folder: Path) -> None:
    path = folder / "dance.coco.json"
    with contextlib.redirect_stdout(None):
        data_set = COCO(str(path))
        results = data_set.loadRes(json.loads(path.read_text())["annotations"])
    assert [*data_set.imgs] == [0, 1, 2, 3, 4]
    assert data_set.imgs[FRAME]["width"], data_set.imgs[4]["height"] == (640, 240)
    for found in (data_set, results):
        annotations = found.loadAnns(found.getAnnIds(imgIds=[FRAME]))
        assert [annotation["track_id"] for annotation in annotations] == [3, 6]
        keypoints = np.array(annotations[PERSON]["keypoints"]).reshape(17, 3)
        expected = recording()[FRAME]
        np.testing.assert_array_equal(
            keypoints[:, :2].astype(np.float32), expected.landmarks_px[PERSON, COCO_17, :2]
        )
        visible = expected.visibility[PERSON, COCO_17] >= 0.5
        np.testing.assert_array_equal(keypoints[:, 2], np.where(visible, 2, 1))
        score = annotations[PERSON]["score"]
        assert score == pytest.approx(expected.visibility[PERSON, COCO_17].mean(), abs=1e-6)
    names = data_set.loadCats(1)[0]["keypoints"]
    assert names == [LANDMARK_NAMES[number] for number in COCO_17]


def test_openpose_has_a_file_for_each_frame(folder: Path) -> None:
    files = folder / "dance_json"
    assert sorted(file.name for file in files.iterdir()) == [
        f"dance_{frame:012d}_keypoints.json" for frame in range(5)
    ]
    for frame, count in enumerate(COUNTS):
        content = json.loads((files / f"dance_{frame:012d}_keypoints.json").read_text())
        assert len(content["people"]) == count
    assert len(read_predictions(files)) == sum(COUNTS)


def test_openpose_is_read_by_pose_format(tmp_path: Path) -> None:
    made = recording([1, 1, 1])
    made.save(tmp_path / "dance_json")
    pose = load_openpose_directory(str(tmp_path / "dance_json"), fps=30, width=640, height=480)
    assert pose.body.data.shape[:2] == (3, 1)
    for frame, result in enumerate(made):
        points, confidences = pose.body.data[frame, 0, :25], pose.body.confidence[frame, 0, :25]
        expected = dict(zip(LANDMARK_NAMES, result.landmarks_px[0, :, :2], strict=True))
        visibility = dict(zip(LANDMARK_NAMES, result.visibility[0].tolist(), strict=True))
        expected["neck"] = (expected["left_shoulder"] + expected["right_shoulder"]) / 2
        expected["mid_hip"] = (expected["left_hip"] + expected["right_hip"]) / 2
        visibility["neck"] = min(visibility["left_shoulder"], visibility["right_shoulder"])
        expected |= {
            f"{side}_big_toe": expected[f"{side}_foot_index"] for side in ("left", "right")
        }
        for number, name in enumerate(BODY_25):
            if "small_toe" in name:
                assert confidences[number] == 0
            else:
                np.testing.assert_allclose(points[number, :2], expected[name], rtol=1e-6)
        for name in ("neck", "left_wrist", "nose"):
            assert confidences[BODY_25.index(name)] == pytest.approx(visibility[name], abs=1e-6)


def test_dlc_is_read_as_movement_reads_it(folder: Path) -> None:
    with (folder / "dance.dlc.csv").open() as file:
        rows = [next(file).rstrip().split(",") for _ in range(4)]
    levels = [row[0] for row in rows]
    assert levels == ["scorer", "individuals", "bodyparts", "coords"]
    columns = pd.MultiIndex.from_arrays([row[1:] for row in rows], names=levels)
    table = pd.read_csv(folder / "dance.dlc.csv", skiprows=4, index_col=0, names=columns)
    assert table.index.tolist() == [0, 1, 2, 3, 4]
    assert table.shape == (5, 2 * 33 * 3)
    table.columns = table.columns.set_names(levels)
    (scorer,) = table.columns.unique("scorer")
    assert [*table.columns.unique("individuals")] == ["person3", "person6"]
    assert [*table.columns.unique("bodyparts")] == [*LANDMARK_NAMES]
    result = recording()[FRAME]
    person = table[scorer]["person6"]
    for axis, name in enumerate("xy"):
        found = person.xs(name, axis="columns", level="coords").loc[FRAME].astype(np.float32)
        np.testing.assert_array_equal(found, result.landmarks_px[PERSON, :, axis])
    likelihoods = person.xs("likelihood", axis="columns", level="coords").loc[FRAME]
    np.testing.assert_array_equal(likelihoods.astype(np.float32), result.visibility[PERSON])
    assert person.loc[[0, 1, 3, 4]].isna().all(axis=None)


def test_dlc_refuses_more_people_than_a_table_has_columns_for(tmp_path: Path) -> None:
    made = recording([1] * 1001, ids=np.arange(1, 1002))
    with pytest.raises(OutputError, match="columns for each of 1,001 ids"):
        made.save(tmp_path / "a.dlc.csv")
    assert [*tmp_path.iterdir()] == []


def test_nobody_in_any_frame_can_be_written_in_every_format(tmp_path: Path) -> None:
    for writer in INSTALLED.values():
        recording([0, 0]).save(tmp_path / f"a{writer.ending}")
    assert len(pd.read_csv(tmp_path / "a.csv")) == 0
    assert pl.read_parquet(tmp_path / "a.parquet")["frame"].to_list() == [0, 1]


def test_an_ending_of_no_format_is_refused(tmp_path: Path) -> None:
    for name in ("a.xlsx", "a", ".npz"):
        with pytest.raises(OptionError, match=r"has the ending of no format: give \.npz, \.csv"):
            recording().save(tmp_path / name)


def test_a_video_is_refused_for_a_format_that_does_not_show_it(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="only rrd shows it"):
        recording().save(tmp_path / "a.csv", video=SAMPLE)
    assert [*tmp_path.iterdir()] == []


def test_a_folder_with_files_of_others_is_not_replaced(tmp_path: Path) -> None:
    recording().save(tmp_path / "a_json")
    recording([1]).save(tmp_path / "a_json")
    assert len([*(tmp_path / "a_json").iterdir()]) == 1
    (tmp_path / "a_json" / "mine.txt").touch()
    with pytest.raises(OutputError, match=r"contains mine\.txt, which no run wrote"):
        recording().save(tmp_path / "a_json")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a_json"]


def test_a_library_that_is_missing_is_named_with_what_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    check_libraries(INSTALLED)
    monkeypatch.setattr("vitruvian.formats.writers.find_spec", lambda _: None)
    with pytest.raises(MissingLibraryError, match=r'pip install "vitruvian\[parquet\]"'):
        check_libraries(WRITERS)
    check_libraries(["csv", "jsonl"])


def run_in(folder: Path, video: Path) -> Iterator[batch.Outcome]:
    settings = Settings(
        PoseOptions(model_complexity="lite", num_poses=None), drawing=None, formats=FORMATS
    )
    plan = make_plan([str(video)], folder)
    outcomes = batch.run_all(plan.jobs, settings, Profile(), Stop(), jobs=1, show_progress=False)
    return (outcome for _, outcome in outcomes)


def test_run_and_convert_write_the_same_bytes(tmp_path: Path) -> None:
    (outcome,) = run_in(tmp_path / "run", SAMPLE)
    assert not isinstance(outcome, Exception)
    (result,) = (tmp_path / "run").glob("*.npz")
    for source in LOSSLESS:
        made = convert(result.with_suffix(source), tmp_path / source, FORMATS)
        assert [path.name for path in made] == [
            f"jumping_jacks{WRITERS[name].ending}" for name in FORMATS
        ]
        for path in made:
            if path.is_dir():
                for file in path.iterdir():
                    written = tmp_path / "run" / path.name / file.name
                    assert file.read_bytes() == written.read_bytes()
            else:
                assert path.read_bytes() == (tmp_path / "run" / path.name).read_bytes()
    assert isinstance(load(result), Recording)
