"""What is printed of names that come from outside."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from vitruvian.printable import printable


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("two\nlines\r.mp4", r"two\nlines\r.mp4"),
        ("\x1b[31mred\x07\x7f", r"\x1b[31mred\x07\x7f"),
        ("\x9b31m", r"\x9b31m"),
        ("gpj.\u202e4pm\u202c", r"gpj.\u202e4pm\u202c"),
        ("\u2066isolated\u2069 \u200f", r"\u2066isolated\u2069 \u200f"),
        ("a\u2028b\u2029", r"a\u2028b\u2029"),
    ],
)
def test_control_characters_are_escaped(name: str, printed: str) -> None:
    assert printable(name) == printed


@pytest.mark.parametrize("name", ["Übung 1.mp4", "日本.jpg", "👩‍🚀 e\u0301.png", r"C:\new\a.mp4"])
def test_other_names_are_printed_as_they_are(name: str) -> None:
    assert printable(Path(name)) == name


def test_a_name_of_bytes_that_are_not_text_can_be_encoded() -> None:
    assert printable(os.fsdecode(b"a\xff.mp4")).encode("ascii") == rb"a\udcff.mp4"
