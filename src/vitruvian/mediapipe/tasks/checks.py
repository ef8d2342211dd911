"""The type check of the arguments and options of the Tasks API."""

from __future__ import annotations

from typing import Any

from vitruvian.mediapipe.tasks.errors import ArgumentTypeError


def check_type(
    name: str, value: object, kind: type[Any] | tuple[type[Any], ...], wanted: str
) -> None:
    """Raise an error if an argument has the wrong type.

    Args:
        name: the argument's name, for the error message.
        value: the argument.
        kind: the type, or types, that are accepted.
        wanted: what the caller should pass instead, for the error message.

    Raises:
        ArgumentTypeError: `value` is not an instance of `kind`.
    """
    if not isinstance(value, kind):
        raise ArgumentTypeError(f"{name} is of type {type(value).__name__}: give {wanted}.")
