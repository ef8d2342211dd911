"""The names of output files."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path, PurePath

import pytest

from vitruvian.jobs.output_names import MAX_NAME_BYTES, InputName, output_names


def names(*inputs: InputName | str) -> list[str]:
    """Return the output names; a path is that of an input which was given by itself."""
    outputs = output_names(
        [item if isinstance(item, InputName) else named(item) for item in inputs]
    )
    return [output.as_posix() for output in outputs]


def named(path: str, folder: str | None = None) -> InputName:
    """Return the parts of the name of a file, which was found in a given folder if there is one."""
    given = PurePath(path)
    below = given.relative_to(folder).parent if folder else PurePath()
    return InputName(
        given.stem, given.suffix, below, PurePath(folder).parts if folder else given.parent.parts
    )


def test_a_name_alone_has_no_suffix() -> None:
    assert names("a/dance.mp4", "b.tar.mov") == ["dance", "b.tar"]


def test_inputs_that_would_share_a_name_keep_their_suffixes() -> None:
    assert names("IMG_1.jpg", "IMG_1.mov", "IMG_2.jpg") == ["IMG_1.jpg", "IMG_1.mov", "IMG_2"]


def test_equal_names_are_told_apart_by_their_folders() -> None:
    assert names("cam1/video.mp4", "cam2/video.mp4") == ["cam1/video", "cam2/video"]
    assert names("1/images/a.jpg", "2/images/a.jpg") == ["1/images/a", "2/images/a"]
    assert names("c1/v.mp4", "c2/v.mp4", "c2/v.mov") == ["c1/v.mp4", "c2/v.mp4", "c2/v.mov"]


def test_what_comes_from_a_folder_keeps_its_place() -> None:
    trial = [named(f"trial/{path}", "trial") for path in ("cam1/video.mp4", "cam2/video.mp4")]
    assert names(*trial) == ["cam1/video", "cam2/video"]
    both = [named(f"{day}/trial/cam/v.mp4", f"{day}/trial") for day in ("monday", "tuesday")]
    assert names(*both) == ["monday/trial/cam/v", "tuesday/trial/cam/v"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a.mp4", "A.mp4"),
        ("Ä.mp4", unicodedata.normalize("NFD", "Ä.mp4")),
        ("STRASSE.a", "straße.a"),
    ],
)
def test_names_that_some_file_system_takes_for_the_same_are_told_apart(
    first: str, second: str
) -> None:
    assert names(first, second) == [first, f"{PurePath(second).stem}-2{PurePath(second).suffix}"]
    assert names(first, "B.mp4") == [PurePath(first).stem, "B"]


def test_what_is_equal_in_everything_gets_a_number() -> None:
    streams = [InputName("server"), InputName("server-2"), InputName("server"), InputName("server")]
    assert names(*streams) == ["server", "server-2", "server-3", "server-4"]


def test_a_suffix_that_was_kept_is_no_new_clash() -> None:
    assert names("a.jpg", "a.mov", "a.mov.mp4") == ["a.jpg", "a.mov", "a.mov-2"]


@pytest.mark.parametrize("letter", ["x", "あ", "👩", "e\u0301", os.fsdecode(b"\xff")])
def test_a_name_that_is_too_long_is_shortened(letter: str) -> None:
    stem = letter * (254 // len(os.fsencode(letter)))
    (shortened,) = output_names([InputName(stem)])
    assert stem.startswith(shortened.name)
    assert shortened.name.endswith(letter)  # no character is cut
    length = len(os.fsencode(shortened.name))
    assert MAX_NAME_BYTES - len(os.fsencode(letter)) < length <= MAX_NAME_BYTES


def test_shortened_names_are_told_apart(tmp_path: Path) -> None:
    long = "x" * 260
    outputs = output_names([InputName(f"{long}{end}", f".{end}" * 200) for end in ("a", "b", "b")])
    assert len({*outputs}) == 3
    for output in outputs:
        (tmp_path / f"{output}.annotated.mp4").touch()
    assert len([*tmp_path.iterdir()]) == 3
