"""The kinds of values that an option may have, and the sentence that refuses all others."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields
from typing import Any, Protocol, TypeGuard

import numpy as np

from vitruvian.errors import OptionError
from vitruvian.printable import shown


class Values(Protocol):
    """The values that an option may have. `str` describes them."""

    def check(self, name: str, value: object) -> Any:
        """Return the value in its canonical form, or raise `OptionError`."""

    def parse(self, text: str) -> object:
        """Convert a word of the command line. `check` refuses what is wrong."""


def option(default: Any, values: Values, text: str) -> Any:
    """Declare a field of a dataclass as an option with permitted values and a help text."""
    return field(default=default, metadata={"values": values, "help": text})


def check_all(options: Any) -> None:
    """Replace the values of a frozen dataclass of options by their canonical forms.

    Raises:
        OptionError: a value has the wrong type, or is not permitted.
    """
    for declared in fields(options):
        values: Values = declared.metadata["values"]
        value = values.check(declared.name, getattr(options, declared.name))
        object.__setattr__(options, declared.name, value)


@dataclass(frozen=True)
class Flag:
    """True or False."""

    def check(self, name: str, value: object) -> bool:
        """Return a bool; numpy's bool is one."""
        if not isinstance(value, (bool, np.bool_)):
            raise OptionError(f"{name} is {shown(value)}: give True or False.")
        return bool(value)

    def parse(self, text: str) -> object:
        """Return a bool for "true" or "false", or the text itself."""
        return {"true": True, "false": False}.get(text.lower(), text)

    def __str__(self) -> str:
        return "`True` or `False`"


@dataclass(frozen=True)
class Number:
    """A real number in [least, greatest]."""

    least: float
    greatest: float

    def check(self, name: str, value: object) -> float:
        """Return a float; a bool is no number."""
        if _is_number(value) and self.least <= (number := _as_float(value)) <= self.greatest:
            return number
        raise OptionError(
            f"{name} is {shown(value)}: give a number from {self.least:g} to {self.greatest:g}."
        )

    def parse(self, text: str) -> object:
        """Return a float, or the text itself if it is none."""
        return _parsed(float, text)

    def __str__(self) -> str:
        return f"{self.least:g} to {self.greatest:g}"


@dataclass(frozen=True)
class NumberOrNone:
    """A real number in [least, greatest], or None."""

    least: float
    greatest: float

    def check(self, name: str, value: object) -> float | None:
        """Return a float or None; a bool is no number."""
        return None if value is None else Number(self.least, self.greatest).check(name, value)

    def parse(self, text: str) -> object:
        """Return a float, or the text itself if it is none."""
        return _parsed(float, text)

    def __str__(self) -> str:
        return f"{self.least:g} to {self.greatest:g}, or `None`"


@dataclass(frozen=True)
class Time(Number):
    """A time in seconds; on the command line, 1:02:03.5 has hours, minutes and seconds."""

    def parse(self, text: str) -> object:
        """Return the seconds, or the text itself if it is no time."""
        return _parsed(_seconds, text)


@dataclass(frozen=True)
class WholeNumber:
    """A whole number in [least, greatest], or None.

    Attributes:
        least: the least number.
        greatest: the greatest number.
        none: the word for None, in Python and on the command line.
        none_means: what None means, as part of a sentence.
    """

    least: int
    greatest: int
    none: str
    none_means: str

    def check(self, name: str, value: object) -> int | None:
        """Return an int or None, which its word also means; a bool is no number."""
        if value is None or (isinstance(value, str) and value == self.none):
            return None
        if _is_whole(value) and self.least <= value <= self.greatest:
            return int(value)
        raise OptionError(
            f"{name} is {shown(value)}: give a whole number from {self.least} to {self.greatest}, "
            f"or None or {self.none!r} {self.none_means}."
        )

    def parse(self, text: str) -> object:
        """Return None for the word that means it, else an int, else the text itself."""
        return None if text == self.none else _parsed(int, text)

    def __str__(self) -> str:
        none = f'`None` or `"{self.none}"`'
        return f"{self.least} to {self.greatest}, or {none} {self.none_means}"


@dataclass(frozen=True)
class OneOf:
    """One of some names, or also None."""

    names: tuple[str, ...]
    or_none: bool = False

    def check(self, name: str, value: object) -> str | None:
        """Return one of the names, or None."""
        if (isinstance(value, str) and value in self.names) or (self.or_none and value is None):
            return value
        or_none = ", or None" if self.or_none else ""
        raise OptionError(
            f"{name} is {shown(value)}: give one of {', '.join(self.names)}{or_none}."
        )

    def parse(self, text: str) -> object:
        """Return the text."""
        return text

    def __str__(self) -> str:
        names = ", ".join(f'`"{name}"`' for name in self.names)
        return f"{names}, or `None`" if self.or_none else names


@dataclass(frozen=True)
class PositionOrName:
    """One of some names, or its position among them."""

    names: tuple[str, ...]

    def check(self, name: str, value: object) -> int | str:
        """Return the position or the name, as given."""
        if _is_whole(value):
            if 0 <= value < len(self.names):
                return int(value)
        elif isinstance(value, str) and value in self.names:
            return value
        raise OptionError(
            f"{name} is {shown(value)}: give a number from 0 to {len(self.names) - 1}, or one of "
            f"{', '.join(self.names)}."
        )

    def parse(self, text: str) -> object:
        """Return an int for a digit, else the name."""
        return _parsed(int, text)

    def __str__(self) -> str:
        return ", ".join(
            (*map(str, range(len(self.names))), *(f'`"{name}"`' for name in self.names))
        )


@dataclass(frozen=True)
class NameOrPoint:
    """One of some names, or a point (x, y) in normalized coordinates."""

    names: tuple[str, ...]

    def check(self, name: str, value: object) -> str | tuple[float, float]:
        """Return the name, or the point as two floats."""
        if isinstance(value, str) and value in self.names:
            return value
        if isinstance(value, np.ndarray) and value.ndim == 1:
            value = value.tolist()
        if isinstance(value, (tuple, list)) and len(value) == 2:
            x, y = value
            if all(_is_number(part) and 0 <= part <= 1 for part in (x, y)):
                return (float(x), float(y))
        raise OptionError(
            f"{name} is {shown(value)}: give {', '.join(self.names)}, or a point (x, y) in "
            "normalized coordinates, each in [0, 1]."
        )

    def parse(self, text: str) -> object:
        """Return the point that "0.5,0.3" is, else the name."""
        return _parsed(lambda words: tuple(map(float, words.split(","))), text)

    def __str__(self) -> str:
        return ", ".join(f'`"{name}"`' for name in self.names) + ", or a point `(x, y)`"


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, (float, np.floating)) or _is_whole(value)


def _is_whole(value: object) -> TypeGuard[int]:
    # A bool is an int, and numpy's time difference an integer.
    return isinstance(value, (int, np.integer)) and not isinstance(value, (bool, np.timedelta64))


def _as_float(number: float) -> float:
    try:
        return float(number)
    except OverflowError:  # an integer that no float can hold
        return math.nan


def _seconds(text: str) -> float:
    seconds = 0.0
    for part in text.split(":", maxsplit=2):
        seconds = 60 * seconds + float(part)
    return seconds


def _parsed(convert: Any, text: str) -> object:
    try:
        return convert(text)
    except ValueError:
        return text
