"""Images and animations in files."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, BinaryIO

from vitruvian.errors import MediaError
from vitruvian.images.opened import as_source
from vitruvian.images.reader import open_images

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.inputs.options import InputOptions
    from vitruvian.inputs.source import Source


def open_image_file(path: Path, name: str, options: InputOptions) -> Source | None:
    """Open an image or an animation. The file's content decides what it is, not its name.

    Args:
        path: The file.
        name: The input's name for messages.
        options: The limit of pixels, and the frame rate of pages.

    Returns:
        The open input; None if the file is no image.

    Raises:
        MediaError: There is no such file, it cannot be read, it is empty or damaged, or there are
            too many pixels.
        MissingLibraryError: The image is HEIC, and pillow-heif is not installed.
    """
    with ExitStack() as resources:
        file = resources.enter_context(open_file(path, name))
        images = open_images(file, name, options)
        if images is None:
            return None
        return as_source(images, name, resources.pop_all(), path)


def open_file(path: Path, name: str) -> BinaryIO:
    """Open a file for reading.

    Raises:
        MediaError: There is no such file, it cannot be read, it is empty, or it is a device, a pipe
            or something else that is no file.
    """
    try:
        # Opening a named pipe would wait for its writer.
        if path.stat().st_size or path.is_dir():
            return path.open("rb")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise MediaError(f"{name} cannot be read ({reason}): check the path.") from error
    problem = "empty" if path.is_file() else "not a regular file"
    raise MediaError(f"{name} is {problem}: give an image or a video.")
