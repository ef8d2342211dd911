"""The options of `Pose` on the command line, made from `vitruvian.options.PoseOptions`."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

import click

from vitruvian.errors import OptionError
from vitruvian.option_values import (
    NameOrPoint,
    Number,
    OneOf,
    PositionOrName,
    Values,
    WholeNumber,
)
from vitruvian.options import PoseOptions, values_of

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = TypeVar("Command", bound=Callable[..., Any])

# The frames of all inputs have timestamps, so that the frame rate is not used.
_FIELDS = {field.name: field for field in fields(PoseOptions) if field.name != "frame_rate"}

_OF_MEDIAPIPE = "Options of MediaPipe Pose"
_FURTHER = "Further options of Pose"
_OF_COMMAND = "Options of the command"


class PoseCommand(click.Command):
    """A command that has `pose_options`, which its help lists in sections."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options in three sections."""
        sections: dict[str, list[tuple[str, str]]] = {
            _OF_MEDIAPIPE: [],
            _FURTHER: [],
            _OF_COMMAND: [],
        }
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if isinstance(param, click.Option) and record is not None:
                sections[_section(param)].append(record)
        for title, records in sections.items():
            with formatter.section(title):
                formatter.write_dl(records)


def pose_options(command: Command) -> Command:
    """Decorate a command with all options of `Pose`."""
    for name in reversed(_FIELDS):  # decorators add the last option first
        command = pose_option(name)(command)
    return command


def pose_option(name: str) -> Callable[[Command], Command]:
    """Return a decorator that gives a command one of the options of `Pose`.

    An option that is true by default becomes the flag --no-<name>.
    """
    field, values = _FIELDS[name], values_of(name)
    text = re.sub(r"`(\w+)`", lambda match: _spelled(match[1]), field.metadata["help"])
    if field.default is True:
        return click.option(
            name,
            _spelled(f"no_{name}"),
            is_flag=True,
            flag_value=False,
            default=True,
            # The help of such an option begins with a verb, as in "Remove the jitter".
            help=f"Do not {text[0].lower()}{text[1:]}",
        )
    if field.default is False:
        return click.option(name, _spelled(name), is_flag=True, help=text)
    default = field.default
    if default is None and isinstance(values, WholeNumber):
        default = values.none  # so that the help shows the word
    return click.option(
        name,
        _spelled(name),
        type=_OptionType(name),
        default=default,
        show_default=True,
        metavar=_metavar(values),
        help=text,
    )


class _OptionType(click.ParamType):  # type: ignore[type-arg]  # older versions of click refuse one
    """Converts and checks the value of an option as `PoseOptions` does."""

    def __init__(self, option_name: str) -> None:
        self.name = option_name
        self._values = values_of(option_name)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> object:
        """Return the value, or fail with the message of `PoseOptions`."""
        parsed = self._values.parse(value) if isinstance(value, str) else value
        try:
            return self._values.check(self.name, parsed)
        except OptionError as error:
            return self.fail(_without_none(self._values, str(error)), param, ctx)


def _section(option: click.Option) -> str:
    if option.name not in _FIELDS:
        return _OF_COMMAND
    # The options of MediaPipe can also be given by position.
    return _FURTHER if _FIELDS[option.name].kw_only else _OF_MEDIAPIPE


def _spelled(name: str) -> str:
    """Return the name of an option on the command line, which leaves out the unit."""
    return "--" + name.removesuffix("_s").replace("_", "-")


def _metavar(values: Values) -> str:
    """Return the permitted values for the help, as [lite|full|heavy]."""
    match values:
        case Number(least, greatest):
            choices = [f"{least:g}..{greatest:g}"]
        case WholeNumber(least, greatest, none):
            choices = [f"{least}..{greatest}", none]
        case OneOf(names):
            choices = [*names]
        case PositionOrName(names):
            choices = [*names, *map(str, range(len(names)))]
        case NameOrPoint(names):
            choices = [*names, "X,Y"]
        case _:
            raise TypeError(f"{values!r} has no form on the command line: add one here.")
    return f"[{'|'.join(choices)}]"


def _without_none(values: Values, message: str) -> str:
    """Replace Python's None, which on the command line is a word or the option left out."""
    if isinstance(values, WholeNumber):
        return message.replace(f"None or {values.none!r} {values.none_means}", values.none)
    return message.replace(", or None", "")
