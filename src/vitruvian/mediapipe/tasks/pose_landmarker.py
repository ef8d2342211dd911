"""Finds poses in pictures, videos and live streams: the way in of the reference's Tasks API."""

from __future__ import annotations

import math
from operator import index
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, SupportsIndex, TypeVar

import numpy as np

from vitruvian.errors import ClosedError, FrameError, OptionError, TimestampError
from vitruvian.mediapipe.tasks import bundle
from vitruvian.mediapipe.tasks.checks import check_type
from vitruvian.mediapipe.tasks.containers import Landmark, NormalizedLandmark
from vitruvian.mediapipe.tasks.image import Image, ImageFormat
from vitruvian.mediapipe.tasks.live_stream import LiveStream
from vitruvian.mediapipe.tasks.options import (
    BaseOptions,
    ImageProcessingOptions,
    PoseLandmarkerOptions,
    VisionTaskRunningMode,
    check_landmarker,
    check_processing,
)
from vitruvian.mediapipe.tasks.people import HEATMAP_WINDOW, MIN_OVERLAP, People
from vitruvian.mediapipe.tasks.result import PoseLandmarkerResult, PoseLandmarksConnections
from vitruvian.skeleton import PoseLandmark
from vitruvian.stages.detector import Detector
from vitruvian.stages.landmarker import Landmarker
from vitruvian.stages.rounding import TASKS_1_2_2
from vitruvian.tracking.search import Searcher
from vitruvian.tracking.several import Crowd
from vitruvian.types import as_rgb_image

if TYPE_CHECKING:
    from typing import Self

    from vitruvian.types import Float32, Landmarks, PoseResult
    from vitruvian.types import Image as Pixels

__all__ = [
    "PoseLandmark",
    "PoseLandmarker",
    "PoseLandmarkerOptions",
    "PoseLandmarkerResult",
    "PoseLandmarksConnections",
]

_IMAGE = VisionTaskRunningMode.IMAGE
_VIDEO = VisionTaskRunningMode.VIDEO
_LIVE_STREAM = VisionTaskRunningMode.LIVE_STREAM

_Point = TypeVar("_Point", Landmark, NormalizedLandmark)


class _Frame(NamedTuple):
    image: Image
    rgb: Pixels
    timestamp_ms: int
    rotation_degrees: int


