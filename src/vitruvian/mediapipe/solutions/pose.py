"""`mp.solutions.pose`: MediaPipe's legacy interface to `vitruvian.Pose`."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from vitruvian import pose as native
from vitruvian.engines import choice as engines
from vitruvian.errors import ClosedError, FrameError, OptionError
from vitruvian.mediapipe.errors import BadImageError, BadOptionError
from vitruvian.mediapipe.framework.formats import landmark_pb2
from vitruvian.mediapipe.solutions.pose_connections import POSE_CONNECTIONS
from vitruvian.ownership import NotCopied, OwnProcess
from vitruvian.skeleton import PoseLandmark

if TYPE_CHECKING:
    from typing import Self

    from vitruvian.types import Float32, Image

__all__ = ["POSE_CONNECTIONS", "Pose", "PoseLandmark", "SolutionOutputs"]

_FRAME_US = 33_333  # MediaPipe assumes that every video has 30 frames per second


class SolutionOutputs(NamedTuple):
    """The result for one image. All fields are None if no person was found.

    Attributes:
        pose_landmarks: a NormalizedLandmarkList of 33 landmarks: x, y and z as in
            `vitruvian.PoseResult`, and visibility.
        pose_world_landmarks: a LandmarkList of 33 landmarks: x, y and z in metres from the hips'
            midpoint, and visibility.
        segmentation_mask: (H, W) float32 in [0, 1], read-only; None unless
            `enable_segmentation` is set.
    """

    pose_landmarks: Any
    pose_world_landmarks: Any
    segmentation_mask: Float32 | None


class Pose(NotCopied):
    """Finds the most prominent person in images or in a video.

    The numbers are equal to MediaPipe's to the last bit. Several threads may share one `Pose`; it
    processes one frame at a time.

    Args:
        static_image_mode: treat the frames as unrelated images: detect the person in each, and
            smooth nothing.
        model_complexity: 0, 1 or 2. A higher number is more accurate and slower.
        smooth_landmarks: reduce jitter. Applies to video only.
        enable_segmentation: also compute which pixels belong to the person.
        smooth_segmentation: blend each mask with the previous one. Applies to video only.
        min_detection_confidence: in [0, 1], the minimum score for a person to be detected.
        min_tracking_confidence: in [0, 1], the minimum score for a person to stay tracked.

    Raises:
        BadOptionError: an option is out of its range or of the wrong type.
        WeightsError: the weights are not in the cache and no source provides them.
    """

    def __init__(
        self,
        static_image_mode: bool = False,
        model_complexity: int = 1,
        smooth_landmarks: bool = True,
        enable_segmentation: bool = False,
        smooth_segmentation: bool = True,
        min_detection_confidence: float = 0.5,
        min_tracking_confidence: float = 0.5,
    ) -> None:
        if not isinstance(model_complexity, (int, np.integer)) or model_complexity not in (0, 1, 2):
            raise BadOptionError(f"model_complexity is {model_complexity!r}: give 0, 1 or 2.")
        try:
            self._pose: native.Pose | None = native.Pose(
                # MediaPipe accepts exactly these numbers as flags.
                static_image_mode=_flag(static_image_mode, 0, 1),
                model_complexity=int(model_complexity),
                smooth_landmarks=_flag(smooth_landmarks, 1),
                enable_segmentation=enable_segmentation,
                smooth_segmentation=_flag(smooth_segmentation, 1),
                min_detection_confidence=min_detection_confidence,
                min_tracking_confidence=min_tracking_confidence,
                search="frame",
                engine=engines.EXACT,
            )
        except OptionError as error:
            raise BadOptionError(*error.args) from None
        self._lock = Lock()
        self._process = OwnProcess("Pose")
        self._time_us = 0

    def process(self, image: Image) -> SolutionOutputs:
        """Find the person in the next frame, which is 33,333 µs later than the previous one.

        Args:
            image: (H, W, 3) uint8 RGB.

        Raises:
            BadImageError: `image` is not an RGB image.
            ClosedError: `close` was called before.
        """
        self._process.check()
        with self._lock:
            self._time_us += _FRAME_US  # MediaPipe also counts rejected frames
            if self._pose is None:
                raise ClosedError("This Pose is closed: create a new one.")
            try:
                result = self._pose.process(image, self._time_us / 1e6)
            except FrameError as error:
                raise BadImageError(*error.args) from None
        if not len(result):
            return SolutionOutputs(None, None, None)
        image_landmarks, world_landmarks = result.pose_landmarks[0], result.pose_world_landmarks[0]
        visibility, masks = result.visibility[0], result.segmentation_masks
        return SolutionOutputs(
            _message(landmark_pb2.NormalizedLandmarkList, image_landmarks, visibility),
            _message(landmark_pb2.LandmarkList, world_landmarks, visibility),
            None if masks is None else masks[0],
        )

    def reset(self) -> None:
        """Discard the tracked person, so that the next frame starts a new video."""
        self._process.check()
        with self._lock:
            if self._pose is not None:
                self._pose.reset()

    def close(self) -> None:
        """Free the networks. In a forked process this does nothing.

        Raises:
            ClosedError: `close` was called before.
        """
        if not self._process.is_current:
            return  # the thread that holds the lock may not exist here
        with self._lock:
            if self._pose is None:
                raise ClosedError("This Pose is already closed: call close only once.")
            self._pose.close()
            self._pose = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def _flag(value: Any, *numbers: int) -> Any:
    """Return a bool if the value is one of the numbers, or else the value itself."""
    return bool(value) if isinstance(value, int) and value in numbers else value


# A serialized landmark: its tag and its length, then x, y, z and visibility, each with a tag.
_SERIALIZED = np.dtype([("head", "V2"), ("fields", [("tag", "u1"), ("value", "<f4")], 4)])
_ZERO_LANDMARK = {"x": 0, "y": 0, "z": 0, "visibility": 0}
_ZERO_LANDMARKS = np.frombuffer(
    landmark_pb2.LandmarkList(landmark=[_ZERO_LANDMARK] * len(PoseLandmark)).SerializeToString(),
    _SERIALIZED,
)


def _message(kind: Any, landmarks: Float32, visibility: Float32) -> Any:
    """Return a message of class `kind`.

    Parsing bytes that numpy lays out is far faster than setting the fields one by one.

    Args:
        kind: the class of the message.
        landmarks: (33, 3) x, y, z.
        visibility: (33,) in [0, 1].
    """
    serialized = _ZERO_LANDMARKS.copy()
    serialized["fields"]["value"] = np.column_stack((landmarks, visibility))
    return kind.FromString(serialized.tobytes())
