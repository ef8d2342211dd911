"""The images of a folder, the photographs among which are one recording."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vitruvian.inputs.names import folder_name
from vitruvian.inputs.parsing import ImageSeries
from vitruvian.inputs.suffixes import is_image_name
from vitruvian.jobs.output_names import InputName

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vitruvian.inputs.parsing import Parsed


@dataclass(frozen=True, slots=True)
class Album:
    """The images in a folder, the photographs among which are one recording.

    Attributes:
        folder: The folder that the user named.
        files: All images in it and in its subfolders, in the order of their jobs.
        output: The path of the recording without its ending.
    """

    folder: Path
    files: tuple[Path, ...]
    output: Path

    @property
    def series(self) -> ImageSeries:
        """The images as one input."""
        return ImageSeries(self.folder, self.files)


def album_name(folder: Path) -> InputName:
    """Return the parts of the name of a folder's recording."""
    path = Path(os.path.abspath(folder))  # noqa: PTH100 - keeps the names of links
    return InputName(folder_name(folder), folders=path.parent.parts[1:])


def images_by_folder(
    sources: Iterable[Parsed], folders: Iterable[Path]
) -> dict[Path, tuple[Path, ...]]:
    """Return the images in each folder that has some. None of them is in two folders."""
    left = [each for each in sources if isinstance(each, Path) and is_image_name(each.name)]
    images: dict[Path, tuple[Path, ...]] = {}
    for folder in folders:
        files = tuple(file for file in left if file.is_relative_to(folder))
        left = [file for file in left if not file.is_relative_to(folder)]
        if files:
            images[folder] = files
    return images
