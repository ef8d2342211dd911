"""`track`, `detect` and `frames`: files, cameras and streams in one call."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeGuard, Unpack, overload

import numpy as np

from vitruvian import assembly
from vitruvian.engines import threads
from vitruvian.errors import FrameError, MediaError
from vitruvian.inputs.folders import is_folder
from vitruvian.inputs.options import InputOptions, InputOptionsDict
from vitruvian.inputs.parsing import Camera, check_kind, parse
from vitruvian.networks import Networks
from vitruvian.options import PoseOptions, PoseOptionsDict
from vitruvian.pipeline import ahead, latest, mapped
from vitruvian.printable import printable
from vitruvian.types import as_rgb_image

# FFmpeg takes as long to load as everything else, so readers are imported when they are needed.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vitruvian.finder import Finder
    from vitruvian.inputs.source import Source
    from vitruvian.profile import Profile
    from vitruvian.result import PoseResult
    from vitruvian.types import Image

Given = np.ndarray | str | PathLike[str]
MaxPixels: TypeAlias = int | Literal["default"] | None


def frames(source: str | PathLike[str] | int, **options: Unpack[InputOptionsDict]) -> Source:
    """Open an image, a video, a camera or a stream, to read its frames.

    Args:
        source: the path of a file, a pattern of numbered images such as "frame_%04d.png", the
            number of a camera, an address, or "-" for standard input.
        options: `start_s` and `end_s` (the part of a video to read, in seconds), `frame_rate` (of
            numbered images), `every` (only each n-th frame), `resize` (the greatest width),
            `max_pixels` (of an image or a frame) and `timeout_s` (of an address).

    Returns:
        A `Source` to iterate over. Each frame has `image` (H, W, 3) uint8 RGB, upright, `index` and
        `timestamp_s`. The source has a `frame_rate` (None if unknown), `frame_count`, `size` and
        `is_live`. Broken frames are skipped; `broken.count` is their number so far. The source
        closes itself after the last frame, and at the end of a `with` block.

    Raises:
        OptionError: an option is not permitted.
        MediaError: the source cannot be read, or is a folder.
    """
    from vitruvian.media.opening import open_source

    _check_source(source, "frames")
    return open_source(source, options=InputOptions(**options))


def track(
    source: str | PathLike[str] | int,
    *,
    finder: Finder | None = None,
    profile: Profile | None = None,
    start_s: float = 0.0,
    end_s: float = math.inf,
    every: int | Literal["all"] | None = None,
    resize: int | Literal["original"] | None = None,
    max_pixels: MaxPixels = None,
    timeout_s: float = 10.0,
    **options: Unpack[PoseOptionsDict],
) -> Iterator[PoseResult]:
    """Find people in every frame of an image, a video, a camera or a stream.

    Args:
        source: the path of a file, a pattern of numbered images such as "frame_%04d.png", the
            number of a camera, an address, or "-" for standard input.
        finder: a second source of people, as of `Pose`.
        profile: receives the seconds spent on "detect", "landmark" and "find".
        start_s: what is before this time of a video is left out.
        end_s: what is after this time of a video is left out.
        every: only every n-th frame is read, beginning with the first one; None for all.
        resize: wider frames are scaled down to this width in pixels; None for none.
        max_pixels: the maximum number of pixels of an image or a frame; None for 200 million in a
            still image and 50 million in a frame of a video.
        timeout_s: how long to wait for data of an address.
        options: those of `Pose`. For an image, `static_image_mode` is always true. `frame_rate` is
            that of numbered images.

    Returns:
        An iterator over the results of the frames, with each frame's own timestamp. A camera or a
        broadcast does not wait: frames that arrive faster than results are requested are dropped.
        Broken frames are skipped, and a warning is logged.

    Raises:
        OptionError, WeightsError, EngineError: as `Pose`, at the call.
        MediaError: the source is a folder, at the call; or it cannot be read, when the first result
            is requested.
        FrameError: a frame is too large, when its result is requested.
        FinderError: as `Pose.process`, when a result is requested.
    """
    checked = PoseOptions(**options)
    of_input = InputOptions(
        start_s, end_s, checked.frame_rate, every, resize, max_pixels, timeout_s
    )
    _check_source(source, "track")
    return _track(source, checked, of_input, Networks(checked, profile, finder))


def _track(
    source: str | PathLike[str] | int,
    options: PoseOptions,
    input_options: InputOptions,
    networks: Networks,
) -> Iterator[PoseResult]:
    from vitruvian.media.opening import open_source

    with open_source(source, options=input_options) as opened:
        if opened.is_image:
            options = replace(options, static_image_mode=True)
        stream = assembly.stream(options, networks)
        with (latest if opened.is_live else ahead)(opened) as decoded:
            for frame in decoded:
                result = stream(as_rgb_image(frame.image), frame.timestamp_s)
                yield replace(result, index=frame.index)


@overload  # a text is a path, and never an iterable of paths
def detect(  # type: ignore[overload-overlap]
    images: Given,
    *,
    finder: Finder | None = None,
    profile: Profile | None = None,
    max_pixels: MaxPixels = None,
    **options: Unpack[PoseOptionsDict],
) -> PoseResult: ...


@overload
def detect(
    images: Iterable[Given],
    *,
    finder: Finder | None = None,
    profile: Profile | None = None,
    max_pixels: MaxPixels = None,
    **options: Unpack[PoseOptionsDict],
) -> Iterator[PoseResult]: ...


def detect(
    images: Given | Iterable[Given],
    *,
    finder: Finder | None = None,
    profile: Profile | None = None,
    max_pixels: MaxPixels = None,
    **options: Unpack[PoseOptionsDict],
) -> PoseResult | Iterator[PoseResult]:
    """Find people in one image, or in each of many images, several at a time.

    Args:
        images: one image, or many. An image is an array (H, W, 3) of uint8 RGB, an image of Pillow,
            or the path or the address of a file. Many images are read lazily, only a few ahead of
            the results that are requested.
        finder: a second source of people, as of `Pose`.
        profile: receives the seconds spent on "detect", "landmark" and "find".
        max_pixels: the maximum number of pixels of a file; None for 200 million.
        options: those of `Pose`. `static_image_mode` is always true, and for many images `threads`
            is 1 by default.

    Returns:
        The result of one image; or an iterator over the results of many, in the order of the
        images, where `index` counts the images. `timestamp_s` is 0.

    Raises:
        OptionError, WeightsError, EngineError: as `Pose`, at the call.
        FrameError: an array is not an RGB image, when its result is requested.
        MediaError: a file cannot be read, is a video or a folder, when its result is requested.
        FinderError: as `Pose.process`, when a result is requested.
    """
    given: PoseOptionsDict = {**options, "static_image_mode": True}
    of_input = InputOptions(max_pixels=max_pixels)
    if _is_one_image(images):
        checked = PoseOptions(**given)
        return _find(images, checked, of_input, Networks(checked, profile, finder))
    if not isinstance(images, Iterable):
        raise FrameError(
            f"images is a {type(images).__name__}: give an array (H, W, 3), a path, or several."
        )
    for_many: PoseOptionsDict = {"threads": 1, **given}
    checked = PoseOptions(**for_many)
    return _detect(images, checked, of_input, Networks(checked, profile, finder))


def _detect(
    images: Iterable[Given], options: PoseOptions, input_options: InputOptions, networks: Networks
) -> Iterator[PoseResult]:
    def find(numbered: tuple[int, Given]) -> PoseResult:
        index, image = numbered
        return replace(_find(image, options, input_options, networks), index=index)

    with mapped(find, enumerate(images), threads.available()) as results:
        yield from results


def _find(
    given: Given, options: PoseOptions, input_options: InputOptions, networks: Networks
) -> PoseResult:
    image = _read(given, input_options) if isinstance(given, (str, PathLike)) else given
    return assembly.stream(options, networks)(as_rgb_image(image), 0.0)


def _read(given: str | PathLike[str], options: InputOptions) -> Image:
    from vitruvian.media.opening import open_source

    _check_source(given, "detect")
    source = parse(given)
    if isinstance(source, Camera):  # digits, which are the name of a file here
        source = Path(given)
    with open_source(source, options=options) as opened:
        if not opened.is_image:
            raise MediaError(f"{opened.name} is a video: give it to track().")
        return next(iter(opened)).image


def _is_one_image(images: Given | Iterable[Given]) -> TypeGuard[Given]:
    if isinstance(images, (str, PathLike)):
        return True
    is_array = isinstance(images, (np.ndarray, memoryview, bytes, bytearray))
    if is_array or hasattr(images, "__array__") or hasattr(images, "__array_interface__"):
        # A batch (N, H, W, 3) is many images. What is wrong with one, `as_rgb_image` says.
        return _dimensions(images) != 4
    return False


def _dimensions(given: object) -> int:
    try:
        return np.ndim(given)  # type: ignore[arg-type]
    except Exception:  # noqa: BLE001 - it runs the object's own code; `as_rgb_image` reports it
        return 0


def _check_source(source: str | PathLike[str] | int, function: str) -> None:
    check_kind(source)
    if not isinstance(source, int) and is_folder(source):
        raise MediaError(
            f"{printable(source)} is a folder: call {function}() for each file in it, or run "
            "`vitruvian run` with it."
        )
