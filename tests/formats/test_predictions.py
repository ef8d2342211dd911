"""One known answer is read the same from every format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.formats.answer import PEOPLE, SIZES, world
from tests.formats.written import WRITERS
from tests.formats.written_by_systems import coco, openpose
from vitruvian.errors import EvaluationError
from vitruvian.formats.data_file import read_file
from vitruvian.formats.openpose import BODY_25
from vitruvian.formats.predictions import FORMATS, read
from vitruvian.prediction import VideoFrame
from vitruvian.skeleton import COCO_17

if TYPE_CHECKING:
    from vitruvian.prediction import PredictedPerson

IMAGES = list(SIZES)
WITH_LANDMARKS = {
    "csv",
    "csv of a video",
    "recording",
    "recording of photographs",
    "to_dict",
    "list of to_dict",
    "mediapipe tasks",
}


def image_of(person: PredictedPerson) -> str:
    """Return the image's name, which formats may give with or without suffix, or as a frame."""
    if isinstance(person.image, VideoFrame):
        return IMAGES[person.image.number]
    assert isinstance(person.image, str)
    return next(name for name in IMAGES if Path(name).stem == Path(person.image).stem)


def in_pixels(person: PredictedPerson) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    scale = SIZES[image_of(person)] if person.is_normalized else (1, 1)
    return person.keypoints * scale


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_gives_the_known_answer(name: str, tmp_path: Path) -> None:
    people = read(WRITERS[name][1](tmp_path))
    assert [image_of(person) for person in people] == [person.image for person in PEOPLE]
    for person, known in zip(people, PEOPLE, strict=True):
        np.testing.assert_allclose(in_pixels(person), known.keypoints_px, rtol=0, atol=1e-9)
        np.testing.assert_array_equal(person.confidences, known.confidences[list(COCO_17)])
        assert person.score == pytest.approx(known.score, abs=1e-7)


@pytest.mark.parametrize("name", WRITERS)
def test_the_content_of_a_file_tells_its_format(name: str, tmp_path: Path) -> None:
    path = WRITERS[name][1](tmp_path)
    file = read_file(path if path.is_file() else min(path.iterdir()))
    forms = FORMATS if file.path.suffix == ".json" else FORMATS[:3]
    found = [form.name for form in forms if form.recognizes(file)]
    # The first one reads the file.
    dialects = ["AlphaPose", "COCO results"], [FORMATS[1].name, FORMATS[2].name]
    assert found in ([WRITERS[name][0]], *dialects)
    assert found[0] == WRITERS[name][0]


@pytest.mark.parametrize("name", WRITERS)
def test_the_name_of_a_file_does_not_tell_its_format(name: str, tmp_path: Path) -> None:
    path = WRITERS[name][1](tmp_path)
    file = path if path.is_file() else min(path.iterdir())
    people = len(read(file))
    assert people
    assert len(read(file.rename(file.with_name("results")))) == people


def test_every_format_is_written_by_these_tests() -> None:
    assert {form.name for form in FORMATS} == {form for form, _ in WRITERS.values()}


@pytest.mark.parametrize("name", sorted(WITH_LANDMARKS))
def test_formats_with_landmarks_keep_all_33(name: str, tmp_path: Path) -> None:
    people = read(WRITERS[name][1](tmp_path))
    for person, known, metres in zip(people, PEOPLE, world(PEOPLE), strict=True):
        assert person.is_normalized
        assert person.landmarks is not None
        assert person.world_landmarks is not None
        np.testing.assert_array_equal(person.landmarks, known.points)
        np.testing.assert_array_equal(person.world_landmarks, metres)


def test_coco_results_have_numbers_as_images(tmp_path: Path) -> None:
    people = read(coco(tmp_path, IMAGES.index))
    assert [person.image for person in people] == [0, 0, 1]


@pytest.mark.parametrize("name", ["ultralytics validator", "mmpose 17", "ultralytics"])
def test_boxes_are_read(name: str, tmp_path: Path) -> None:
    for person, known in zip(read(WRITERS[name][1](tmp_path)), PEOPLE, strict=True):
        assert person.box is not None
        assert person.box.tolist() == known.box_px


def test_a_folder_may_hold_other_files(tmp_path: Path) -> None:
    folder = openpose(tmp_path, BODY_25)
    (folder / "a_rendered.png").write_bytes(b"\x89PNG")
    (folder / "._a_keypoints.json").write_bytes(b"of macOS")
    assert len(read(folder)) == len(PEOPLE)


def test_images_without_people_are_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[]")
    assert read(tmp_path) == []
    (tmp_path / "a.json").write_text('{"version": 1.3, "people": []}')
    assert read(tmp_path) == []


def test_a_folder_has_one_format(tmp_path: Path) -> None:
    folder = openpose(tmp_path, BODY_25)
    coco(folder)
    with pytest.raises(EvaluationError, match=r"COCO results, and files before it .* OpenPose"):
        read(folder)


def test_an_image_is_in_one_file(tmp_path: Path) -> None:
    folder = openpose(tmp_path, BODY_25)
    (folder / "a.json").write_bytes((folder / "a_keypoints.json").read_bytes())
    with pytest.raises(EvaluationError, match=r"has the image a, which .*a\.json has, too"):
        read(folder)


def test_a_folder_without_results_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    with pytest.raises(EvaluationError, match="has no file that ends in"):
        read(tmp_path)
