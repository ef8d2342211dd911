"""How recordings are analysed: every option once, with its default, permitted values and help."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, TypeVar

from vitruvian.errors import OptionError, RecordingError
from vitruvian.option_values import Number, NumberOrNone, check_all, option

if TYPE_CHECKING:
    from vitruvian.recorded.header import Header

Options = TypeVar("Options", "OfflineSmoothing", "RoomOptions")
OFFLINE_SMOOTHING = "offline_smoothing"  # the options of the header of a smoothed recording


@dataclass(frozen=True)
class OfflineSmoothing:
    """How a recording is smoothed.

    Raises:
        OptionError: An option has the wrong type, or a value that is not permitted.
    """

    # Bodies that are slower rest, and float64 cannot tell more from 240 frames a second.
    cutoff_hz: float = option(
        6.0, Number(0.5, 100), "Offline, remove motion that is faster than this frequency."
    )
    max_gap_s: float = option(
        0.5,
        Number(0, 5),
        "Offline, fill gaps in which a person is lost for at most this time in seconds.",
    )

    def __post_init__(self) -> None:
        check_all(self)

    @staticmethod
    def of(header: Header) -> OfflineSmoothing | None:
        """Return how a recording was smoothed; None if it was not.

        Raises:
            RecordingError: The header has a value that is not permitted.
        """
        known = header.options.get(OFFLINE_SMOOTHING)
        return None if known is None else _of_header(OfflineSmoothing, header, known)

    def added_to(self, header: Header) -> Header:
        """Return a header that says that the recording was smoothed so."""
        return replace(header, options={**header.options, OFFLINE_SMOOTHING: asdict(self)})


@dataclass(frozen=True)
class AngleOptions:
    """Which angles are computed.

    Raises:
        OptionError: An option has the wrong type, or a value that is not permitted.
    """

    # Below, a landmark is more likely hidden than not.
    min_visibility: float = option(
        0.5, Number(0, 1), "An angle needs landmarks with at least this visibility."
    )

    def __post_init__(self) -> None:
        check_all(self)


@dataclass(frozen=True)
class RoomOptions:
    """What is known about the people and the camera of a recording.

    Raises:
        OptionError: An option has the wrong type, or a value that is not permitted.
    """

    height_m: float | None = option(
        None,
        NumberOrNone(0.5, 2.5),
        "The height of the people in metres. Without it, they are as tall as the model expects.",
    )
    fov_deg: float | None = option(
        None,
        NumberOrNone(10, 150),
        "The horizontal field of view of the camera in degrees. Without it, 55 is assumed.",
    )

    def __post_init__(self) -> None:
        check_all(self)

    @staticmethod
    def of(header: Header) -> RoomOptions:
        """Return what a recording says.

        Raises:
            RecordingError: The header has a value that is not permitted.
        """
        return _of_header(RoomOptions, header, header.options)

    def added_to(self, header: Header) -> Header:
        """Return a header that also says this. What is None stays as it was."""
        given = {name: value for name, value in asdict(self).items() if value is not None}
        return replace(header, options={**header.options, **given})


def _of_header(options: type[Options], header: Header, known: object) -> Options:
    values = known if isinstance(known, dict) else {}
    names = [each.name for each in fields(options)]
    try:
        return options(**{name: values[name] for name in names if name in values})
    except OptionError as error:
        raise RecordingError(f"The header of {header.source} is broken: {error}") from error
