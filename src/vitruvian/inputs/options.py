"""How inputs are read: every option once, with its default, permitted values and help."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, TypedDict

from vitruvian.errors import OptionError
from vitruvian.option_values import Number, Time, WholeNumber, check_all, option

# An RGB image of 200 million pixels takes 0.6 GB, and twice that while it is decoded. Of a video,
# several frames are in memory at the same time.
MAX_STILL_PIXELS = 200_000_000
MAX_FRAME_PIXELS = 50_000_000


@dataclass(frozen=True)
class InputOptions:
    """How an input is read.

    Raises:
        OptionError: An option has the wrong type, or a value that is not permitted.
    """

    start_s: float = option(
        0.0, Time(0, math.inf), "Leave out what is before this time of a video, in seconds."
    )
    end_s: float = option(
        math.inf, Time(0, math.inf), "Leave out what is after this time of a video, in seconds."
    )
    frame_rate: float = option(
        30.0,
        Number(1e-3, 1e6),
        "Frames per second of numbered images that are one video, such as frame_%04d.png. On the "
        "command line, this option also makes one video of the numbered images in each folder.",
    )
    every: int | Literal["all"] | None = option(
        None,
        WholeNumber(1, 10**6, none="all", none_means="for all frames"),
        "Read only every n-th frame of a video, beginning with the first one. The frames keep "
        "their numbers and times.",
    )
    resize: int | Literal["original"] | None = option(
        None,
        WholeNumber(16, 16_384, none="original", none_means="for the original size"),
        "Scale images and frames that are wider than this down to this width, in pixels, before "
        "people are searched. Annotated images and videos have this size, too.",
    )
    max_pixels: int | Literal["default"] | None = option(
        None,
        WholeNumber(
            1,
            10**9,
            none="default",
            none_means="for 200 million in a still image and 50 million in a frame of a video",
        ),
        "The maximum number of pixels of an image or a frame. A larger one is refused before it is "
        "decoded.",
    )
    timeout_s: float = option(
        10.0,
        Number(0.1, 86_400),
        "How long to wait for data of an address, in seconds, before the input ends.",
    )

    def __post_init__(self) -> None:
        check_all(self)
        if self.end_s <= self.start_s:
            raise OptionError(
                f"start_s is {self.start_s:g} and end_s {self.end_s:g}: give a later end."
            )

    @property
    def step(self) -> int:
        """The numbers of two frames that follow each other differ by this."""
        return self.every if isinstance(self.every, int) else 1

    @property
    def width_limit(self) -> int | None:
        """`resize` as a number, or None for the original size."""
        return self.resize if isinstance(self.resize, int) else None

    def pixel_limit(self, *, is_still: bool) -> int:
        """Return the maximum number of pixels of a still image, or of one of several frames."""
        if isinstance(self.max_pixels, int):
            return self.max_pixels
        return MAX_STILL_PIXELS if is_still else MAX_FRAME_PIXELS


class InputOptionsDict(TypedDict, total=False):
    """The same options as keyword arguments, for type checkers and editors."""

    start_s: float
    end_s: float
    frame_rate: float
    every: int | Literal["all"] | None
    resize: int | Literal["original"] | None
    max_pixels: int | Literal["default"] | None
    timeout_s: float
