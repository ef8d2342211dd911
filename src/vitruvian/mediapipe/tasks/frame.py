"""The checked arguments of one call of a `PoseLandmarker`."""

from __future__ import annotations

from operator import index
from typing import TYPE_CHECKING, NamedTuple

from vitruvian.errors import FrameError
from vitruvian.mediapipe.tasks.checks import check_type, converted
from vitruvian.mediapipe.tasks.image import Image, ImageFormat
from vitruvian.mediapipe.tasks.options import ImageProcessingOptions, check_processing
from vitruvian.types import as_rgb_image

if TYPE_CHECKING:
    from vitruvian.types import Image as Pixels


class Frame(NamedTuple):
    """A frame to process.

    Attributes:
        image: the image that the caller passed.
        rgb: (H, W, 3) uint8, its pixels in RGB.
        timestamp_ms: its timestamp; 0 in IMAGE mode.
        rotation_degrees: its clockwise rotation before detection, a multiple of 90.
    """

    image: Image
    rgb: Pixels
    timestamp_ms: int
    rotation_degrees: int


def checked_frame(image: Image, timestamp_ms: int, options: ImageProcessingOptions | None) -> Frame:
    """Check the arguments of a call and return them as a frame.

    Raises:
        ArgumentTypeError: an argument has the wrong type.
        OptionError: a region of interest is given, or the rotation is not a multiple of 90 degrees.
        FrameError: the image is neither SRGB nor SRGBA, or it is empty or too large.
    """
    if options is None:
        options = ImageProcessingOptions()
    check_processing(options)
    check_type("image", image, Image, "an Image of vitruvian.mediapipe")
    time_ms = converted("timestamp_ms", timestamp_ms, index, "a whole number of milliseconds")
    if image.image_format not in {ImageFormat.SRGB, ImageFormat.SRGBA}:
        raise FrameError(f"The image is {image.image_format.name}: give one in SRGB or SRGBA.")
    rgb = as_rgb_image(image.numpy_view()[:, :, :3])
    return Frame(image, rgb, time_ms, index(options.rotation_degrees))
