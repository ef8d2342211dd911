"""`track` and `detect`: from files to results in one call."""

from __future__ import annotations

from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from vitruvian import assembly
from vitruvian.assembly import Networks
from vitruvian.engines import threads
from vitruvian.errors import MediaError
from vitruvian.options import PoseOptions, PoseOptionsDict
from vitruvian.pipeline import ahead, latest, mapped
from vitruvian.types import as_rgb_image

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vitruvian.profile import Profile
    from vitruvian.result import PoseResult
    from vitruvian.types import Image


def track(
    source: str | PathLike[str] | int,
    *,
    profile: Profile | None = None,
    **options: Unpack[PoseOptionsDict],
) -> Iterator[PoseResult]:
    """Find people in every frame of an image, a video, a camera or a stream.

    Args:
        source: the path of a file, the number of a camera, or the address of a stream.
        profile: receives the seconds spent on "detect" and "landmark".
        options: those of `Pose`. For an image, `static_image_mode` is always true.

    Returns:
        An iterator over the results of the frames, with each frame's own timestamp. A camera or a
        broadcast does not wait: frames that arrive faster than results are requested are dropped.

    Raises:
        OptionError, WeightsError, EngineError: as `Pose`, at the call.
        MediaError: the source cannot be read, when the first result is requested.
        FrameError: a frame is too large, when its result is requested.
    """
    checked = PoseOptions(**options)
    return _track(source, checked, Networks(checked, profile))


def _track(
    source: str | PathLike[str] | int, options: PoseOptions, networks: Networks
) -> Iterator[PoseResult]:
    # FFmpeg takes as long to load as everything else.
    from vitruvian.media.opening import open_source  # noqa: PLC0415

    with open_source(source) as frames:
        if frames.is_image:
            options = replace(options, static_image_mode=True)
        stream = assembly.stream(options, networks)
        with (latest if frames.is_live else ahead)(frames) as decoded:
            for frame in decoded:
                yield stream(as_rgb_image(frame.image), frame.timestamp_s)


def detect(
    images: Iterable[Image | str | PathLike[str]],
    *,
    profile: Profile | None = None,
    **options: Unpack[PoseOptionsDict],
) -> Iterator[PoseResult]:
    """Find people in each of many images, several images at a time.

    Args:
        images: (H, W, 3) uint8 RGB arrays, or paths of files. They are read lazily, only a few
            ahead of the results that are requested.
        profile: receives the seconds spent on "detect" and "landmark".
        options: those of `Pose`. `static_image_mode` is always true, and `threads` is 1 by default.

    Returns:
        An iterator over the results, in the order of the images; `index` counts the images, and
        `timestamp_s` is 0.

    Raises:
        OptionError, WeightsError, EngineError: as `Pose`, at the call.
        FrameError: an array is not an RGB image, when its result is requested.
        MediaError: a file cannot be read, or is a video, when its result is requested.
    """
    given: PoseOptionsDict = {"threads": 1, **options, "static_image_mode": True}
    checked = PoseOptions(**given)
    return _detect(images, checked, Networks(checked, profile))


def _detect(
    images: Iterable[Image | str | PathLike[str]],
    options: PoseOptions,
    networks: Networks,
) -> Iterator[PoseResult]:
    def find(numbered: tuple[int, Image | str | PathLike[str]]) -> PoseResult:
        index, given = numbered
        image = _read(given) if isinstance(given, (str, PathLike)) else given
        result = assembly.stream(options, networks)(as_rgb_image(image), 0.0)
        return replace(result, index=index)

    with mapped(find, enumerate(images), threads.available()) as results:
        yield from results


def _read(path: str | PathLike[str]) -> Image:
    from vitruvian.media.opening import open_source  # noqa: PLC0415 - as in `_track`

    with open_source(Path(path)) as frames:
        if not frames.is_image:
            raise MediaError(f"{path} is a video: give it to track().")
        return next(iter(frames)).image
