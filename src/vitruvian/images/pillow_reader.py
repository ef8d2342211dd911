"""Reading of images and animations with Pillow."""

from __future__ import annotations

from io import BytesIO
from itertools import count, islice
from typing import TYPE_CHECKING, Protocol

import PIL.Image
from PIL.TiffImagePlugin import TiffImageFile

from vitruvian.errors import MediaError
from vitruvian.images.byte_files import LimitedFile
from vitruvian.images.deep_color import read_low_bytes
from vitruvian.images.jpeg_scans import check_scans
from vitruvian.images.opened import Images, check_pixels, decoding, limit_bytes
from vitruvian.images.pillow_headers import open_header

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from PIL.ImageFile import ImageFile

    from vitruvian.images.byte_files import SeekableFile
    from vitruvian.inputs.options import InputOptions
    from vitruvian.types import Image

_WIDTH_TAG, _HEIGHT_TAG, _PAGE_KIND_TAG = 256, 257, 254
_REDUCED_OR_MASK = 0b101  # bits of the kind of a page: a smaller copy of another page, or its mask
# Decoders read these to their end before they say how many pixels there are, and take ten times the
# memory. A photograph of 200 million pixels has fewer bytes than the limit.
_READ_AS_A_WHOLE = {"AVIF", "HEIC"}
_MAX_WHOLE_BYTES = 64 * 2**20
_DEFAULT_DURATION_S = 0.1  # of a frame that has none, as in browsers


class Conversion(Protocol):
    """How decoded images become arrays, as `upright_rgb` does it."""

    def __call__(self, image: PIL.Image.Image, low_bytes: PIL.Image.Image | None) -> Image:
        """Convert an image."""


def open_with_pillow(
    kind: str,
    file: SeekableFile,
    name: str,
    options: InputOptions,
    convert: Conversion,
) -> Images:
    """Open an image or an animation, of which only the header is read and checked.

    Args:
        kind: What `image_kind` returned, except "GIF".
        file: The file. It must stay open until the last frame is read.
        name: The input's name for messages.
        options: The limit of pixels, and the frame rate of pages.
        convert: How decoded images become arrays.

    Raises:
        MediaError: There are too many pixels, or the header is damaged.
        MissingLibraryError: The image is HEIC, and pillow-heif is not installed.
    """
    reader = _Reader(kind, file, name, options, convert)
    frames = reader.still() if reader.is_still else reader.frames()
    rate = options.frame_rate if reader.is_paged and not reader.is_still else None
    return Images(frames, reader.is_still, reader.count, rate)


class _Reader:
    """An image or an animation that Pillow has opened."""

    def __init__(
        self,
        kind: str,
        file: SeekableFile,
        name: str,
        options: InputOptions,
        convert: Conversion,
    ) -> None:
        self._kind = kind
        self._convert = convert
        self._name = name
        self._options = options
        if kind in _READ_AS_A_WHOLE:
            file = _whole(file, name, kind)
        self._file = LimitedFile(file, limit_bytes())
        with decoding(name, kind):
            self._image = open_header(kind, self._file, name)
            first = next(_frame_numbers(self._image))
            self.is_still = _is_still(self._image)
            self._image.seek(first)
        self.is_paged = isinstance(self._image, TiffImageFile)
        self.count = 1 if self.is_still else None
        if not self.is_still and not self.is_paged:
            self.count = len(_frame_range(self._image))
        self._limit = options.pixel_limit(is_still=self.is_still)
        check_pixels(name, self._image.size, self._limit)

    def still(self) -> Generator[tuple[Image, float], None, None]:
        with decoding(self._name, self._kind):
            held = [self._decode(next(_frame_numbers(self._image)))]
        self._image.close()  # frees its memory before the image is used
        yield held.pop(), 0.0  # keeps no large image

    def frames(self) -> Generator[tuple[Image, float], None, None]:
        numbers = _frame_numbers(self._image)
        time_s, duration_s = 0.0, 0.0
        for index in count():
            with decoding(self._name, self._kind, frames_before=index):
                number = next(numbers, None)
                if number is None:
                    return
                image = self._decode(number)
            if self.is_paged:
                time_s = index / self._options.frame_rate
            else:
                stated_s = self._image.info.get("timestamp", 0) / 1000
                time_s = stated_s if stated_s > time_s else time_s + duration_s
                duration_s = self._image.info.get("duration", 0) / 1000 or _DEFAULT_DURATION_S
            yield image, time_s
            del image  # frees its memory before the next one is decoded

    def _decode(self, number: int) -> Image:
        self._image.seek(number)
        check_pixels(self._name, self._image.size, self._limit)
        width, height = self._image.size
        if self._kind == "JPEG":
            self._file.allow(limit_bytes(width * height))
            check_scans(self._file, self._name)
        self._file.allow(limit_bytes(width * height))
        low_bytes = None
        if self.is_still or isinstance(self._image, TiffImageFile):
            low_bytes = read_low_bytes(self._image, lambda: self._open_again(number))
        _reserve_memory(self._image)
        self._image.load()
        return self._convert(self._image, low_bytes)

    def _open_again(self, number: int) -> ImageFile:
        image = open_header(self._kind, self._file, self._name)
        image.seek(number)
        _reserve_memory(image)
        return image


def _whole(file: SeekableFile, name: str, kind: str) -> BytesIO:
    file.seek(0)
    data = file.read(_MAX_WHOLE_BYTES + 1)
    if len(data) > _MAX_WHOLE_BYTES:
        raise MediaError(
            f"{name} has more than {_MAX_WHOLE_BYTES >> 20} MB, the limit for {kind}: "
            "save it as JPEG or PNG."
        )
    return BytesIO(data)


def _is_still(image: ImageFile) -> bool:
    try:
        return len([*islice(_frame_numbers(image), 2)]) == 1
    except Exception:  # noqa: BLE001 - the second frame is damaged, in any way; it is reported when it is read
        return False


def _frame_numbers(image: ImageFile) -> Iterator[int]:
    """Yield Pillow's numbers of the frames that belong to an image or an animation.

    Left out are the images behind the primary one of a HEIC file, the still image that an animated
    PNG may have for old programs, and the small copies and masks of a TIFF file.
    """
    if isinstance(image, TiffImageFile):
        yield from _pages(image)
    elif image.format == "HEIF":
        yield image.tell()
    else:
        yield from _frame_range(image)


def _frame_range(image: ImageFile) -> range:
    has_other_image = getattr(image, "default_image", False)
    return range(int(has_other_image), getattr(image, "n_frames", 1))


def _pages(image: TiffImageFile) -> Iterator[int]:
    for number in count():
        try:
            image.seek(number)
        except EOFError:
            return
        except SyntaxError:  # as for many masks, Pillow does not know the kind of pixels
            if not _is_reduced_or_mask(image):
                raise
        if not _is_reduced_or_mask(image):
            yield number


def _is_reduced_or_mask(image: TiffImageFile) -> bool:
    return bool(int(image.tag_v2.get(_PAGE_KIND_TAG, 0)) & _REDUCED_OR_MASK)


def _reserve_memory(image: ImageFile) -> None:
    """Create the memory for the pixels of a TIFF.

    Otherwise, Pillow would do it, after it has compared their number with the limit of the process.
    """
    if isinstance(image, TiffImageFile):
        size = image.tag_v2[_WIDTH_TAG], image.tag_v2[_HEIGHT_TAG]
        image.im = PIL.Image.new(image.mode, size).im
