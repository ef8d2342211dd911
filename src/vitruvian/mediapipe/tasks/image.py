"""The image class of MediaPipe's API: a pixel format and read-only pixels."""

from __future__ import annotations

from enum import IntEnum
from functools import cached_property
from operator import index
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from vitruvian.errors import FrameError, MediaError, OptionError
from vitruvian.media.image_reader import open_images
from vitruvian.media.options import InputOptions
from vitruvian.media.upright import upright_rgb
from vitruvian.mediapipe.tasks.checks import check_type
from vitruvian.mediapipe.tasks.errors import ImageFileError, ImageFileNotFoundError

if TYPE_CHECKING:
    import PIL.Image
    from numpy.typing import NDArray

# Each row starts at a multiple of this (ImageFrame::kDefaultAlignmentBoundary).
_ALIGNMENT_BYTES = 16


class ImageFormat(IntEnum):
    """The channels and the type of a pixel (mediapipe/framework/formats/image_format.proto)."""

    UNKNOWN = 0
    SRGB = 1
    SRGBA = 2
    GRAY8 = 3
    GRAY16 = 4
    SRGB48 = 7
    SRGBA64 = 8
    VEC32F1 = 9
    VEC32F2 = 12
    VEC32F4 = 13


# For each dtype: its name in error messages, and its formats with their numbers of channels.
_FORMATS: dict[str, tuple[str, dict[ImageFormat, int]]] = {
    "uint8": ("uint8_t", {ImageFormat.GRAY8: 1, ImageFormat.SRGB: 3, ImageFormat.SRGBA: 4}),
    "uint16": ("uint16_t", {ImageFormat.GRAY16: 1, ImageFormat.SRGB48: 3, ImageFormat.SRGBA64: 4}),
    "float32": ("float", {ImageFormat.VEC32F1: 1, ImageFormat.VEC32F2: 2, ImageFormat.VEC32F4: 4}),
}
_FORMAT_OF_CHANNELS = {1: ImageFormat.GRAY8, 3: ImageFormat.SRGB, 4: ImageFormat.SRGBA}
_FORMAT_NAMES = {known: known.name for known in ImageFormat}


