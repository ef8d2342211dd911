"""`Pose`: one stream of frames, as users hold it: checked options, one thread at a time, an end."""

from __future__ import annotations

from inspect import cleandoc
from threading import Lock
from typing import TYPE_CHECKING, Literal, Self

from vitruvian import assembly
from vitruvian.errors import ClosedError
from vitruvian.networks import Networks
from vitruvian.options import PoseOptions, described
from vitruvian.ownership import NotCopied, OwnProcess
from vitruvian.types import as_rgb_image

if TYPE_CHECKING:
    from vitruvian.finder import Finder
    from vitruvian.options import Device, EngineName, Model, Precision, Search, Select
    from vitruvian.profile import Profile
    from vitruvian.result import PoseResult
    from vitruvian.tracking.stream import Stream
    from vitruvian.types import Image


class Pose(NotCopied):
    """Finds people in images or in a video: the most prominent one, or as many as you ask for.

    The first seven options are those of `mp.solutions.pose.Pose`. Several threads may call one
    `Pose`: it processes one frame at a time. `Pose` objects with the same model and engine share
    the networks, so that a further one needs little memory.

    Args:
        {options}
        finder: A second source of people: a function or an object that is called with an image
            (H, W, 3) uint8 RGB and returns boxes around people, (N, 4): left, top, right and
            bottom in pixels. It is called whenever the whole frame is searched, by one thread at
            a time. With it, one person is searched for in the same way as several people.
        profile: Receives the seconds spent on "detect", "landmark" and "find".

    Raises:
        OptionError: an option has the wrong type or a value that is not permitted, or the engine
            does not have the device or the precision.
        WeightsError: the weights are not in the cache, and no source has them.
        EngineError: the runtime or its device is not available, or it fails.
    """

    def __init__(
        self,
        static_image_mode: bool = False,
        model_complexity: int | Model = 1,
        smooth_landmarks: bool = True,
        enable_segmentation: bool = False,
        smooth_segmentation: bool = True,
        min_detection_confidence: float = 0.5,
        min_tracking_confidence: float = 0.5,
        *,
        num_poses: int | Literal["all"] | None = 1,
        select: Select = "prominent",
        search: Search | None = None,
        search_interval_s: float = 1.0,
        smoothing_strength: float = 1.0,
        calibrate_visibility: bool = False,
        engine: EngineName | None = None,
        device: Device = "cpu",
        precision: Precision = "float32",
        threads: int | Literal["auto"] | None = None,
        frame_rate: float = 30.0,
        finder: Finder | None = None,
        profile: Profile | None = None,
    ) -> None:
        options = PoseOptions(
            static_image_mode,
            model_complexity,
            smooth_landmarks,
            enable_segmentation,
            smooth_segmentation,
            min_detection_confidence,
            min_tracking_confidence,
            num_poses=num_poses,
            select=select,
            search=search,
            search_interval_s=search_interval_s,
            smoothing_strength=smoothing_strength,
            calibrate_visibility=calibrate_visibility,
            engine=engine,
            device=device,
            precision=precision,
            threads=threads,
            frame_rate=frame_rate,
        )
        self._stream: Stream | None = assembly.stream(options, Networks(options, profile, finder))
        self._lock = Lock()
        self._process = OwnProcess("Pose")

    def process(self, image: Image, timestamp_s: float | None = None) -> PoseResult:
        """Find the people in the next frame.

        Args:
            image: (H, W, 3) uint8 RGB, as an array or as anything that `numpy.asarray` makes one
                of, such as an image of Pillow.
            timestamp_s: the frame's time in seconds, greater than that of the previous frame. None
                is 1 / `frame_rate` after the previous frame, and 0 for the first. Independent
                images (`static_image_mode`) need no timestamp.

        Raises:
            FrameError: the array is not an RGB image.
            TimestampError: the timestamp is no finite number, or not greater than the previous one.
            ClosedError: the `Pose` was closed, or belongs to the parent of this process.
            FinderError: what the finder returned is no array of boxes. What the finder itself
                raises is passed on.
        """
        self._process.check()
        with self._lock:
            stream = self._stream
            if stream is None:
                raise ClosedError("This Pose was closed: make a new one.")
            return stream(as_rgb_image(image), timestamp_s)

    __call__ = process

    def reset(self) -> None:
        """Forget all people and the time: the next frame is the first of another video.

        Raises:
            ClosedError: the `Pose` belongs to the parent of this process.
        """
        self._process.check()
        with self._lock:
            stream = self._stream
            if stream is not None:
                stream.reset()

    def close(self) -> None:
        """End the stream. Afterwards, `process` raises `ClosedError`, and `reset` does nothing.

        The networks are freed when no other stream uses them.
        """
        self._stream = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


# From Python 3.13 on, docstrings have no indentation, which `cleandoc` also removes.
Pose.__doc__ = cleandoc(str(Pose.__doc__)).format(options=described(indent=4).lstrip())
