"""What a task is told: the reference's classes of options, and what is refused of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum
from operator import index
from types import NoneType
from typing import TYPE_CHECKING, SupportsFloat, SupportsIndex

from vitruvian.errors import EngineError, OptionError
from vitruvian.mediapipe.tasks.checks import check_type
from vitruvian.mediapipe.tasks.errors import ArgumentTypeError, NumPosesError
from vitruvian.tracking.search import SEARCHES

if TYPE_CHECKING:
    from collections.abc import Callable

    from vitruvian.mediapipe.tasks.containers import RectF
    from vitruvian.mediapipe.tasks.image import Image
    from vitruvian.mediapipe.tasks.result import PoseLandmarkerResult
    from vitruvian.tracking.search import Search


@dataclass
class BaseOptions:
    """Which model, and what it runs on.

    Attributes:
        model_asset_path: a .task file. Where `pose_landmarker_lite.task`, `..._full.task` or
            `..._heavy.task` is not there, this package's own weights are meant.
        model_asset_buffer: the bytes of a .task file, which are taken if both are given.
        delegate: DEFAULT and CPU are the same; there is no GPU.
    """

    class Delegate(IntEnum):
        """What a model runs on."""

        DEFAULT = 0
        CPU = 1
        GPU = 2

    model_asset_path: str | None = None
    model_asset_buffer: bytes | None = None
    delegate: Delegate | None = None


class VisionTaskRunningMode(Enum):
    """What the pictures are.

    Attributes:
        IMAGE: each is a picture of its own.
        VIDEO: they are the frames of a video, one after the other.
        LIVE_STREAM: they are the frames of a camera, and some are left out if there are too many.
    """

    IMAGE = "IMAGE"
    VIDEO = "VIDEO"
    LIVE_STREAM = "LIVE_STREAM"


@dataclass
class PoseLandmarkerOptions:
    """What a `PoseLandmarker` is told.

    Attributes:
        base_options: the model.
        running_mode: what the pictures are.
        num_poses: how many people to find at most, from 1. As in the reference, only one person is
            smoothed: the landmarks of several people are those of each frame alone.
        min_pose_detection_confidence: in [0, 1], for a person to be seen in the whole picture.
        min_pose_presence_confidence: in [0, 1], for a person to be there when looked at closely.
        min_tracking_confidence: in [0, 1], how much two regions overlap (intersection over union)
            that are of the same person.
        output_segmentation_masks: also say which pixels belong to each person.
        result_callback: in LIVE_STREAM mode, and only there, called on another thread with the
            result, the image, and its timestamp in milliseconds.
        search: not in the reference: "tiles" or "auto" finds people whom it misses, and follows and
            smooths each of them, as `vitruvian.Pose` does; then `min_tracking_confidence` is of no
            use. None does as the reference.
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
    """How a picture is to be looked at.

    Attributes:
        region_of_interest: not for poses: refused unless None.
        rotation_degrees: how far the picture is turned, clockwise, for people to be searched in it:
            a multiple of 90. As in the reference, what is found is not turned back, so that nothing
            but 0 gives landmarks that are right. Turn the picture itself instead.
    """

    region_of_interest: RectF | None = None
    rotation_degrees: int = 0


def check_landmarker(options: PoseLandmarkerOptions) -> None:
    """Refuse what a `PoseLandmarker` cannot be told. The words are the reference's, if it has any.

    Raises:
        ArgumentTypeError: an option has the wrong type.
        NumPosesError: nobody is asked for.
        OptionError: a confidence is out of its range, or a callback is missing or too many.
        EngineError: the GPU is asked for.
    """
    check_type("options", options, PoseLandmarkerOptions, "PoseLandmarkerOptions")
    base = options.base_options
    check_type("base_options", base, BaseOptions, "BaseOptions")
    check_type("model_asset_path", base.model_asset_path, (str, NoneType), "a string")
    check_type("model_asset_buffer", base.model_asset_buffer, (bytes, NoneType), "bytes")
    check_type("delegate", base.delegate, (BaseOptions.Delegate, NoneType), "a Delegate")
    if base.delegate == BaseOptions.Delegate.GPU:
        raise EngineError("There is no engine for the GPU here: take Delegate.CPU.")

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
    elif callback:
        raise OptionError(
            "The vision task is in image or video mode, a user-defined result callback should not "
            "be provided."
        )

    if options.search is not None and options.search not in SEARCHES:
        raise OptionError(f"search is {options.search!r}: give one of {', '.join(SEARCHES)}.")
    check_type("num_poses", options.num_poses, SupportsIndex, "a whole number")
    if index(options.num_poses) < 1:
        raise NumPosesError(f"num_poses is {options.num_poses}: give a whole number from 1.")
    for name in (
        "min_pose_detection_confidence",
        "min_pose_presence_confidence",
        "min_tracking_confidence",
    ):
        value = getattr(options, name)
        check_type(name, value, SupportsFloat, "a number from 0 to 1")
        if not 0 <= value <= 1:
            raise OptionError(
                f"Invalid `{name}` option: value must be in the range [0.0, 1.0], not {value}."
            )


def check_processing(options: ImageProcessingOptions) -> None:
    """Refuse what a `PoseLandmarker` cannot do with a picture. The words are the reference's.

    Raises:
        ArgumentTypeError: an option has the wrong type.
        OptionError: the picture is to be cut, or turned by no multiple of 90 degrees.
    """
    check_type(
        "image_processing_options", options, ImageProcessingOptions, "ImageProcessingOptions"
    )
    check_type("rotation_degrees", options.rotation_degrees, SupportsIndex, "a multiple of 90")
    if index(options.rotation_degrees) % 90:
        raise OptionError("Expected rotation to be a multiple of 90°.")
    if options.region_of_interest is not None:
        raise OptionError("This task doesn't support region-of-interest.")
