"""The type checks of the arguments and options of the Tasks API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from vitruvian.mediapipe.tasks.errors import ArgumentTypeError

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")


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
        raise _type_error(name, value, wanted)


def converted(name: str, value: object, convert: Callable[[Any], _T], wanted: str) -> _T:
    """Return what a function such as `float` makes of an argument.

    Args:
        name: the argument's name, for the error message.
        value: the argument.
        convert: the function.
        wanted: what the caller should pass instead, for the error message.

    Raises:
        ArgumentTypeError: the function fails.
    """
    try:
        return convert(value)
    except Exception as error:  # it runs the object's own code
        raise _type_error(name, value, wanted) from error


def _type_error(name: str, value: object, wanted: str) -> ArgumentTypeError:
    return ArgumentTypeError(f"{name} is of type {type(value).__name__}: give {wanted}.")
