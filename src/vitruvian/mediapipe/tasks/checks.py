"""The type check that all arguments of the Tasks API go through."""

from __future__ import annotations

from typing import Any

from vitruvian.mediapipe.tasks.errors import ArgumentTypeError


def check_type(
    name: str, value: object, kind: type[Any] | tuple[type[Any], ...], wanted: str
) -> None:
    """Raise an error if an argument has the wrong type.

    Args:
        name: The argument's name, for the error message.
        value: The argument.
        kind: The type, or types, that are accepted.
        wanted: What the caller should pass instead, for the error message.

    Raises:
        ArgumentTypeError: `value` is not an instance of `kind`.
    """
    if not isinstance(value, kind):
        raise ArgumentTypeError(f"{name} is of type {type(value).__name__}: give {wanted}.")