class Image:
    """An image or a segmentation mask. It keeps a read-only copy of the pixels.

    Args:
        image_format: GRAY8, SRGB or SRGBA for uint8 data; GRAY16, SRGB48 or SRGBA64 for uint16
            data; VEC32F1, VEC32F2 or VEC32F4 for float32 data.
        data: (H, W, channels), or (H, W) for formats of one channel. Any memory layout.

    Raises:
        ArgumentTypeError: `data` is not an array.
        FrameError: the array does not match the format.
    """

    def __init__(self, image_format: ImageFormat, data: NDArray[Any]) -> None:
        channels = _checked_channels(image_format, data)
        height, width = data.shape[:2]
        row_bytes = width * channels * data.itemsize
        self._step: int = -(-row_bytes // _ALIGNMENT_BYTES) * _ALIGNMENT_BYTES
        rows = np.zeros((height, self._step), np.uint8)[:, :row_bytes]
        self._pixels = rows.view(data.dtype).reshape(height, width, channels)
        self._pixels[:] = data.reshape(height, width, channels)
        self._pixels.flags.writeable = False
        self._format = ImageFormat(image_format)

    @classmethod
    def create_from_file(cls, file_name: str) -> Image:
        """Read an image file as GRAY8, SRGB or SRGBA, depending on its channels.

        The image is rotated as the EXIF data of the file says, except for an image with
        transparency.

        Raises:
            ArgumentTypeError: `file_name` is not a string.
            ImageFileNotFoundError: the file does not exist.
            ImageFileError: the file cannot be read or decoded.
        """
        check_type("file_name", file_name, str, "a string")
        try:
            with Path(file_name).open("rb") as file:
                pixels = _decode(file, file_name)
        except FileNotFoundError as error:
            raise ImageFileNotFoundError(f"Can't find file: {file_name}") from error
        except MediaError as error:
            raise ImageFileError(f"Failed to load image from file: {error}") from error
        except OSError as error:
            raise ImageFileError(f"Error while reading file: {file_name}: {error}") from error
        return cls(_FORMAT_OF_CHANNELS[pixels.shape[2]], pixels)

    def numpy_view(self) -> NDArray[Any]:
        """Return the pixels, (H, W, channels), contiguous and read-only."""
        return self._contiguous

    @cached_property
    def _contiguous(self) -> NDArray[Any]:
        pixels = np.ascontiguousarray(self._pixels)
        pixels.flags.writeable = False
        return pixels

    def __getitem__(self, key: tuple[int, ...]) -> int | float:
        """Return the value at (row, column, channel), or at (row, column) if there is one channel.

        Raises:
            OptionError: the number of indices is wrong.
            IndexError: an index is outside the image.
        """
        if len(key) != 3 and not (len(key) == 2 and self.channels == 1):
            raise OptionError(f"Invalid index dimension: {len(key)} (expected 2 or 3)")
        row, column, channel = map(index, (*key, 0)[:3])
        number: int | float = self._pixels[row, column, channel].item()
        return number

    @property
    def width(self) -> int:
        """The width in pixels."""
        return self._pixels.shape[1]

    @property
    def height(self) -> int:
        """The height in pixels."""
        return self._pixels.shape[0]

    @property
    def channels(self) -> int:
        """The number of channels."""
        return self._pixels.shape[2]

    @property
    def image_format(self) -> ImageFormat:
        """The pixel format."""
        return self._format

    @property
    def step(self) -> int:
        """The distance in bytes between the starts of two rows."""
        return self._step

    def uses_gpu(self) -> bool:
        """Return False: the pixels are never on a GPU."""
        return False

    def is_empty(self) -> bool:
        """Return False: an image always has memory for its pixels."""
        return False

    def is_contiguous(self) -> bool:
        """Return whether there is no padding between the rows."""
        return self._step * self.height == self._pixels.nbytes

    def is_aligned(self, alignment_boundary: int) -> bool:
        """Return whether every row starts at a multiple of `alignment_boundary` bytes.

        Raises:
            OptionError: `alignment_boundary` is not a power of two.
        """
        if alignment_boundary < 1 or alignment_boundary & (alignment_boundary - 1):
            raise OptionError(
                f"alignment_boundary is {alignment_boundary}: give 1, 2, 4 or another power of two."
            )
        return not (self._pixels.ctypes.data | self.step) % alignment_boundary


def _checked_channels(image_format: ImageFormat, data: NDArray[Any]) -> int:
    """Check that the array matches the format, and return the format's number of channels.

    The messages are MediaPipe's.
    """
    check_type("data", data, np.ndarray, "a numpy array")
    if data.ndim not in {2, 3}:
        raise FrameError(f"Unsupported number of dimensions:{data.ndim}")
    if data.dtype.name not in _FORMATS:
        raise FrameError(f"Unsupported numpy data type: {data.dtype}")
    type_name, formats = _FORMATS[data.dtype.name]
    if image_format not in formats:
        *others, last = (known.name for known in formats)
        raise FrameError(
            f"Unsupported image format: {_FORMAT_NAMES.get(image_format, 'UNKNOWN')} "
            f"(expected {', '.join(others)}, or {last} for {type_name} data)"
        )
    channels = formats[image_format]
    expected_bytes = data.shape[0] * data.shape[1] * channels * data.itemsize
    if data.nbytes < expected_bytes:
        raise FrameError(f"Pixel data size is too small: {data.nbytes} (expected {expected_bytes})")
    if data.nbytes > expected_bytes:
        raise FrameError(
            f"Pixel data size is too large: {data.nbytes} (expected {expected_bytes}): "
            f"{_FORMAT_NAMES[image_format]} has {channels} channels."
        )
    return channels


def _decode(file: BinaryIO, name: str) -> NDArray[np.uint8]:
    """Decode an image file to uint8: (H, W, 1) grey, (H, W, 3) RGB or (H, W, 4) RGBA."""
    images = open_images(file, name, InputOptions(), _with_its_channels)
    if images is None:
        raise MediaError(f"{name} is not an image: give a JPEG or PNG file.")
    return next(images.frames)[0]


def _with_its_channels(
    image: PIL.Image.Image, low_bytes: PIL.Image.Image | None
) -> NDArray[np.uint8]:
    is_grey = image.mode == "L" or image.mode.startswith(("1", "I"))
    if image.has_transparency_data and not is_grey and low_bytes is None:
        return np.asarray(image.convert("RGBA"))
    rgb = upright_rgb(image, low_bytes)
    return rgb[:, :, :1] if is_grey else rgb
