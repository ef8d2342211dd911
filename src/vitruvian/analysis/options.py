"""How recordings are smoothed: every option once, with its default, permitted values and help."""

from __future__ import annotations

from dataclasses import dataclass

from vitruvian.option_values import Number, check_all, option


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
