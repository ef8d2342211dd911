"""`PoseLandmarker`, the entry point of the Tasks API, for images, videos and live streams."""

from __future__ import annotations

import math
from functools import partial
from operator import index
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from vitruvian.assembly import people_tracker
from vitruvian.errors import ClosedError, OptionError, TimestampError
from vitruvian.mediapipe.tasks import bundle
from vitruvian.mediapipe.tasks.containers import Landmark, NormalizedLandmark
from vitruvian.mediapipe.tasks.frame import Frame, checked_frame
from vitruvian.mediapipe.tasks.image import Image, ImageFormat
from vitruvian.mediapipe.tasks.live_stream import LiveStream
from vitruvian.mediapipe.tasks.options import (
    BaseOptions,
    ImageProcessingOptions,
    PoseLandmarkerOptions,
    VisionTaskRunningMode,
    check_landmarker,
)
from vitruvian.mediapipe.tasks.people import People
from vitruvian.mediapipe.tasks.result import PoseLandmarkerResult, PoseLandmarksConnections
from vitruvian.options import MAX_POSES, PoseOptions
from vitruvian.ownership import NotCopied, OwnProcess
from vitruvian.skeleton import PoseLandmark
from vitruvian.stages.detector import Detector
from vitruvian.stages.landmarker import Landmarker
from vitruvian.stages.mediapipe_versions import TASKS_1_2_2
from vitruvian.tracking.candidates import lowest_score

if TYPE_CHECKING:
    from typing import Self

    from vitruvian.tracking.protocol import Tracker
    from vitruvian.types import Float32

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


