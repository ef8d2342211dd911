"""The results of one input as arrays: those of frames, and those of the people in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self, SupportsIndex, overload

import numpy as np

from vitruvian.recorded.kinds import ARRAYS, ARRAYS_OF_FRAMES, ARRAYS_OF_PEOPLE, check
from vitruvian.result import PoseResult
from vitruvian.types import Float32, Float64, ImageSize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from vitruvian.recorded.header import Header


@dataclass(frozen=True, eq=False, repr=False)
class Recorded:
    """The results of F frames with P people in all; a person counts once for each frame.

    The people of the first frame come first, then those of the second, and so on.

    Attributes:
        header: the source, and how the results were made.
        frames: (F,) int64 the numbers of the frames, from 0, ascending. Numbers are missing where
            frames were left out.
        timestamps_s: (F,) float64 the times of the frames in seconds, not descending.
        image_sizes_px: (F, 2) int32 width and height of each frame.
        people_counts: (F,) int32 how many people each frame has, also 0.
        ids: (P,) int64 as in `PoseResult`, ascending in each frame.
        scores: (P,) float32 in [0, 1]: the confidence of the landmark model.
        is_filled: (P,) bool: the row was computed from the frames around it, and not measured.
        pose_landmarks: (P, 33, 3) float32 x, y, z in normalized coordinates.
        pose_world_landmarks: (P, 33, 3) float32 in metres from the hips' midpoint.
        visibility: (P, 33) float32 in [0, 1].
        presence: (P, 33) float32 in [0, 1].

    Raises:
        RecordingError: The arrays do not fit each other, or have values that no result has. The
            message lacks the file's name.
    """

    header: Header
    frames: NDArray[np.int64]
    timestamps_s: Float64
    image_sizes_px: NDArray[np.int32]
    people_counts: NDArray[np.int32]
    ids: NDArray[np.int64]
    scores: Float32
    is_filled: NDArray[np.bool_]
    pose_landmarks: Float32
    pose_world_landmarks: Float32
    visibility: Float32
    presence: Float32

    def __post_init__(self) -> None:
        check(vars(self), len(self.header.images))

    @classmethod
    def of_results(cls, header: Header, results: Sequence[PoseResult]) -> Self:
        """Return the recording of some frames, all of whose people were measured."""

        def joined(name: str) -> Any:
            kind = ARRAYS[name]
            empty = np.zeros((0, *kind.shape), kind.dtype)
            return np.concatenate([empty, *(getattr(result, name) for result in results)])

        measured = {name: joined(name) for name in ARRAYS_OF_PEOPLE if name != "is_filled"}
        return cls(
            header,
            frames=np.array([result.index for result in results], np.int64),
            timestamps_s=np.array([result.timestamp_s for result in results], np.float64),
            image_sizes_px=np.array([r.image_size for r in results], np.int32).reshape(-1, 2),
            people_counts=np.array([len(result) for result in results], np.int32),
            is_filled=np.zeros(len(measured["ids"]), np.bool_),
            **measured,
        )

    @classmethod
    def joined(cls, header: Header, parts: Iterable[Recorded]) -> Self:
        """Return the frames of several parts, which follow each other."""
        parts = [cls.of_results(header, []), *parts]
        arrays = {name: np.concatenate([getattr(part, name) for part in parts]) for name in ARRAYS}
        return cls(header, **arrays)

    def __len__(self) -> int:
        """Return the number of frames."""
        return len(self.frames)

    def __iter__(self) -> Iterator[PoseResult]:
        """Yield the result of each frame."""
        return map(self._result, range(len(self)))

    @overload
    def __getitem__(self, part: SupportsIndex) -> PoseResult: ...

    @overload
    def __getitem__(self, part: slice) -> Self: ...

    def __getitem__(self, part: SupportsIndex | slice) -> PoseResult | Self:
        """Return the result of one frame, or the recording of some that follow each other.

        Frames are counted from 0 over those that are there.

        Raises:
            IndexError: There is no such frame, or the frames of a slice do not follow each other.
            TypeError: It is neither a number nor a slice.
        """
        if not isinstance(part, slice):
            return self._result(range(len(self))[part])
        first, end, step = part.indices(len(self))
        if step != 1:
            raise IndexError("Frames of a recording must follow each other: leave the step out.")
        end = max(first, end)
        people = slice(self._first_people[first], self._first_people[end])
        of_frames = {name: getattr(self, name)[first:end] for name in ARRAYS_OF_FRAMES}
        of_people = {name: getattr(self, name)[people] for name in ARRAYS_OF_PEOPLE}
        return replace(self, **of_frames, **of_people)

    def __repr__(self) -> str:
        return (
            f"<{type(self).__name__} of {self.header.source!r}: {len(self):,} frames, "
            f"{len(self.ids):,} rows of people>"
        )

    def _result(self, position: int) -> PoseResult:
        people = slice(self._first_people[position], self._first_people[position + 1])
        return PoseResult(
            pose_landmarks=self.pose_landmarks[people],
            pose_world_landmarks=self.pose_world_landmarks[people],
            visibility=self.visibility[people],
            presence=self.presence[people],
            scores=self.scores[people],
            ids=self.ids[people],
            segmentation_masks=None,
            image_size=ImageSize(*self.image_sizes_px[position].tolist()),
            index=int(self.frames[position]),
            timestamp_s=float(self.timestamps_s[position]),
        )

    @property
    def frame_positions(self) -> NDArray[np.int64]:
        """The position of each person's frame in the arrays of frames, (P,)."""
        return np.repeat(np.arange(len(self)), self.people_counts)

    def image_name(self, position: int) -> str:
        """Return the name of the photograph of a frame, which is empty for a frame of a video."""
        images = self.header.images
        return images[self.frames[position]] if images else ""

    @cached_property
    def _first_people(self) -> NDArray[np.int64]:
        """The number of the first person of each frame, and of all people, (F + 1,)."""
        return np.concatenate(([0], np.cumsum(self.people_counts, dtype=np.int64)))
