"""Broken and hostile results end in one clear sentence, and never in another exception."""

from __future__ import annotations

import copy
import io
import json
import os
import pickle
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.formats.written import WRITERS, coco, csv, csv_of_a_video, rtmlib
from vitruvian.errors import EvaluationError
from vitruvian.formats import data_file
from vitruvian.formats.predictions import FORMATS, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAMAGES = ["1", "", None, True, [], {}, -1, 1e30, float("nan"), 10**400]
# One of each form that a reader tells apart.
JSON_WRITERS = [
    *("coco", "alphapose 17", "alphapose open", "alphapose cmu, sep-json", "openpose body 25"),
    *("mmpose 17", "mmpose demo video", "ultralytics", "list of to_dict", "mediapipe tasks"),
    *("mediapipe messages", "apple vision"),
]


def first_file(path: Path) -> Path:
    return path if path.is_file() else min(path.iterdir())


def error_of(path: Path) -> str:
    """Return the message for a file, which is one sentence that names the file."""
    with pytest.raises(EvaluationError) as caught:
        read(path)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(str(path))
    assert message.endswith(".")
    assert ": " in message
    return message


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the keys that lead to values; of lists only the first and the last."""
    if path:
        yield path
    keys: Any = ()
    if isinstance(value, dict):
        keys = [*value][:8]
    elif value and isinstance(value, list):
        keys = {0, len(value) - 1}
    for key in keys:
        yield from places(value[key], (*path, key))


@pytest.mark.parametrize("name", JSON_WRITERS)
def test_any_damaged_value_is_an_error_or_does_no_harm(name: str, tmp_path: Path) -> None:
    path = first_file(WRITERS[name][1](tmp_path))
    document = json.loads(path.read_text())
    errors = 0
    for place in places(document):
        for damage in DAMAGES:
            damaged = copy.deepcopy(document)
            parent = damaged
            for key in place[:-1]:
                parent = parent[key]
            parent[place[-1]] = damage
            path.write_text(json.dumps(damaged))
            try:
                people = read(path)
            except EvaluationError as error:
                assert "\n" not in str(error)  # noqa: PT017 - most damages are errors, but not all
                errors += 1
            else:
                for person in people:
                    assert np.isfinite(person.score)
                    assert not np.isinf(person.keypoints).any()
    assert errors > 50


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_that_is_cut_short_is_an_error(name: str, tmp_path: Path) -> None:
    path = first_file(WRITERS[name][1](tmp_path))
    content = path.read_bytes()
    for part in (0.001, 0.3, 0.7, 0.99):
        path.write_bytes(content[: int(len(content) * part)] or b" \n")
        error_of(path)


# A recording refuses them itself, as its ids ascend.
@pytest.mark.parametrize("name", [name for name in WRITERS if "recording" not in name])
def test_people_who_are_there_twice_are_an_error(name: str, tmp_path: Path) -> None:
    path = WRITERS[name][1](tmp_path)
    if path.is_dir():
        file = min(path.iterdir())
        (path / f"z{file.suffix}").write_bytes(file.read_bytes())
        people = read(path)  # another image, as far as a file can tell
        assert len({person.image for person in people}) == 3
        return
    if path.suffix == ".npz":
        with np.load(path) as arrays:
            doubled = {name: np.concatenate((arrays[name], arrays[name])) for name in arrays}
        np.savez(path, **doubled)
    elif path.suffix == ".csv":
        header, rows = path.read_text().split("\n", 1)
        path.write_text(f"{header}\n{rows}{rows}")
    else:
        document = json.loads(path.read_text())
        if isinstance(document, list):
            path.write_text(json.dumps(document + document))
        else:
            text = json.dumps(document)
            path.write_text(f"{text[:-1]}, {text[1:]}")
    assert "twice" in error_of(path) or "second time" in error_of(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b" \n\t", "is empty"),
        (b"hello", "is no JSON"),
        (b'[{"image_id": 1,', "is no JSON"),
        (b"\xff\xfe\x00", "is no JSON"),
        (b"\x89PNG\r\n\x1a\n", "is no JSON"),
        (b"[" * 200_000, "is nested too deeply"),
        (b"[" * 200_000 + b"]" * 200_000, "is nested too deeply"),
        (b'{"a":' * 200_000, "is nested too deeply"),
        (b"[" + b"9" * 10_000 + b"]", "is no JSON"),
        (b"null", "no format that is known: give the CSV of vitruvian run, .*AlphaPose"),
        (b"{}", "no format that is known"),
        (b"[1, 2]", "no format that is known"),
        (b'{"images": [], "annotations": []}', "no format that is known"),
        (b'{"a": 1, "a": 2}', "has a twice"),
        (b'[{"image_id": 1, "keypoints": [NaN]}]', "entry 0, keypoints has NaN or a number beyond"),
        (
            b'[{"image_id": 1, "keypoints": [-Infinity]}]',
            "entry 0, keypoints has NaN or a number beyond",
        ),
        (b"PK\x03\x04", "is no archive"),
        (b"PK\x05\x06" + bytes(18), "has no array keypoints"),
    ],
)
def test_a_file_that_is_none_of_the_formats_is_an_error(
    content: bytes, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "results.json"
    path.write_bytes(content)
    with pytest.raises(EvaluationError, match=message):
        read(path)


def test_an_unknown_format_lists_the_known_ones(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    path.write_text("{}")
    message = error_of(path)
    for form in FORMATS:
        assert form.name in message


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"keypoints": [1.0] * 50}, r"entry 1, keypoints has 50 numbers: give 51"),
        ({"keypoints": [[1.0] * 51]}, r"entry 1, keypoints has 1 × 51 numbers"),
        ({"keypoints": ["1"] * 51}, r"entry 1, keypoints has values that are not numbers"),
        ({"keypoints": [[1], [1, 2]]}, r"entry 1, keypoints has lists of several lengths"),
        (
            {"keypoints": [1e300] * 51},
            r"entry 1, keypoints has NaN or a number beyond 1,000,000,000",
        ),
        ({"score": "high"}, r"entry 1, score is 'high': give a number"),
        ({"score": True}, r"entry 1, score is True: give a number"),
        ({"score": None}, r"entry 1 has no score: add it"),
        ({"image_id": 1.5}, r"entry 1, image_id is 1.5: give a whole number or a name"),
        ({"image_id": ""}, r"entry 1, image_id is '': give a text"),
        ({"bbox": [1, 2, -3, 4]}, r"entry 1, bbox has a negative size"),
        ({"bbox": [1, 2, 3]}, r"entry 1, bbox has 3 numbers: give 4"),
        ({"track_id": 1.5}, r"entry 1, track_id is 1.5: give a whole number"),
    ],
)
def test_a_message_names_the_entry(change: dict[str, Any], message: str, tmp_path: Path) -> None:
    path = coco(tmp_path)
    document = json.loads(path.read_text())
    document[1] |= change
    path.write_text(json.dumps(document))
    with pytest.raises(EvaluationError, match=message):
        read(path)


@pytest.mark.parametrize("size", [[640, -480], [0, 480], [640], "640x480"])
def test_a_size_of_an_image_is_above_zero(size: Any, tmp_path: Path) -> None:
    path = WRITERS["apple vision"][1](tmp_path)
    document = json.loads(path.read_text())
    document[1]["size"] = size
    path.write_text(json.dumps(document))
    assert "entry 1, size" in error_of(path)


def test_a_joint_that_vision_does_not_have_is_an_error(tmp_path: Path) -> None:
    path = WRITERS["apple vision"][1](tmp_path)
    path.write_text(path.read_text().replace("leftWrist", "left_wrist"))
    assert "left_wrist is no joint of Vision: give nose, " in error_of(path)


@pytest.mark.parametrize("name", ["coco", "alphapose 26", "mmpose 17"])
def test_normalized_coordinates_where_pixels_are_meant_are_an_error(
    name: str, tmp_path: Path
) -> None:
    path = first_file(WRITERS[name][1](tmp_path))
    document = json.loads(path.read_text())
    for entry in document:
        entry["keypoints"] = (np.array(entry["keypoints"]) / 1000).tolist()
    path.write_text(json.dumps(document))
    assert "has coordinates from 0 to 1 only" in error_of(path)


def test_pixels_where_normalized_coordinates_are_meant_are_an_error(tmp_path: Path) -> None:
    path = first_file(WRITERS["mediapipe lists"][1](tmp_path))
    people = json.loads(path.read_text())
    for landmark in (landmark for person in people for landmark in person):
        landmark["x"] *= 640
        landmark["y"] *= 480
    path.write_text(json.dumps(people))
    assert "has coordinates in pixels" in error_of(path)


def test_names_in_messages_have_no_control_characters(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    path.write_text('{"\\u001b[31m": 1, "\\u001b[31m": 2}')
    assert "has \\x1b[31m twice" in error_of(path)


def test_a_path_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    assert "cannot be read" in error_of(tmp_path / "missing.json")
    assert "cannot be read" in error_of(tmp_path / ("long" * 200))
    assert "is no file with content" in error_of(type(tmp_path)("/dev/zero"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "results.json")
    assert "is no file with content" in error_of(tmp_path / "results.json")
    assert "has no file that ends in" in error_of(tmp_path)


def test_a_file_that_is_too_large_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    with path.open("wb") as file:
        file.truncate(data_file.MAX_BYTES + 1)
    assert "has more than 128 MB" in error_of(path)


def test_an_archive_that_unpacks_to_too_much_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "results.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("keypoints.npy", bytes(data_file.MAX_BYTES + 1))
    assert path.stat().st_size < 1 << 20
    assert "unpacks to more than 128 MB" in error_of(path)


def test_an_array_that_promises_more_than_it_has_is_an_error(tmp_path: Path) -> None:
    header = io.BytesIO()
    shape = {"descr": "<f8", "fortran_order": False, "shape": (1 << 40, 17, 2)}
    np.lib.format.write_array_header_1_0(header, shape)
    path = tmp_path / "results.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("keypoints.npy", header.getvalue())
    assert "is no archive of numeric arrays" in error_of(path)


class Exploit:
    def __reduce__(self) -> Any:
        return os.mkdir, ("unpickled",)


def test_nothing_is_unpickled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "results.npz"
    np.savez(path, keypoints=np.array([Exploit()], dtype=object))
    assert "is no archive of numeric arrays" in error_of(path)
    path.write_bytes(pickle.dumps(Exploit()))
    assert "is no JSON" in error_of(path)
    assert not (tmp_path / "unpickled").exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"keypoints": np.zeros((3, 18, 2))}, "K is one of 17, 26, 133, 136"),
        ({"keypoints": np.zeros((3, 17, 3))}, r"shape \(3, 17, 3\)"),
        ({"keypoints": np.zeros(3)}, r"shape \(3,\)"),
        ({"keypoints": np.float64(3)}, r"shape \(\)"),
        ({"keypoints": np.full((3, 17, 2), np.nan)}, "keypoints that are no numbers, NaN"),
        ({"keypoints": np.full((3, 17, 2), "1")}, "keypoints that are no numbers"),
        ({"scores": np.full((3, 17), np.inf)}, "scores that are no numbers, NaN"),
        ({"scores": np.zeros((2, 17))}, r"scores of the shape \(2, 17\)"),
        ({"images": np.array(["a.jpg"])}, r"images of the shape \(1,\)"),
        ({"images": np.zeros(3)}, "the type float64: give 3 names or ids"),
    ],
)
def test_wrong_arrays_are_errors(change: dict[str, Any], message: str, tmp_path: Path) -> None:
    path = rtmlib(tmp_path)
    with np.load(path) as arrays:
        np.savez(path, **{**arrays, **change})
    with pytest.raises(EvaluationError, match=message):
        read(path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (",nose,", ",noes,", "has noes as landmark 0 in line 2"),
        (",0,nose,", ",-1,nose,", "has nose as landmark -1 in line 2"),
        (",0,nose,", ",33,nose,", "has nose as landmark 33 in line 2"),
        ("0,0.0,1,0,nose,", "0,0.0,one,0,nose,", "has a value that is no number"),
        ("0,0.0,1,0,nose,", "0,0.0,1,0,nose,x", "has a value that is no number"),
        ("0,0.0,1,0,nose,", "0,0.0,1,0,nose,nan,", "has 19 values in line 2"),
        (",1.0,", ",1e999,", "has NaN or a number beyond 1,000,000,000 in line 2"),
        (",1.0,", ",nan,", "has NaN or a number beyond 1,000,000,000 in line 2"),
        ("0,0.0,1,1,", '0,0.0,1,1,"', "has a value that is no number|values in line"),
    ],
)
def test_wrong_rows_are_errors(old: str, new: str, message: str, tmp_path: Path) -> None:
    path = csv_of_a_video(tmp_path)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(EvaluationError, match=message):
        read(path)


def test_a_spreadsheet_may_write_the_csv_again(tmp_path: Path) -> None:
    path = first_file(csv(tmp_path))
    people = len(read(path))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(read(path)) == people
