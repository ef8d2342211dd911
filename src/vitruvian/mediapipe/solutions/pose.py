"""`mp.solutions.pose`: the native `vitruvian.Pose`, spoken to in MediaPipe's words."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

import vitruvian
from vitruvian.engines import choice as engines
from vitruvian.errors import ClosedError, FrameError, OptionError
from vitruvian.mediapipe.errors import BadImageError, BadOptionError
from vitruvian.mediapipe.framework.formats import landmark_pb2
from vitruvian.mediapipe.solutions.pose_connections import POSE_CONNECTIONS
from vitruvian.skeleton import PoseLandmark

if TYPE_CHECKING:
    from typing import Self

    from vitruvian.types import Float32, Image

__all__ = ["POSE_CONNECTIONS", "Pose", "PoseLandmark", "SolutionOutputs"]

_FRAME_US = 33_333  # MediaPipe takes every video for one of 30 frames a second


class SolutionOutputs(NamedTuple):
    """What was found in a picture. All are None where nobody is.

    Attributes:
        pose_landmarks: a NormalizedLandmarkList of 33: x, y, z as in `vitruvian.PoseResult`, and
            visibility.
        pose_world_landmarks: a LandmarkList of 33: x, y, z in metres from the hips' midpoint, and
            visibility.
        segmentation_mask: (H, W) float32 in [0, 1], read-only; None if not asked for.
    """

    pose_landmarks: Any
    pose_world_landmarks: Any
    segmentation_mask: Float32 | None


class Pose:
    """Finds the most prominent person in pictures or in a video.

    The numbers are MediaPipe's to the last bit. Several threads may use one `Pose`: it takes their
    frames in turn.

    Args:
        static_image_mode: each frame is a picture of its own: searched anew, nothing smoothed.
        model_complexity: 0, 1 or 2: the more exact, the slower.
        smooth_landmarks: take the jitter away; in video only.
        enable_segmentation: also say which pixels belong to the person.
        smooth_segmentation: blend each mask with the one before; in video only.
        min_detection_confidence: in [0, 1], for a person to be found.
        min_tracking_confidence: in [0, 1], for a person to be there still.

    Raises:
        BadOptionError: an option is out of its range or of the wrong type.
        WeightsError: the weights are not here, and no source has them.
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
        if not isinstance(model_complexity, (int, np.integer)) or model_complexity not in {0, 1, 2}:
            raise BadOptionError(f"model_complexity is {model_complexity!r}: give 0, 1 or 2.")
        try:
            self._pose: vitruvian.Pose | None = vitruvian.Pose(
                # MediaPipe takes these numbers for flags, and no others.
                static_image_mode=_flag(static_image_mode, 0, 1),
                model_complexity=int(model_complexity),
                smooth_landmarks=_flag(smooth_landmarks, 1),
                enable_segmentation=enable_segmentation,
                smooth_segmentation=_flag(smooth_segmentation, 1),
                min_detection_confidence=min_detection_confidence,
                min_tracking_confidence=min_tracking_confidence,
                engine=engines.EXACT,
            )
        except OptionError as error:
            raise BadOptionError(*error.args) from None
        self._lock = Lock()
        self._time_us = 0

    def process(self, image: Image) -> SolutionOutputs:
        """Find the person in the next frame, taken 33,333 µs after the one before.

        Args:
            image: (H, W, 3) uint8 RGB.

        Raises:
            BadImageError: the array is no RGB picture.
            ClosedError: called after `close`.
        """
        with self._lock:
            self._time_us += _FRAME_US  # a refused frame, too, takes its time
            if self._pose is None:
                raise ClosedError("This Pose was closed: make a new one.")
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
        """Forget everybody: what comes next is another video."""
        with self._lock:
            if self._pose is not None:
                self._pose.reset()

    def close(self) -> None:
        """Free the networks.

        Raises:
            ClosedError: called before.
        """
        with self._lock:
            if self._pose is None:
                raise ClosedError("This Pose was closed already.")
            self._pose.close()
            self._pose = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def _flag(value: Any, *numbers: int) -> Any:
    return bool(value) if isinstance(value, int) and value in numbers else value


# On the wire a landmark is its tag and its length, then x, y, z and visibility, each with a tag.
_WIRE = np.dtype([("head", "V2"), ("fields", [("tag", "u1"), ("value", "<f4")], 4)])
_ZERO = {"x": 0, "y": 0, "z": 0, "visibility": 0}
_ZEROS = np.frombuffer(
    landmark_pb2.LandmarkList(landmark=[_ZERO] * len(PoseLandmark)).SerializeToString(), _WIRE
)


def _message(kind: Any, landmarks: Float32, visibility: Float32) -> Any:
    """A list of landmarks; parsing bytes laid out by numpy is far faster than setting fields."""
    wire = _ZEROS.copy()
    wire["fields"]["value"] = np.column_stack((landmarks, visibility))
    return kind.FromString(wire.tobytes())
