"""The fields of one entry of a JSON file, checked as they are read."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.errors import MediaError
from vitruvian.printable import printable, shown

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.types import Float64

# No coordinate, area or time is larger; the squares of coordinates stay far from overflow.
MOST_PX = 1e9
_MOST = 1e15
_LONGEST = 60  # of a value in a message


def json_of(path: Path) -> Any:
    """Return the content of a JSON file.

    Raises:
        MediaError: the file cannot be read, or is no JSON.
    """
    name = printable(path.name)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise MediaError(f"{name} cannot be read ({error.strerror}): check its path.") from error
    if not content.strip():
        raise MediaError(f"{name} is empty: give annotations in COCO's format.")
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:  # ValueError also for bytes that are no text
        raise MediaError(
            f"{name} is no JSON, or is cut short ({printable(error)}): write it again."
        ) from error


@dataclass(frozen=True)
class Entry:
    """An object of a JSON file.

    Attributes:
        value: what the file has there.
        file: its name.
        place: which entry this is, for messages.
    """

    value: Any
    file: str
    place: str

    def error(self, problem: str) -> MediaError:
        """Return the error that says what is wrong with this entry."""
        return MediaError(f"{self.file}: {self.place} {problem}: correct the file.")

    @property
    def fields(self) -> dict[str, Any]:
        """The fields by name."""
        if not isinstance(self.value, dict):
            raise self.error(f"is {brief(self.value)}, not an object")
        return self.value

    def has(self, field: str) -> bool:
        """Return whether the entry has a value for a field."""
        return self.fields.get(field) is not None

    def _get(self, field: str) -> Any:
        if not self.has(field):
            raise self.error(f"has no {printable(field)}")
        return self.fields[field]

    def list(self, field: str) -> list[Any]:
        """Return a field that is a list."""
        value = self._get(field)
        if not isinstance(value, list):
            raise self.error(f"has {brief(value)} as {field}, not a list")
        return value

    def text(self, field: str) -> str:
        """Return a field that is a text with something in it."""
        value = self._get(field)
        if not isinstance(value, str) or not value.strip():
            raise self.error(f"has {brief(value)} as {printable(field)}, not a text")
        return value

    def label(self, field: str) -> str:
        """Return a field that names something: a text or a number."""
        value = self._get(field)
        if isinstance(value, (bool, list, dict)) or not str(value).strip():
            raise self.error(f"has {brief(value)} as {printable(field)}, not a name")
        return str(value)

    def id(self, field: str) -> int | str:
        """Return a field that is an id: a whole number or a text."""
        value = self._get(field)
        if isinstance(value, float) and value.is_integer():
            return int(value)
        if isinstance(value, bool) or not isinstance(value, (int, str)):
            raise self.error(f"has {brief(value)} as {field}, not a whole number or a text")
        return value

    def number(self, field: str, least: float = -_MOST, most: float = _MOST) -> float:
        """Return a field that is a finite number within limits."""
        value = self._get(field)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not _finite(value):
            raise self.error(f"has {brief(value)} as {field}, not a finite number")
        if not least <= value <= most:
            raise self.error(f"has {brief(value)} as {field}, not from {least:g} to {most:g}")
        return float(value)

    def numbers(self, field: str, count: int) -> Float64:
        """Return a field that is a list of finite numbers, which may be nested, as (count,)."""
        value = self.list(field)
        try:
            array = np.asarray(value, np.float64).ravel()
        except (TypeError, ValueError, OverflowError):
            raise self.error(f"has values in {field} that are no numbers") from None
        if array.size != count:
            raise self.error(f"has {array.size} numbers in {field}, not {count}")
        if not np.isfinite(array).all():
            raise self.error(f"has {array[~np.isfinite(array)][0]} in {field}, not finite numbers")
        if (largest := np.abs(array).max()) > MOST_PX:
            raise self.error(f"has numbers up to {largest:g} in {field}")
        return array


def _finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number that no float can hold
        return False


def brief(value: object) -> str:
    """Return what a value is, in few words for a message."""
    if isinstance(value, (dict, list)):
        return "an object" if isinstance(value, dict) else "a list"
    text = shown(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
