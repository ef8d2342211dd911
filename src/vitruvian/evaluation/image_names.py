"""Finding the annotated image that a result names."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from vitruvian.errors import EvaluationError
from vitruvian.prediction import VideoFrame
from vitruvian.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vitruvian.evaluation.annotations import Annotations


class ImageNames:
    """The images of annotations by what results may call them.

    These are, in this order: the id, the path in the annotations, the last part of the path, this
    part without its suffix, and the id as a text. A frame of a video is found by the video and its
    number.

    Attributes:
        annotations: those whose images these are.
    """

    def __init__(self, annotations: Annotations) -> None:
        self.annotations = annotations
        self._ids = {image.id: i for i, image in enumerate(annotations.images)}
        self._names: dict[str, list[int]] = {}
        paths = [PurePosixPath(image.file_name) for image in annotations.images]
        self._add(map(str, paths))
        self._add(path.name for path in paths)
        self._add(path.stem for path in paths)
        self._texts = {str(identity): i for identity, i in self._ids.items()}
        self._videos: dict[str, dict[int, int]] = {}  # video → number of a frame → image
        for i, image in enumerate(annotations.images):
            if image.frame is not None:
                self._videos.setdefault(image.video or "", {})[image.frame] = i

    def _add(self, names: Iterator[str]) -> None:
        """Add names of all images. A name that is there already keeps its images."""
        new: dict[str, list[int]] = {}
        for i, name in enumerate(names):
            new.setdefault(name, []).append(i)
        self._names = new | self._names

    def find(self, image: int | str | VideoFrame, system: str) -> int | None:
        """Return the number of the image that a result names, or None if there is none.

        Args:
            image: an id; the name of a file, with or without folders and suffix; or a frame.
            system: whose result this is, for messages.

        Raises:
            EvaluationError: several images have this name, or the annotations have no frames.
        """
        if isinstance(image, VideoFrame):
            return self._find_frame(image, system)
        if image in self._ids:
            return self._ids[image]
        if not isinstance(image, str):
            return None
        path = PurePosixPath(image.replace("\\", "/"))
        for name in (str(path), path.name, path.stem):
            if name in self._names:
                numbers = self._names[name]
                files = [self.annotations.images[i].file_name for i in numbers]
                self._refuse_several(image, files, system)
                return numbers[0]
        return self._texts.get(image)

    def _find_frame(self, frame: VideoFrame, system: str) -> int | None:
        """Return the image that is a frame. If there is one video, its name does not matter."""
        if not self._videos:
            raise EvaluationError(
                f"{printable(system)} has results for {printable(frame)}, but no image of "
                f"{self.annotations.name} has the field frame: add it, counted from 0."
            )
        videos = list(self._videos)
        if len(videos) > 1:
            stem = PurePosixPath(frame.video).stem
            videos = [video for video in videos if PurePosixPath(video).stem == stem]
            self._refuse_several(frame, videos, system)
        return self._videos[videos[0]].get(frame.number) if videos else None

    def _refuse_several(
        self, image: int | str | VideoFrame, names: Sequence[str], system: str
    ) -> None:
        if len(names) > 1:
            raise EvaluationError(
                f"{printable(system)} has results for {printable(image)}, which may be "
                f"{printable(names[0])} or {printable(names[1])}: name the images as "
                f"{self.annotations.name} does."
            )
