"""Pillow's reader of each kind of image.

`PIL.Image.open` is not used. It compares all images with one limit for the whole process, and asks
every plugin that any library has registered.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, cast

from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.Jpeg2KImagePlugin import Jpeg2KImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.PpmImagePlugin import PpmImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from vitruvian.errors import MissingLibraryError

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

    from vitruvian.images.byte_files import SeekableFile

# An MPO file is a JPEG image with others behind it; as a JPEG, it is the first, the primary one.
_READERS: dict[str, type[ImageFile]] = {
    "JPEG": JpegImageFile,
    "PNG": PngImageFile,
    "WebP": WebPImageFile,
    "TIFF": TiffImageFile,
    "BMP": BmpImageFile,
    "PNM": PpmImageFile,
    "JPEG 2000": Jpeg2KImageFile,
    "AVIF": AvifImageFile,
}


def open_header(kind: str, file: SeekableFile, name: str) -> ImageFile:
    """Read the header of an image; its pixels are not decoded.

    Args:
        kind: What `image_kind` returned, except "GIF".
        file: The file; AVIF and HEIC files are read to their end.
        name: The input's name for messages.

    Raises:
        MissingLibraryError: The image is HEIC, and pillow-heif is not installed.
        Exception: Of any type, as Pillow's readers raise them for damaged files.
    """
    file.seek(0)
    reader = _heif_reader(name) if kind == "HEIC" else _READERS[kind]
    return reader(cast("IO[bytes]", file))


def _heif_reader(name: str) -> type[ImageFile]:
    try:
        from pillow_heif import HeifImageFile  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingLibraryError(
            f'{name} is a HEIC image: pip install "vitruvian[heif]" to read it.'
        ) from error
    return cast("type[ImageFile]", HeifImageFile)