class PoseLandmarker(NotCopied):
    """Finds poses in images, videos and live streams.

    The numbers are equal to MediaPipe's to the last digit. Several threads may share one
    `PoseLandmarker`; it processes one frame at a time.

    Raises:
        ArgumentTypeError: an option has the wrong type.
        OptionError: an option is out of its range, or the callback does not match the mode.
        BundleError: the model cannot be used.
        EngineError: the delegate is GPU.
    """

    def __init__(self, options: PoseLandmarkerOptions) -> None:
        check_landmarker(options)
        detector_engine, landmarker_engine = bundle.load(
            options.base_options, with_masks=bool(options.output_segmentation_masks)
        )
        detector = Detector(detector_engine, reference=TASKS_1_2_2)
        min_detection = float(options.min_pose_detection_confidence)
        landmarker = Landmarker(landmarker_engine, reference=TASKS_1_2_2)
        is_video = options.running_mode is not _IMAGE
        self._search = options.search
        self._loop: People | Tracker
        if options.search is None:
            self._loop = People(
                partial(detector, min_confidence=min_detection),
                landmarker,
                num_poses=index(options.num_poses),
                min_presence=float(options.min_pose_presence_confidence),
                min_tracking_overlap=float(options.min_tracking_confidence),
                is_video=is_video,
            )
        else:
            tracking = PoseOptions(
                static_image_mode=not is_video,
                num_poses=min(index(options.num_poses), MAX_POSES),
                search=options.search,
                min_detection_confidence=min_detection,
                min_tracking_confidence=float(options.min_pose_presence_confidence),
            )
            detect = partial(detector, min_confidence=lowest_score(options.search, min_detection))
            self._loop = people_tracker(tracking, detect, landmarker, TASKS_1_2_2)
        self._mode = options.running_mode
        self._stream: LiveStream[Frame] | None = None
        if options.result_callback is not None:
            self._stream = LiveStream(self._callback_arguments, options.result_callback)
        self._lock = Lock()
        self._process = OwnProcess("PoseLandmarker")
        self._last_timestamp_ms = -math.inf
        self._is_closed = False

    @classmethod
    def create_from_model_path(cls, model_path: str) -> Self:
        """Create a `PoseLandmarker` for images from a .task file, with the default options."""
        return cls(PoseLandmarkerOptions(BaseOptions(model_asset_path=model_path)))

    @classmethod
    def create_from_options(cls, options: PoseLandmarkerOptions) -> Self:
        """Create a `PoseLandmarker` with these options."""
        return cls(options)

    def detect(
        self, image: Image, image_processing_options: ImageProcessingOptions | None = None
    ) -> PoseLandmarkerResult:
        """Find people in an image. Requires IMAGE mode.

        Raises:
            ArgumentTypeError: an argument has the wrong type.
            OptionError: the running mode is another one, a region of interest is given, or the
                rotation is not a multiple of 90 degrees.
            FrameError: the image is neither SRGB nor SRGBA, or it is empty or too large.
            ClosedError: `close` was called before.
        """
        frame = checked_frame(image, 0, image_processing_options)
        self._process.check()
        with self._lock:
            self._admit(_IMAGE, frame)
            return self._detect(frame)

    def detect_for_video(
        self,
        image: Image,
        timestamp_ms: int,
        image_processing_options: ImageProcessingOptions | None = None,
    ) -> PoseLandmarkerResult:
        """Find people in the next frame of a video. Requires VIDEO mode.

        Raises:
            TimestampError: `timestamp_ms` is not greater than in the previous call.
            VitruvianError: as in `detect`.
        """
        frame = checked_frame(image, timestamp_ms, image_processing_options)
        self._process.check()
        with self._lock:
            self._admit(_VIDEO, frame)
            return self._detect(frame)

    def detect_async(
        self,
        image: Image,
        timestamp_ms: int,
        image_processing_options: ImageProcessingOptions | None = None,
    ) -> None:
        """Accept the next frame of a live stream and return at once. Requires LIVE_STREAM mode.

        The callback receives the result, unless a newer frame replaces this one while it waits.

        Raises:
            TimestampError: `timestamp_ms` is not greater than in the previous call.
            VitruvianError: as in `detect`.
        """
        frame = checked_frame(image, timestamp_ms, image_processing_options)
        self._process.check()
        with self._lock:
            self._admit(_LIVE_STREAM, frame)
            if self._stream:  # always there in this mode
                self._stream.send(frame)

    def close(self) -> None:
        """Accept no more frames, and finish those of the live stream, with their callbacks.

        In a forked process this does nothing.
        """
        if not self._process.is_current:
            return  # the thread that holds the lock, and those of the stream, may not exist here
        with self._lock:
            self._is_closed = True
        if self._stream:
            self._stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _admit(self, mode: VisionTaskRunningMode, frame: Frame) -> None:
        """Check that a frame is allowed now. Messages about mode and timestamp are MediaPipe's."""
        if self._is_closed:
            raise ClosedError("This PoseLandmarker is closed: create a new one.")
        if mode is not self._mode:
            raise OptionError(
                f"Task is not initialized with the {_mode_name(mode)}. "
                f"Current running mode:{_mode_name(self._mode)}"
            )
        if self._search and frame.rotation_degrees % 360:
            raise OptionError(
                f"search={self._search!r} needs rotation_degrees=0: rotate the image."
            )
        if mode is not _IMAGE:
            if frame.timestamp_ms <= self._last_timestamp_ms:
                raise TimestampError("Input timestamp must be monotonically increasing.")
            self._last_timestamp_ms = frame.timestamp_ms

    def _detect(self, frame: Frame) -> PoseLandmarkerResult:
        if isinstance(self._loop, People):
            found = self._loop(frame.rgb, frame.timestamp_ms, frame.rotation_degrees)
        else:
            found, _ = self._loop(frame.rgb, frame.timestamp_ms / 1000)
        confidence = np.stack((found.visibility, found.presence), axis=-1)
        masks = () if found.masks is None else found.masks
        return PoseLandmarkerResult(
            _points(NormalizedLandmark, found.landmarks, confidence),
            _points(Landmark, found.world_landmarks, confidence),
            [Image(ImageFormat.VEC32F1, mask) for mask in masks] or None,
        )

    def _callback_arguments(self, frame: Frame) -> tuple[PoseLandmarkerResult, Image, int]:
        return self._detect(frame), frame.image, frame.timestamp_ms


def _mode_name(mode: VisionTaskRunningMode) -> str:
    """Return the mode as MediaPipe's messages write it."""
    return f"{mode.value.lower().replace('_', ' ')} mode"


def _points(kind: type[_Point], landmarks: Float32, confidence: Float32) -> list[list[_Point]]:
    """Return a list of landmarks for each person.

    Args:
        kind: the class of the landmarks.
        landmarks: (N, 33, 3) x, y, z.
        confidence: (N, 33, 2) visibility and presence.
    """
    numbers = np.concatenate((landmarks, confidence), axis=-1).tolist()
    return [[kind(*point) for point in person] for person in numbers]
