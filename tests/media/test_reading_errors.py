"""Errors of reading."""

from __future__ import annotations

import av
import pytest

from vitruvian.errors import MediaError, MissingLibraryError
from vitruvian.media.reading_errors import media_errors


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (av.InvalidDataError(1, "Invalid data"), "Invalid data"),
        (av.ExitError(1, "Immediate exit requested"), "no data arrived in time"),
        (ValueError("31 is not a valid Type"), "ValueError: 31 is not a valid Type"),
        (ZeroDivisionError("Fraction(1, 0)"), r"ZeroDivisionError: Fraction\(1, 0\)"),
    ],
)
def test_each_error_becomes_one_sentence(error: Exception, reason: str) -> None:
    with (
        pytest.raises(MediaError, match=rf"^a cannot be opened \({reason}\): do b\.$") as caught,
        media_errors("a cannot be opened", "do b"),
    ):
        raise error
    assert caught.value.__cause__ is error


def test_own_errors_and_interruptions_pass() -> None:
    for error in (MissingLibraryError("a"), KeyboardInterrupt()):
        with pytest.raises(type(error)) as caught, media_errors("a", "b"):
            raise error
        assert caught.value is error
