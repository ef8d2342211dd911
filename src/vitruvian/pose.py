"""Puts the stages together: options → weights → engines → loop."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from vitruvian.engines import choice as engines
from vitruvian.engines import protocol
from vitruvian.engines import threads as engine_threads
from vitruvian.errors import ClosedError, MediaError, OptionError
from vitruvian.options import MODELS
from vitruvian.pipeline import ahead, latest, mapped
from vitruvian.profile import Profile
from vitruvian.stages import detector, landmarker
from vitruvian.stages.detector import Detector
from vitruvian.stages.landmarker import Landmarker
from vitruvian.stages.region import region_around
from vitruvian.tracking import selection
from vitruvian.tracking.search import SEARCHES, Searcher
from vitruvian.tracking.several import Crowd
from vitruvian.tracking.single import Tracker
from vitruvian.types import as_rgb_image
from vitruvian.weights import cache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Self

    from vitruvian.options import Device, EngineName, Precision
    from vitruvian.tracking.loop import Loop
    from vitruvian.tracking.search import Search
    from vitruvian.tracking.selection import Select
    from vitruvian.types import Detections, Image, PoseResult, Region

ModelComplexity: TypeAlias = int | str

_SLOWEST_FRAME_RATE, _FASTEST_FRAME_RATE = 1e-3, 1e6  # frames a second
_SEARCH_INTERVALS_S = (0.01, 3600.0)
_MOST_POSES = 1000


class Pose:
    """Finds people in pictures or in a video: the most prominent one, or as many as asked for.

    The first seven options are those of `mp.solutions.pose.Pose`.

    Args:
        static_image_mode: each frame is a picture of its own: searched anew, nothing smoothed.
            If false, the frames are a video: a person once found is followed until it is lost.
        model_complexity: 0, 1, 2 or "lite", "full", "heavy": the more exact, the slower.
        smooth_landmarks: take the jitter away; in video only.
        enable_segmentation: also say which pixels belong to the person.
        smooth_segmentation: blend each mask with the one before; in video only.
        min_detection_confidence: in [0, 1], for a person to be found.
        min_tracking_confidence: in [0, 1], for a person to be there still.
        num_poses: how many people at most; None for all. With more than one, each is followed by
            its own id (`PoseResult.ids`).
        select: whom to follow if there are more: "prominent" is MediaPipe's way, "largest",
            "centre", "first" (who is found first, and nobody else while that person is hidden), or
            a point (x, y) in parts of the picture.
        search: "frame" looks for people in the picture as a whole, as MediaPipe does; "tiles" also
            in overlapping parts of it, where small people show; "auto" in ever smaller ones, while
            they show some. None is "frame" for one prominent person, else "auto".
        search_interval_s: in video, every part is searched once in so many seconds, a few in each
            frame.
        engine: the runtime: "litert", "onnxruntime" or "openvino"; the last two are extras to
            install. None takes OpenVINO if it is there and the processor is Intel's, ONNX Runtime
            for another device, else LiteRT: with that alone, the numbers are MediaPipe's to the
            last bit.
        device: "cpu", or "cuda", "tensorrt", "coreml", "directml" with ONNX Runtime.
        precision: "float32"; "float16" or "bfloat16" where engine and device have them.
        threads: on the processor, for the networks; None chooses.
        frame_rate: of the video, for frames that come without a timestamp.
        profile: where the seconds spent on "detect" and "landmark" are added.

    Raises:
        OptionError: an option is out of its range or of the wrong type, or the engine has no such
            device or precision.
        WeightsError: the weights are not here, and no source has them.
        EngineError: the runtime or its device is not there, or fails.
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
        num_poses: int | None = 1,
        select: Select = "prominent",
        search: Search | None = None,
        search_interval_s: float = 1.0,
        engine: EngineName | None = None,
        device: Device = "cpu",
        precision: Precision = "float32",
        threads: int | None = None,
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
        _check_number("search_interval_s", search_interval_s, *_SEARCH_INTERVALS_S)
        if num_poses is not None:
            _check_whole("num_poses", num_poses, 1, _MOST_POSES)
        if search is not None and search not in SEARCHES:
            raise OptionError(f"search is {search!r}: give one of {', '.join(SEARCHES)}, or None.")
        select = selection.checked(select)
        model = _model_name(model_complexity)
        setup = protocol.Setup(device, precision, threads)
        engine, _ = engines.choose(engine, device)

        profile = profile or Profile()
        detection = engines.load(engine, detector.network(cache.pull("pose_detection")), setup)
        landmarks = engines.load(
            engine,
            landmarker.network(
                cache.pull(f"pose_landmark_{model}"), with_masks=bool(enable_segmentation)
            ),
            setup,
        )
        detect = profile.timed("detect", Detector(detection, min_detection_confidence))
        landmark = profile.timed("landmark", Landmarker(landmarks))
        options: dict[str, Any] = {"min_tracking_confidence": min_tracking_confidence, **flags}
        self._loop: Loop | None
        if num_poses == 1 and select == "prominent" and search in {None, "frame"}:
            self._loop = Tracker(_Prominent(detect), landmark, **options)
        else:
            self._loop = Crowd(
                Searcher(detect, landmark, search or "auto"),
                landmark,
                num_poses=num_poses,
                select=select,
                search_interval_s=search_interval_s,
                **options,
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
        if self._loop is None:
            raise ClosedError("This Pose was closed: make a new one.")
        if timestamp_s is None:
            timestamp_s = max(self._loop.timestamp_s + self._frame_s, 0.0)
        return self._loop(as_rgb_image(image), timestamp_s)

    __call__ = process

    def reset(self) -> None:
        """Forget everybody and the time: what comes next is another video."""
        if self._loop is not None:
            self._loop.reset()

    def close(self) -> None:
        """Free the networks. `process` raises `ClosedError` from now on."""
        self._loop = None

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
    from vitruvian.media.opening import open_source  # noqa: PLC0415 - FFmpeg takes as long to load as all the rest

    with open_source(source) as frames:
        if frames.is_image:
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
    workers = engine_threads.available()
    options = {"threads": 1, **options, "static_image_mode": True}
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
    from vitruvian.media.opening import open_source  # noqa: PLC0415 - as in `track`

    with open_source(Path(path)) as frames:
        if not frames.is_image:
            raise MediaError(f"{path} is a video: give it to track().")
        return next(iter(frames)).image


class _Prominent:
    """Where the person is of whom the detector is most certain."""

    def __init__(self, detector: Callable[[Image], list[Detections]]) -> None:
        self._detector = detector

    def __call__(self, image: Image) -> Region | None:
        (detections,) = self._detector(image)
        if not len(detections):
            return None
        return region_around(detections.keypoints[0, :2], (image.shape[1], image.shape[0]))


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


def _check_whole(name: str, value: object, least: int, greatest: int) -> None:
    is_whole = isinstance(value, (int, np.integer)) and not isinstance(value, bool)
    if not is_whole or not least <= value <= greatest:  # type: ignore[operator]
        raise OptionError(
            f"{name} is {value!r}: give a whole number from {least} to {greatest}, or None for all."
        )


def _check_number(name: str, value: object, least: float, greatest: float) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float, np.number)):
        raise OptionError(f"{name} is {value!r}: give a number from {least} to {greatest}.")
    if not least <= value <= greatest:
        raise OptionError(f"{name} is {value}: give a number from {least} to {greatest}.")
