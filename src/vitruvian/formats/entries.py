"""Values of a JSON document that know where they stand, so that a message can say it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.errors import EvaluationError
from vitruvian.printable import printable, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

# Far beyond any pixel, score or track; squares of such numbers are still finite.
MAX_NUMBER = 1e9
_MAX_CHARACTERS = 60  # of a value in a message


@dataclass(frozen=True)
class Entry:
    """A value of a JSON document. Its methods check the type of the value that they return.

    Attributes:
        value: a dict, list, string, number, bool or None.
        place: the file, and the keys and numbers that lead to the value; numbers count from 0.
    """

    value: Any
    place: str

    def error(self, problem: str) -> EvaluationError:
        """Return the error that says what is wrong with this value, and what to do."""
        return EvaluationError(f"{self.place} {problem}.")

    def __str__(self) -> str:
        """Return the value as a message shows it: short, and without control characters."""
        if isinstance(self.value, (dict, list)):
            return "an object" if isinstance(self.value, dict) else "a list"
        text = "null" if self.value is None else shown(self.value)
        return text if len(text) <= _MAX_CHARACTERS else f"{text[:_MAX_CHARACTERS]}…"

    def __getitem__(self, key: str) -> Entry:
        """Return the value of a key.

        Raises:
            EvaluationError: this is not a dict, or it has no such key.
        """
        found = self.get(key)
        if found is None:
            raise self.error(f"has no {printable(key)}: add it")
        return found

    def get(self, key: str) -> Entry | None:
        """Return the value of a key, or None if there is none, or null."""
        if not isinstance(self.value, dict):
            raise self.error(f"is {self}: give an object with the key {printable(key)}")
        value = self.value.get(key)
        return None if value is None else Entry(value, f"{self.place}, {printable(key)}")

    def __iter__(self) -> Iterator[Entry]:
        """Yield the values of a list."""
        if not isinstance(self.value, list):
            raise self.error(f"is {self}: give a list")
        return (
            Entry(value, f"{self.place}, entry {number}") for number, value in enumerate(self.value)
        )

    def items(self) -> Iterator[tuple[str, Entry]]:
        """Yield the keys and values of a dict."""
        if not isinstance(self.value, dict):
            raise self.error(f"is {self}: give an object")
        return (
            (key, Entry(value, f"{self.place}, {printable(key)}"))
            for key, value in self.value.items()
        )

    def numbers(self, *shape: int) -> NDArray[np.float64]:
        """Return a list of numbers, or lists of them, as an array.

        Args:
            shape: of the array; -1 is any size.
        """
        array = self._array()
        if array.ndim != len(shape) or any(
            wanted not in {-1, size} for wanted, size in zip(shape, array.shape, strict=True)
        ):
            wanted = " × ".join("any" if size == -1 else str(size) for size in shape)
            raise self.error(f"has {' × '.join(map(str, array.shape))} numbers: give {wanted}")
        return array

    def points(self, count: int, axes: int) -> NDArray[np.float64]:
        """Return points, (count, axes), from one list of all numbers, or a list for each point."""
        array = self._array()
        if array.shape not in {(count * axes,), (count, axes)}:
            raise self.error(f"has {array.size} numbers: give {axes} for each of {count} points")
        return array.reshape(count, axes)

    def _array(self) -> NDArray[np.float64]:
        if not isinstance(self.value, list):
            raise self.error(f"is {self}: give a list of numbers")
        try:
            array = np.array(self.value)
        except ValueError:
            raise self.error("has lists of several lengths: give lists of one length") from None
        if array.dtype.kind not in "iuf" and array.size:
            raise self.error("has values that are not numbers: give numbers only")
        if not (np.abs(array) <= MAX_NUMBER).all():
            raise self.error(f"has NaN or a number beyond {MAX_NUMBER:,.0f}: correct it")
        return array.astype(np.float64)

    def number(self, least: float = -MAX_NUMBER, most: float = MAX_NUMBER) -> float:
        """Return a number within limits, which is never NaN."""
        if isinstance(self.value, bool) or not isinstance(self.value, (int, float)):
            raise self.error(f"is {self}: give a number")
        if not least <= self.value <= most:
            raise self.error(f"is {self}: give a number from {least:,.0f} to {most:,.0f}")
        return float(self.value)

    def whole_number(self, least: float = -MAX_NUMBER, most: float = MAX_NUMBER) -> int:
        """Return a whole number within limits, which may be written as 3 or 3.0."""
        number = self.number(least, most)
        if not number.is_integer():
            raise self.error(f"is {number}: give a whole number")
        return int(number)

    def size(self) -> NDArray[np.float64]:
        """Return a width and a height, (2,)."""
        size = self.numbers(2)
        if (size <= 0).any():
            raise self.error(f"is {shown(self.value)}: give a width and a height above 0")
        return size

    def box(self) -> NDArray[np.float64]:
        """Return a box, (4,) x, y, width, height."""
        box = self.numbers(4)
        if (box[2:] < 0).any():
            raise self.error("has a negative size: give x, y, width, height")
        return box

    def box_of_corners(self) -> NDArray[np.float64]:
        """Return a box that is written as two corners x, y, as (4,) x, y, width, height."""
        box = self.numbers(4)
        box[2:] -= box[:2]
        if (box[2:] < 0).any():
            raise self.error("has a negative size: give left, top, right, bottom")
        return box

    def text(self) -> str:
        """Return a text that is not blank."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.error(f"is {self}: give a text")
        return self.value

    def id(self) -> int | str:
        """Return an id or a name: a whole number, which may be written as 3.0, or a text."""
        if isinstance(self.value, str):
            return self.text()
        if isinstance(self.value, float) and self.value.is_integer():
            return int(self.value)
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return self.value
        raise self.error(f"is {self}: give a whole number or a name")


def parse(content: bytes, place: str) -> Entry:
    """Return the root of a JSON document.

    NaN, which many programs write, is refused where a value is read, because its entry is known
    there.

    Raises:
        EvaluationError: it is not JSON, is nested too deeply, or gives a key twice.
    """

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            counts = Counter(key for key, _ in pairs)
            twice = counts.most_common(1)[0][0]
            raise EvaluationError(
                f"{place} has {printable(twice)} twice in one object: remove one of them."
            )
        return found

    try:
        value = json.loads(content, object_pairs_hook=unique)
    except RecursionError:
        raise EvaluationError(
            f"{place} is nested too deeply: give a file as the system wrote it."
        ) from None
    except EvaluationError:
        raise
    except ValueError as error:
        raise EvaluationError(
            f"{place} is no JSON ({printable(error)}): if it is cut short, write it again."
        ) from error
    return Entry(value, place)
