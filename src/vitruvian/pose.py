"""Puts the stages together: options → weights → engines → tracker."""

from __future__ import annotations

import os
from dataclasses import replace
from inspect import signature
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from vitruvian import detector, engines, landmarker
from vitruvian.detector import Detector
from vitruvian.errors import ClosedError, FrameError, MediaError, OptionError
from vitruvian.geometry import MAX_SIDE_PX
from vitruvian.landmarker import Landmarker
from vitruvian.pipeline import ahead, cores, latest, mapped
from vitruvian.profile import Profile
from vitruvian.tracker import Tracker
from vitruvian.weights import store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from typing_extensions import Self

    from vitruvian.types import Image, PoseResult

ModelComplexity: TypeAlias = int | str

MODELS = ("lite", "full", "heavy")  # model_complexity 0, 1, 2
_SLOWEST_FRAME_RATE, _FASTEST_FRAME_RATE = 1e-3, 1e6  # frames a second


class Pose:
    """Finds the most prominent person in pictures or in a video.

    The options are those of `mp.solutions.pose.Pose`:

    Args:
        static_image_mode: each frame is a picture of its own: searched anew, nothing smoothed.
            If false, the frames are a video: a person once found is followed until it is lost.
        model_complexity: 0, 1, 2 or "lite", "full", "heavy": the more exact, the slower.
        smooth_landmarks: take the jitter away; in video only.
        enable_segmentation: also say which pixels belong to the person.
        smooth_segmentation: blend each mask with the one before; in video only.
        min_detection_confidence: in [0, 1], for a person to be found.
        min_tracking_confidence: in [0, 1], for a person to be there still.
        engine: the runtime, "litert" or "onnxruntime" (an extra to install). LiteRT is what
            MediaPipe runs on: with it, the numbers are MediaPipe's to the last bit.
        frame_rate: of the video, for frames that come without a timestamp.
        profile: where the seconds spent on "detect" and "landmark" are added.

    Raises:
        OptionError: an option is out of its range or of the wrong type.
        WeightsError: the weights are not here, and no source has them.
        EngineError: the runtime is not installed, or fails.
    """

    def __init__(
        self,
        static_image_mode: bool = False,
        model_complexity: ModelComplexity = 1,
        smooth_landmarks: bool = True,
        enable_segmentation: bool = False,
        smooth_segmentation: bool = True,
        min_detection_confidence: float = 0.5,
        min_tracking_confidence: float = 0.5,
        *,
        engine: str = engines.DEFAULT,
        frame_rate: float = 30.0,
        profile: Profile | None = None,
    ) -> None:
        flags = {
            "static_image_mode": static_image_mode,
            "smooth_landmarks": smooth_landmarks,
            "enable_segmentation": enable_segmentation,
            "smooth_segmentation": smooth_segmentation,
        }
        for name, flag in flags.items():
            _check_flag(name, flag)
        _check_number("min_detection_confidence", min_detection_confidence, 0, 1)
        _check_number("min_tracking_confidence", min_tracking_confidence, 0, 1)
        _check_number("frame_rate", frame_rate, _SLOWEST_FRAME_RATE, _FASTEST_FRAME_RATE)
        model = _model_name(model_complexity)

        profile = profile or Profile()
        detection = engines.load(engine, detector.network(store.pull("pose_detection")))
        landmarks = engines.load(
            engine,
            landmarker.network(
                store.pull(f"pose_landmark_{model}"), with_masks=bool(enable_segmentation)
            ),
        )
        self._tracker: Tracker | None = Tracker(
            profile.timed("detect", Detector(detection, min_detection_confidence)),
            profile.timed("landmark", Landmarker(landmarks)),
            min_tracking_confidence=min_tracking_confidence,
            **flags,
        )
        self._frame_s = 1 / frame_rate

    def process(self, image: Image, timestamp_s: float | None = None) -> PoseResult:
        """Find the person in the next frame.

        Args:
            image: (H, W, 3) uint8 RGB.
            timestamp_s: its time in seconds, greater than that of the frame before. If left out,
                one frame of `frame_rate` after it. Pictures (`static_image_mode`) need none.

        Raises:
            FrameError: the array is no RGB picture.
            TimestampError: the timestamp is not greater than the one before.
            ClosedError: called after `close`.
        """
        if self._tracker is None:
            raise ClosedError("This Pose was closed: make a new one.")
        if timestamp_s is None:
            timestamp_s = max(self._tracker.timestamp_s + self._frame_s, 0.0)
        return self._tracker(_checked(image), timestamp_s)

    __call__ = process

    def reset(self) -> None:
        """Forget everybody and the time: what comes next is another video."""
        if self._tracker is not None:
            self._tracker.reset()

    def close(self) -> None:
        """Free the networks. `process` raises `ClosedError` from now on."""
        self._tracker = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def track(source: str | os.PathLike[str] | int, **options: Any) -> Iterator[PoseResult]:
    """Find the person in every frame of a picture, a video, a camera or a stream.

    Args:
        source: a file, a camera's number, or a stream's address.
        options: those of `Pose`. A picture is always a `static_image_mode`.

    Yields:
        One result a frame, with the frame's own timestamp. A camera or broadcast does not wait:
        its frames that come faster than they are asked for are left out.

    Raises:
        MediaError: the source cannot be read.
    """
    from vitruvian import media  # noqa: PLC0415 - FFmpeg takes as long to load as all the rest

    with media.open_source(source) as frames:
        if frames.is_picture:
            options["static_image_mode"] = True
        with Pose(**options) as pose, (latest if frames.is_live else ahead)(frames) as decoded:
            for frame in decoded:
                yield pose.process(frame.image, frame.timestamp_s)


