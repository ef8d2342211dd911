"""The result of one frame: what users get."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from operator import index
from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.arrays import Arrays, float32
from vitruvian.dataframe import dataframe
from vitruvian.errors import PersonError
from vitruvian.printable import shown
from vitruvian.shortest import shortest
from vitruvian.skeleton import LANDMARK_NAMES
from vitruvian.types import Float32, ImageSize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from pandas import DataFrame

# The values of a landmark in files and tables.
VALUE_COLUMNS = ("x", "y", "z", "visibility", "presence", "world_x", "world_y", "world_z")
_BOX_COLUMNS = ("x_min", "y_min", "x_max", "y_max")


@dataclass(frozen=True, eq=False, repr=False)
class PoseResult(Arrays):
    """The people in one frame. N is 0 if there are none. The arrays are read-only.

    Attributes:
        pose_landmarks: (N, 33, 3) x, y, z in normalized coordinates, in the order of
            `LANDMARK_NAMES`: x and z are fractions of the image's width, y of its height; z is 0 at
            the hips' midpoint and grows away from the camera. They may lie outside of [0, 1].
        pose_world_landmarks: (N, 33, 3) x, y, z in metres from the hips' midpoint, along the
            image axes.
        visibility: (N, 33) in [0, 1]: the landmark is in the image and not occluded.
        presence: (N, 33) in [0, 1]: the landmark is in the image.
        scores: (N,) in [0, 1]: the confidence of the landmark model that this is a person.
        ids: (N,) int64, from 1, ascending. With several people, an id stays with its person until a
            scene cut, after which all ids are new. With one person, the id changes when the person
            is lost. In independent images, people are numbered from 1.
        segmentation_masks: (N, height, width) in [0, 1]: the pixel belongs to the person; None
            without segmentation.
        image_size: width and height of the frame in pixels.
        index: the frame's number, from 0.
        timestamp_s: the frame's time in seconds.
    """

    pose_landmarks: Float32 = field(metadata=float32("N", 33, 3))
    pose_world_landmarks: Float32 = field(metadata=float32("N", 33, 3))
    visibility: Float32 = field(metadata=float32("N", 33))
    presence: Float32 = field(metadata=float32("N", 33))
    scores: Float32 = field(metadata=float32("N"))
    ids: NDArray[np.int64] = field(metadata={"shape": ("N",), "dtype": np.dtype(np.int64)})
    segmentation_masks: Float32 | None = field(metadata=float32("N", "H", "W"))
    image_size: ImageSize
    index: int
    timestamp_s: float

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "image_size", ImageSize(*self.image_size))
        for name in self._declarations():
            array = getattr(self, name)
            if array is not None:
                kept = array.view()
                kept.flags.writeable = False  # the next frame is smoothed with these values
                object.__setattr__(self, name, kept)

    @property
    def landmarks_px(self) -> Float32:
        """`pose_landmarks` in pixels of the frame, (N, 33, 3)."""
        width, height = self.image_size
        return self.pose_landmarks * np.array((width, height, width), np.float32)

    @property
    def boxes(self) -> Float32:
        """The bounding boxes of the landmarks, (N, 4), as normalized x_min, y_min, x_max, y_max."""
        points = self.pose_landmarks[..., :2]
        return np.concatenate((points.min(axis=1), points.max(axis=1)), axis=1)

    def __getitem__(self, people: int | np.integer[Any] | slice | NDArray[Any]) -> PoseResult:
        """Return one person's result (N = 1), or that of several people, selected as in an array.

        Raises:
            PersonError: there is no such person.
        """
        try:
            if isinstance(people, slice) or np.ndim(people) == 1:
                return super().__getitem__(people)  # type: ignore[index]
            number = index(people)
        except Exception:  # noqa: BLE001 - `ndim` and `index` run the object's own code
            number = None
        if number is None or isinstance(people, bool):
            raise PersonError(
                f"{shown(people)} selects no person of this result of {len(self)}: "
                "give a number, a slice or a mask."
            )
        if not -len(self) <= number < len(self):
            raise PersonError(
                f"There is no person {shown(number)} in this result of {len(self)}: "
                "check len(result)."
            )
        return super().__getitem__(slice(number, number + 1 or None))

    def __iter__(self) -> Iterator[PoseResult]:
        """Yield the result of each person (N = 1)."""
        return (self[number] for number in range(len(self)))

    def to_dict(self) -> dict[str, Any]:
        """Return everything but the masks as numbers, texts, lists and dicts, ready for JSON.

        Landmarks have the keys of `to_dataframe`. Each number is the shortest that reads back as
        the same float32.
        """
        landmarks = shortest(self._landmark_values()).tolist()
        boxes, scores = shortest(self.boxes).tolist(), shortest(self.scores).tolist()
        return {
            "frame": self.index,
            "time_s": self.timestamp_s,
            "width": self.image_size.width,
            "height": self.image_size.height,
            "people": [
                {
                    "id": int(identity),
                    "score": scores[number],
                    "box": dict(zip(_BOX_COLUMNS, boxes[number], strict=True)),
                    "landmarks": [
                        {"name": name, **dict(zip(VALUE_COLUMNS, values, strict=True))}
                        for name, values in zip(LANDMARK_NAMES, landmarks[number], strict=True)
                    ],
                }
                for number, identity in enumerate(self.ids)
            ],
        }

    def to_dataframe(self) -> DataFrame:
        """Return a pandas DataFrame with a row per person and landmark.

        Its columns are the first ones of the CSV file of the command line: frame, time_s, person
        (the id), landmark, name, x, y, z (normalized), visibility, presence, world_x, world_y,
        world_z (in metres).

        Raises:
            MissingLibraryError: pandas is not installed.
        """
        count, landmarks = len(self), len(LANDMARK_NAMES)
        values = self._landmark_values().reshape(count * landmarks, len(VALUE_COLUMNS))
        columns = {
            "frame": np.full(count * landmarks, self.index),
            "time_s": np.full(count * landmarks, self.timestamp_s),
            "person": np.repeat(self.ids, landmarks),
            "landmark": np.tile(np.arange(landmarks), count),
            "name": list(LANDMARK_NAMES) * count,
            **dict(zip(VALUE_COLUMNS, values.T, strict=True)),
        }
        return dataframe(columns)

    def _landmark_values(self) -> Float32:
        """Return the values of `VALUE_COLUMNS`, (N, 33, 8)."""
        return np.concatenate(
            (
                self.pose_landmarks,
                self.visibility[..., np.newaxis],
                self.presence[..., np.newaxis],
                self.pose_world_landmarks,
            ),
            axis=-1,
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and unpickle through the constructor, which makes the arrays read-only."""
        return type(self), tuple(getattr(self, item.name) for item in fields(self))
