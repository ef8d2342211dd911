"""Finding the annotated image that a result names."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from vitruvian.errors import MediaError
from vitruvian.printable import printable, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from vitruvian.evaluation.annotations import Annotations


class ImageNames:
    """The images of annotations by what results may call them.

    These are, in this order: the path in the annotations, the last part of the path, this part
    without its suffix, and the id.

    Attributes:
        annotations: those whose images these are.
    """

    def __init__(self, annotations: Annotations) -> None:
        self.annotations = annotations
        self._ids = {image.id: i for i, image in enumerate(annotations.images)}
        self._names: dict[str, list[int]] = {}
        for part in (str, lambda path: path.name, lambda path: path.stem):
            self._add(part)
        for identity, i in self._ids.items():
            self._names.setdefault(str(identity), [i])

    def _add(self, part: Callable[[PurePosixPath], str]) -> None:
        new: dict[str, list[int]] = {}
        for i, image in enumerate(self.annotations.images):
            new.setdefault(part(PurePosixPath(image.file_name)), []).append(i)
        for name, images in new.items():
            self._names.setdefault(name, images)

    def find(self, image: int | str, system: str) -> int | None:
        """Return the number of the image that a result names, or None if there is none.

        Args:
            image: an id, or the name of a file, with or without folders and suffix.
            system: whose result this is, for messages.

        Raises:
            MediaError: several images have this name.
        """
        if image in self._ids:
            return self._ids[image]
        if not isinstance(image, str):
            return None
        path = PurePosixPath(image.replace("\\", "/"))
        for name in (str(path), path.name, path.stem):
            found = self._names.get(name, [])
            if len(found) > 1:
                first, second = (self.annotations.images[i].file_name for i in found[:2])
                raise MediaError(
                    f"{printable(system)} has results for {shown(image)}, which may be "
                    f"{printable(first)} or {printable(second)}: name the images as "
                    f"{self.annotations.name} does."
                )
            if found:
                return found[0]
        return None
