"""What is printed of names that come from outside."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from vitruvian.printable import printable, shown


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


def test_a_value_is_shown_as_in_code_or_by_its_type() -> None:
    assert shown("two\nlines") == r"'two\nlines'"
    assert shown(10**5000) == "a value of the type int"


def test_a_long_value_is_shortened() -> None:
    assert shown("a" * 98) == f"'{'a' * 98}'"
    assert shown("a" * 99) == f"'{'a' * 98}…"
    assert len(shown([0] * 1_000_000)) == 100
