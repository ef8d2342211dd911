"""The options of `Pose`, inputs and smoothing on the command line, made from their tables."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from vitruvian.analysis.options import AngleOptions, OfflineSmoothing, RoomOptions
from vitruvian.errors import OptionError
from vitruvian.inputs.options import InputOptions
from vitruvian.option_values import (
    NameOrPoint,
    Number,
    NumberOrNone,
    OneOf,
    PositionOrName,
    Time,
    Values,
    WholeNumber,
)
from vitruvian.options import PoseOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Command = TypeVar("Command", bound=Callable[..., Any])

_OF_INPUT = {field.name: field for field in fields(InputOptions)}
# The frames of all inputs have timestamps, so that the frame rate of `Pose` is not used.
_OF_POSE = {field.name: field for field in fields(PoseOptions) if field.name not in _OF_INPUT}
_OF_OFFLINE_SMOOTHING = {field.name: field for field in fields(OfflineSmoothing)}
_OF_ANGLES = {field.name: field for field in fields(AngleOptions)}
_OF_ROOM = {field.name: field for field in fields(RoomOptions)}
_FIELDS = _OF_POSE | _OF_INPUT | _OF_OFFLINE_SMOOTHING | _OF_ANGLES | _OF_ROOM

_OF_MEDIAPIPE = "Options of MediaPipe Pose"
_FURTHER = "Further options of Pose"
_OF_INPUTS = "Options of the inputs"
_OF_COMMAND = "Options of the command"


class CommandWithSections(click.Command):
    """A command whose help lists its options in sections."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options in four sections."""
        titles = (_OF_MEDIAPIPE, _FURTHER, _OF_INPUTS, _OF_COMMAND)
        sections: dict[str, list[tuple[str, str]]] = {title: [] for title in titles}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if isinstance(param, click.Option) and record is not None:
                sections[_section(param)].append(record)
        for title, records in sections.items():
            with formatter.section(title):
                formatter.write_dl(records)


def pose_options(command: Command) -> Command:
    """Decorate a command with all options of `Pose`."""
    return _with_options(command, _OF_POSE)


def input_options(command: Command) -> Command:
    """Decorate a command with all options of the inputs."""
    return _with_options(command, _OF_INPUT)


def offline_smoothing_options(command: Command) -> Command:
    """Decorate a command with all options of offline smoothing, except the strength."""
    return _with_options(command, _OF_OFFLINE_SMOOTHING)


def room_options(command: Command) -> Command:
    """Decorate a command with what may be known of people and camera."""
    return _with_options(command, _OF_ROOM)


def output_folder(command: Command) -> Command:
    """Decorate a command with the option that names the folder of its files."""
    return click.option(
        "-o",
        "--output",
        "folder",
        type=click.Path(file_okay=False, path_type=Path),
        default=".",
        show_default=True,
        metavar="FOLDER",
        help="The folder for the files. It is created if it does not exist.",
    )(command)


def _with_options(command: Command, names: Iterable[str]) -> Command:
    for name in reversed([*names]):  # decorators add the last option first
        command = option(name)(command)
    return command


def option(name: str) -> Callable[[Command], Command]:
    """Return a decorator that gives a command one of the options in the tables.

    An option that is true by default becomes the flag --no-<name>.
    """
    field = _FIELDS[name]
    values: Values = field.metadata["values"]
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
        type=_OptionType(name, values),
        default=default,
        show_default=True,
        metavar=_metavar(values),
        help=text,
    )


class _OptionType(click.ParamType):  # type: ignore[type-arg]  # older versions of click refuse one
    """Converts and checks the value of an option as its table does."""

    def __init__(self, option_name: str, values: Values) -> None:
        self.name = option_name
        self._values = values

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> object:
        """Return the value, or fail with the message of the table."""
        parsed = self._values.parse(value) if isinstance(value, str) else value
        try:
            return self._values.check(self.name, parsed)
        except OptionError as error:
            return self.fail(_without_none(self._values, str(error)), param, ctx)


def _section(param: click.Option) -> str:
    if param.name in _OF_INPUT:
        return _OF_INPUTS
    if param.name in _OF_POSE:
        # The options of MediaPipe can also be given by position.
        return _FURTHER if _OF_POSE[param.name].kw_only else _OF_MEDIAPIPE
    return _OF_COMMAND


def _spelled(name: str) -> str:
    """Return the name of an option on the command line, which leaves out the unit."""
    if name == "smoothing_strength":  # the commands that have it are about smoothing, or say so
        return "--strength"
    return "--" + re.sub("_(s|hz|m|deg)$", "", name).replace("_", "-")


def _metavar(values: Values) -> str:
    """Return the permitted values for the help, as [lite|full|heavy]."""
    match values:
        case Time():
            choices = ["SECONDS", "H:MM:SS"]
        case Number(least, greatest) | NumberOrNone(least, greatest):
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