class PoseLandmarker:
    """Finds poses.

    The numbers are MediaPipe's to the last digit. It may be used from several threads: one call
    waits for the other.

    Raises:
        ArgumentTypeError: an option has the wrong type.
        OptionError: an option is out of its range, or a callback is missing or too many.
        BundleError: the model cannot be used.
        EngineError: the GPU is asked for.
    """

    def __init__(self, options: PoseLandmarkerOptions) -> None:
        check_landmarker(options)
        detector_engine, landmarker_engine = bundle.load(
            options.base_options, with_masks=bool(options.output_segmentation_masks)
        )
        detector = Detector(
            detector_engine, options.min_pose_detection_confidence, MIN_OVERLAP, TASKS_1_2_2
        )
        landmarker = Landmarker(landmarker_engine, HEATMAP_WINDOW, TASKS_1_2_2)
        is_video = options.running_mode is not _IMAGE
        self._search = options.search
        self._loop: People | Crowd
        if options.search is None:
            self._loop = People(
                detector,
                landmarker,
                num_poses=index(options.num_poses),
                min_presence=options.min_pose_presence_confidence,
                min_tracking_overlap=options.min_tracking_confidence,
                is_video=is_video,
            )
        else:
            self._loop = Crowd(
                Searcher(detector, landmarker, options.search),
                landmarker,
                num_poses=index(options.num_poses),
                static_image_mode=not is_video,
                smooth_landmarks=True,
                enable_segmentation=bool(options.output_segmentation_masks),
                smooth_segmentation=True,
                min_tracking_confidence=options.min_pose_presence_confidence,
            )
        self._mode = options.running_mode
        self._stream: LiveStream[_Frame] | None = None
        if options.result_callback:
            self._stream = LiveStream(self._answer, options.result_callback)
        self._lock = Lock()
        self._last_timestamp_ms = -math.inf
        self._is_closed = False

    @classmethod
    def create_from_model_path(cls, model_path: str) -> Self:
        """For pictures, with the model of a .task file and the default options."""
        return cls(PoseLandmarkerOptions(BaseOptions(model_asset_path=model_path)))

    @classmethod
    def create_from_options(cls, options: PoseLandmarkerOptions) -> Self:
        """With the options given."""
        return cls(options)

    def detect(
        self, image: Image, image_processing_options: ImageProcessingOptions | None = None
    ) -> PoseLandmarkerResult:
        """Find people in a picture. In IMAGE mode.

        Raises:
            ArgumentTypeError: an argument has the wrong type.
            OptionError: the mode is another, or the picture is to be cut, or turned by no multiple
                of 90 degrees.
            FrameError: the image is neither SRGB nor SRGBA, or is empty or too large.
            ClosedError: called after `close`.
        """
        frame = _frame(image, 0, image_processing_options)
        with self._lock:
            self._admit(_IMAGE, frame)
            return self._detect(frame)

    def detect_for_video(
        self,
        image: Image,
        timestamp_ms: int,
        image_processing_options: ImageProcessingOptions | None = None,
    ) -> PoseLandmarkerResult:
        """Find people in the next frame of a video. In VIDEO mode.

        Raises:
            TimestampError: `timestamp_ms` is not greater than in the call before.
            VitruvianError: as in `detect`.
        """
        frame = _frame(image, timestamp_ms, image_processing_options)
        with self._lock:
            self._admit(_VIDEO, frame)
            return self._detect(frame)

    def detect_async(
        self,
        image: Image,
        timestamp_ms: int,
        image_processing_options: ImageProcessingOptions | None = None,
    ) -> None:
        """Take the next frame of a live stream in, and return at once. In LIVE_STREAM mode.

        The callback gets its result, unless a newer frame came in before it was this one's turn.

        Raises:
            TimestampError: `timestamp_ms` is not greater than in the call before.
            VitruvianError: as in `detect`.
        """
        frame = _frame(image, timestamp_ms, image_processing_options)
        with self._lock:
            self._admit(_LIVE_STREAM, frame)
            if self._stream:  # as there is in this mode
                self._stream.send(frame)

    def close(self) -> None:
        """Accept no more frames. Those taken in are finished, and so are their callbacks."""
        with self._lock:
            self._is_closed = True
        if self._stream:
            self._stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _admit(self, mode: VisionTaskRunningMode, frame: _Frame) -> None:
        """Check that a frame may come now. The words are the reference's."""
        if self._is_closed:
            raise ClosedError("This PoseLandmarker was closed: make a new one.")
        if mode is not self._mode:
            raise OptionError(
                f"Task is not initialized with the {_spoken(mode)}. "
                f"Current running mode:{_spoken(self._mode)}"
            )
        if self._search and frame.rotation_degrees % 360:
            raise OptionError(f"search={self._search!r} takes no rotation_degrees: turn the image.")
        if mode is not _IMAGE:
            if frame.timestamp_ms <= self._last_timestamp_ms:
                raise TimestampError("Input timestamp must be monotonically increasing.")
            self._last_timestamp_ms = frame.timestamp_ms

    def _detect(self, frame: _Frame) -> PoseLandmarkerResult:
        found: Landmarks | PoseResult
        if isinstance(self._loop, Crowd):
            found = self._loop(frame.rgb, frame.timestamp_ms / 1000)
            places, world = found.pose_landmarks, found.pose_world_landmarks
            masks = found.segmentation_masks
        else:
            found = self._loop(frame.rgb, frame.timestamp_ms, frame.rotation_degrees)
            places, world, masks = found.landmarks, found.world_landmarks, found.masks
        sureness = np.stack((found.visibility, found.presence), axis=-1)
        return PoseLandmarkerResult(
            _points(NormalizedLandmark, places, sureness),
            _points(Landmark, world, sureness),
            [Image(ImageFormat.VEC32F1, mask) for mask in (() if masks is None else masks)] or None,
        )

    def _answer(self, frame: _Frame) -> tuple[PoseLandmarkerResult, Image, int]:
        return self._detect(frame), frame.image, frame.timestamp_ms


def _spoken(mode: VisionTaskRunningMode) -> str:
    return f"{mode.value.lower().replace('_', ' ')} mode"


def _frame(image: Image, timestamp_ms: int, options: ImageProcessingOptions | None) -> _Frame:
    """What was given, checked."""
    options = options or ImageProcessingOptions()
    check_processing(options)
    check_type("image", image, Image, "an Image of vitruvian.mediapipe")
    check_type("timestamp_ms", timestamp_ms, SupportsIndex, "a whole number of milliseconds")
    if image.image_format not in {ImageFormat.SRGB, ImageFormat.SRGBA}:
        raise FrameError(f"The image is {image.image_format.name}: give one in SRGB or SRGBA.")
    rgb = as_rgb_image(image.numpy_view()[:, :, :3])
    return _Frame(image, rgb, index(timestamp_ms), index(options.rotation_degrees))


def _points(kind: type[_Point], places: Float32, sureness: Float32) -> list[list[_Point]]:
    """Places (N, 33, 3), visibility and presence (N, 33, 2), in the reference's classes."""
    numbers = np.concatenate((places, sureness), axis=-1).tolist()
    return [[kind(*point) for point in person] for person in numbers]