def detect(
    pictures: Iterable[Image | str | os.PathLike[str]], **options: Any
) -> Iterator[PoseResult]:
    """Find the person in each of many pictures, several at a time.

    Args:
        pictures: (H, W, 3) uint8 RGB, or files; read only a few ahead of what is asked for.
        options: those of `Pose`, always with `static_image_mode`.

    Yields:
        One result a picture, in their order; `index` counts the pictures, `timestamp_s` is 0.

    Raises:
        FrameError: an array is no RGB picture.
        MediaError: a file cannot be read, or is a video.
    """
    workers = cores()
    options = {**threads_each(workers), **options, "static_image_mode": True}
    idle: SimpleQueue[Pose] = SimpleQueue()
    idle.put(Pose(**options))  # bad options are refused even where there is no picture

    def find(index: int, picture: Image | str | os.PathLike[str]) -> PoseResult:
        image = _read(picture) if isinstance(picture, (str, os.PathLike)) else picture
        try:
            pose = idle.get_nowait()
        except Empty:
            pose = Pose(**options)
        result = pose.process(image, 0.0)
        idle.put(pose)
        return replace(result, index=index)

    with mapped(lambda numbered: find(*numbered), enumerate(pictures), workers) as results:
        yield from results


def _read(path: str | os.PathLike[str]) -> Image:
    from vitruvian import media  # noqa: PLC0415 - as in `track`

    with media.open_source(Path(path)) as frames:
        if not frames.is_picture:
            raise MediaError(f"{path} is a video: give it to track().")
        return next(iter(frames)).image


def threads_each(poses: int) -> dict[str, int]:
    """The option with which several `Pose`s at work at the same time share the cores."""
    if poses == 1 or "threads" not in signature(Pose).parameters:
        return {}
    return {"threads": max(1, cores() // poses)}


def _model_name(model_complexity: ModelComplexity) -> str:
    if isinstance(model_complexity, int) and not isinstance(model_complexity, bool):
        if 0 <= model_complexity < len(MODELS):
            return MODELS[model_complexity]
    elif model_complexity in MODELS:
        return model_complexity
    raise OptionError(
        f"model_complexity is {model_complexity!r}: give 0, 1, 2, or one of {MODELS}."
    )


def _check_flag(name: str, value: object) -> None:
    if not isinstance(value, (bool, np.bool_)):
        raise OptionError(f"{name} is {value!r}: give True or False.")


def _check_number(name: str, value: object, least: float, greatest: float) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float, np.number)):
        raise OptionError(f"{name} is {value!r}: give a number from {least} to {greatest}.")
    if not least <= value <= greatest:
        raise OptionError(f"{name} is {value}: give a number from {least} to {greatest}.")


def _checked(image: object) -> Image:
    """The array, contiguous, if it is an RGB picture. The words are the reference's."""
    if not isinstance(image, np.ndarray):
        raise FrameError(f"The frame is a {type(image).__name__}: give a numpy array (H, W, 3).")
    if image.ndim != 3 or image.shape[2] != 3:
        raise FrameError(
            f"Input image must contain three channel rgb data. Its shape is {image.shape}."
        )
    if image.dtype != np.uint8:
        raise FrameError(f"The frame is {image.dtype}: convert it to uint8, from 0 to 255.")
    if not 0 < min(image.shape[:2]) <= max(image.shape[:2]) <= MAX_SIDE_PX:
        raise FrameError(
            f"The frame is {image.shape[1]}x{image.shape[0]} pixels: give one with sides from 1 "
            f"to {MAX_SIDE_PX}."
        )
    return np.ascontiguousarray(image)
