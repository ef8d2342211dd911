"""What a run does with each of its inputs."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from hashlib import sha256
from json import dumps
from typing import TYPE_CHECKING

from vitruvian.analysis.options import RoomOptions
from vitruvian.inputs.options import InputOptions
from vitruvian.jobs.drawing import PLAIN, Drawing
from vitruvian.options import PoseOptions
from vitruvian.provenance import effective_options

if TYPE_CHECKING:
    from vitruvian.analysis.options import OfflineSmoothing

_NO_OPTIONS, _NO_INPUT_OPTIONS, _NOTHING_KNOWN = PoseOptions(), InputOptions(), RoomOptions()


@dataclass(frozen=True)
class Settings:
    """What a run does with each of its inputs.

    Attributes:
        pose: The options of `Pose`. For images, `static_image_mode` is always true.
        inputs: How the inputs are read.
        drawing: How people are drawn; None for no annotated images and videos.
        formats: The formats in which the recording is written, in addition to its own.
        smoothing: How videos are smoothed at their end; None for not at all. Photographs never are.
            Together with `drawing`, it needs inputs that can be read twice.
        room: What is known of people and camera, for formats in metres.
        resumes: Whether an input that an earlier run has finished is skipped.
    """

    pose: PoseOptions = _NO_OPTIONS
    inputs: InputOptions = _NO_INPUT_OPTIONS
    drawing: Drawing | None = PLAIN
    formats: tuple[str, ...] = ("csv",)
    smoothing: OfflineSmoothing | None = None
    room: RoomOptions = _NOTHING_KNOWN
    resumes: bool = False

    def sha256(self) -> str:
        """Return the SHA-256 of everything on which the files of an input depend."""
        options = {
            "options": effective_options(self.pose, self.inputs),
            "drawing": self.drawing and asdict(self.drawing),
            "formats": sorted(self.formats),
            "smoothing": self.smoothing and asdict(self.smoothing),
            "room": asdict(self.room),
        }
        return sha256(dumps(options, sort_keys=True).encode()).hexdigest()
