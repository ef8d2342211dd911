"""The option classes of the Tasks API, and the checks of their values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum
from operator import index
from types import NoneType
from typing import TYPE_CHECKING, SupportsFloat

from vitruvian.errors import EngineError, OptionError
from vitruvian.mediapipe.tasks.checks import check_type, converted
from vitruvian.mediapipe.tasks.errors import ArgumentTypeError, NumPosesError
from vitruvian.options import SEARCHES

if TYPE_CHECKING:
    from collections.abc import Callable

    from vitruvian.mediapipe.tasks.containers import RectF
    from vitruvian.mediapipe.tasks.image import Image
    from vitruvian.mediapipe.tasks.result import PoseLandmarkerResult
    from vitruvian.options import Search


@dataclass
class BaseOptions:
    """The model and the device that it runs on.

    Attributes:
        model_asset_path: the path of a .task file. If the file does not exist and its name is
            `pose_landmarker_lite.task`, `pose_landmarker_full.task` or
            `pose_landmarker_heavy.task`, this package's own weights are used.
        model_asset_buffer: the bytes of a .task file, which take precedence over the path.
        delegate: DEFAULT and CPU are the same; GPU is not supported.
    """

    class Delegate(IntEnum):
        """The device that a model runs on."""

        DEFAULT = 0
        CPU = 1
        GPU = 2

    model_asset_path: str | None = None
    model_asset_buffer: bytes | None = None
    delegate: Delegate | None = None


class VisionTaskRunningMode(Enum):
    """The kind of input.

    Attributes:
        IMAGE: unrelated images.
        VIDEO: the successive frames of a video.
        LIVE_STREAM: the frames of a camera; frames are dropped if they arrive too fast.
    """

    IMAGE = "IMAGE"
    VIDEO = "VIDEO"
    LIVE_STREAM = "LIVE_STREAM"


@dataclass
class PoseLandmarkerOptions:
    """The options of a `PoseLandmarker`.

    Attributes:
        base_options: the model.
        running_mode: the kind of input.
        num_poses: the maximum number of people to find, at least 1. As in MediaPipe, landmarks are
            smoothed only if it is 1.
        min_pose_detection_confidence: in [0, 1], the minimum score of the detector, which searches
            the whole image for people.
        min_pose_presence_confidence: in [0, 1], the score of the landmark model above which there
            is a person in a region.
        min_tracking_confidence: in [0, 1], the overlap (intersection over union) above which two
            regions belong to the same person.
        output_segmentation_masks: also compute which pixels belong to each person.
        result_callback: a function that is called on another thread with the result, the image,
            and its timestamp in milliseconds. Required in LIVE_STREAM mode, and not allowed in
            other modes.
        search: an option that MediaPipe does not have. "tiles" or "auto" finds people that
            MediaPipe misses, and tracks and smooths each of them, as `vitruvian.Pose` does;
            `min_tracking_confidence` is then ignored. None behaves as MediaPipe.
    """

    base_options: BaseOptions
    running_mode: VisionTaskRunningMode = VisionTaskRunningMode.IMAGE
    num_poses: int = 1
    min_pose_detection_confidence: float = 0.5
    min_pose_presence_confidence: float = 0.5
    min_tracking_confidence: float = 0.5
    output_segmentation_masks: bool = False
    result_callback: Callable[[PoseLandmarkerResult, Image, int], None] | None = None
    search: Search | None = None


@dataclass
class ImageProcessingOptions:
    """How to process one image.

    Attributes:
        region_of_interest: has to be None, because the pose task does not support it.
        rotation_degrees: the clockwise rotation of the image before detection, a multiple of 90. As
            in MediaPipe, the landmarks are not rotated back, so that only 0 gives correct
            landmarks. Rotate the image itself instead.
    """

    region_of_interest: RectF | None = None
    rotation_degrees: int = 0


def check_landmarker(options: PoseLandmarkerOptions) -> None:
    """Check the options of a `PoseLandmarker`.

    Where MediaPipe has an error message for the same case, the message here is the same.

    Raises:
        ArgumentTypeError: an option has the wrong type.
        NumPosesError: `num_poses` is less than one.
        OptionError: a confidence is out of its range, or the callback does not match the mode.
        EngineError: `delegate` is GPU.
    """
    check_type("options", options, PoseLandmarkerOptions, "PoseLandmarkerOptions")
    base = options.base_options
    check_type("base_options", base, BaseOptions, "BaseOptions")
    check_type("model_asset_path", base.model_asset_path, (str, NoneType), "a string")
    check_type("model_asset_buffer", base.model_asset_buffer, (bytes, NoneType), "bytes")
    check_type("delegate", base.delegate, (BaseOptions.Delegate, NoneType), "a Delegate")
    if base.delegate == BaseOptions.Delegate.GPU:
        raise EngineError("delegate is GPU, which is not supported: give Delegate.CPU.")

    mode, callback = options.running_mode, options.result_callback
    check_type("running_mode", mode, VisionTaskRunningMode, "a RunningMode")
    if mode is VisionTaskRunningMode.LIVE_STREAM:
        if callback is None:
            raise OptionError(
                "The vision task is in live stream mode, a user-defined result callback must be "
                "provided."
            )
        if not callable(callback):
            raise ArgumentTypeError(f"result_callback is {callback!r}: give a function.")
    elif callback is not None:
        raise OptionError(
            "The vision task is in image or video mode, a user-defined result callback should not "
            "be provided."
        )

    check_type("search", options.search, (str, NoneType), f"one of {', '.join(SEARCHES)}")
    if options.search is not None and options.search not in SEARCHES:
        raise OptionError(f"search is {options.search!r}: give one of {', '.join(SEARCHES)}.")
    converted("output_segmentation_masks", options.output_segmentation_masks, bool, "a bool")
    num_poses = converted("num_poses", options.num_poses, index, "a whole number")
    if num_poses < 1:
        raise NumPosesError(f"num_poses is {num_poses}: give a whole number from 1.")
    for name in (
        "min_pose_detection_confidence",
        "min_pose_presence_confidence",
        "min_tracking_confidence",
    ):
        value = getattr(options, name)
        check_type(name, value, SupportsFloat, "a number from 0 to 1")
        if not 0 <= converted(name, value, float, "a number from 0 to 1") <= 1:
            raise OptionError(
                f"Invalid `{name}` option: value must be in the range [0.0, 1.0], not {value}."
            )


def check_processing(options: ImageProcessingOptions) -> None:
    """Check the options for processing one image. The messages are MediaPipe's.

    Raises:
        ArgumentTypeError: an option has the wrong type.
        OptionError: a region of interest is given, or the rotation is not a multiple of 90 degrees.
    """
    check_type(
        "image_processing_options", options, ImageProcessingOptions, "ImageProcessingOptions"
    )
    degrees = converted("rotation_degrees", options.rotation_degrees, index, "a multiple of 90")
    if degrees % 90:
        raise OptionError("Expected rotation to be a multiple of 90°.")
    if options.region_of_interest is not None:
        raise OptionError("This task doesn't support region-of-interest.")
