"""Broken results end in one clear sentence, and never in another exception."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.formats.refused import error_of, first_file
from tests.formats.written import WRITERS
from vitruvian.errors import EvaluationError
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
