"""`Recording` and `load`: the results of one input, as users hold them."""

from __future__ import annotations

import math
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Literal, Self, Unpack

import numpy as np

from vitruvian.analysis.angle_table import angle_tables
from vitruvian.analysis.offline_smoothing import smoothed
from vitruvian.analysis.options import AngleOptions, OfflineSmoothing, RoomOptions
from vitruvian.analysis.path import paths_of
from vitruvian.analysis.path_table import path_table
from vitruvian.analysis.repetitions import repetition_columns, repetitions
from vitruvian.dataframe import dataframe
from vitruvian.files import as_path
from vitruvian.formats.exports import exported, split_path
from vitruvian.formats.recordings import open_recording
from vitruvian.formats.writers import check_images
from vitruvian.inputs.options import InputOptions
from vitruvian.options import PoseOptions, PoseOptionsDict
from vitruvian.recorded.arrays import Recorded
from vitruvian.recorded.blocks import Blocks
from vitruvian.recorded.columns import columns
from vitruvian.recorder import record
from vitruvian.replay import with_images_of

if TYPE_CHECKING:
    from os import PathLike

    from numpy.typing import NDArray
    from pandas import DataFrame

    from vitruvian.finder import Finder


class Recording(Recorded):
    """The results of every frame of one input, also of those without people.

    Iterating over a recording gives the `PoseResult` of each frame, without masks. `len` is the
    number of frames, `recording[0]` is the result of the first one, and a slice is a recording of
    some of them. No method but `of` needs a model.

    Attributes:
        header: `source` (the name of the input), `sha256` (of its bytes), `options`, `images` (the
            names of photographs) and `version` (of the program).
        frames: (F,) int64 the numbers of the frames, from 0.
        timestamps_s: (F,) float64 their times in seconds.
        image_sizes_px: (F, 2) int32 their width and height in pixels.
        people_counts: (F,) int32 how many people each one has.
        ids: (P,) int64 the ids of the people of the first frame, then those of the second, and so
            on. All further arrays have the same order.
        scores: (P,) float32 in [0, 1].
        is_filled: (P,) bool: not measured, but computed from the frames around.
        pose_landmarks: (P, 33, 3) float32 x, y, z in normalized coordinates.
        pose_world_landmarks: (P, 33, 3) float32 x, y, z in metres from the hips' midpoint.
        visibility: (P, 33) float32 in [0, 1].
        presence: (P, 33) float32 in [0, 1].
    """

    @classmethod
    def of(
        cls,
        source: str | PathLike[str] | int,
        *,
        start_s: float = 0.0,
        end_s: float = math.inf,
        every: int | Literal["all"] | None = None,
        resize: int | Literal["original"] | None = None,
        max_pixels: int | Literal["default"] | None = None,
        timeout_s: float = 10.0,
        finder: Finder | None = None,
        **options: Unpack[PoseOptionsDict],
    ) -> Self:
        """Find people in every frame of an input, and return all results.

        Broken frames and photographs are skipped, and a warning is logged.

        Args:
            source: as in `track`; or a folder, all of whose photographs become one recording, with
                their names in `header.images`.
            start_s: as in `track`, like all further arguments.
            end_s: see there.
            every: see there.
            resize: see there.
            max_pixels: see there.
            timeout_s: see there.
            finder: see there. `header.options` gets its name.
            options: those of `Pose`.

        Raises:
            OptionError, WeightsError, EngineError, FinderError: as `Pose`.
            MediaError: the source cannot be read to its end; or an image of a folder is no
                photograph, or none of them can be read.
        """
        checked = PoseOptions(**options)
        of_input = InputOptions(
            start_s, end_s, checked.frame_rate, every, resize, max_pixels, timeout_s
        )
        return cls.of_results(*record(source, checked, of_input, finder))

    def smoothed(self, *, cutoff_hz: float = 6.0, max_gap_s: float = 0.5) -> Self:
        """Return the recording with smooth landmarks, filled gaps and ids joined across them.

        The frames after each frame are known, so nothing lags. Begin with landmarks that were not
        smoothed: `Recording.of(source, smooth_landmarks=False)`. If they were, a warning is logged.

        Args:
            cutoff_hz: motion that is faster than this frequency is removed, from 0.5 to 100.
            max_gap_s: the longest time between two frames of a person that is filled, from 0 to 5.
                `is_filled` says which rows were not measured.

        Raises:
            OptionError: a number is not permitted.
            RecordingError: it is a recording of independent images.
        """
        blocks = smoothed(Blocks.of(self), **asdict(OfflineSmoothing(cutoff_hz, max_gap_s)))
        return self.joined(blocks.header, blocks)

    def angles(self, *, min_visibility: float = 0.5) -> dict[str, NDArray[Any]]:
        """Return a table as a dict of arrays, with a row for each person and frame.

        Its columns are frame, time_s, person (the id), facing ("front" to the camera, "right" in
        the image, "back" or "left"), the angles in 3D (`…_3d_deg`) and in the image (`…_2d_deg`) in
        degrees, in (-180, 180], how much of a limb is in the image's plane (`…_in_plane`, from 0 to
        1), and the lengths of segments in metres (`…_length_m`). The page on angles defines them.

        Args:
            min_visibility: from 0 to 1. An angle or a length is NaN if one of its landmarks is less
                visible.

        Raises:
            OptionError: the number is not permitted.
        """
        at_least = AngleOptions(min_visibility).min_visibility
        tables = [*angle_tables(Blocks.of(self), min_visibility=at_least)]
        return {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}

    def repetitions(
        self, angle: str | None = None, *, min_visibility: float = 0.5
    ) -> dict[str, NDArray[Any]]:
        """Return a table as a dict of arrays, with a row for each repetition of a movement.

        Its columns are person (the id), angle (its column in the table of angles), number (from 1),
        start_s, end_s, duration_s, least_deg, greatest_deg, longest_gap_s (the longest time in
        which the angle is not known), and whole, which is false if the beginning or the end is cut.

        Args:
            angle: the column of `angles` in which repetitions are counted; None for that of the 3D
                angles whose range is the largest, chosen for each person.
            min_visibility: as in `angles`.

        Raises:
            OptionError: there is no such angle, or the number is not permitted.
            RecordingError: it is a recording of independent images.
        """
        at_least = AngleOptions(min_visibility).min_visibility
        return repetition_columns(repetitions(Blocks.of(self), angle, min_visibility=at_least))

    def in_room(self, *, height_m: float | None = None, fov_deg: float | None = None) -> Self:
        """Return the recording with the height of its people and the field of view of its camera.

        They are kept in the header, where `path` and the formats in metres read them.

        Args:
            height_m: how tall the people are, from 0.5 to 2.5; None keeps what the header has.
            fov_deg: the horizontal field of view in degrees, from 10 to 150; None keeps what the
                header has.

        Raises:
            OptionError: a number is not permitted.
        """
        return replace(self, header=RoomOptions(height_m, fov_deg).added_to(self.header))

    def path(self) -> dict[str, NDArray[Any]]:
        """Return a table as a dict of arrays, with where the hips of each person are in each frame.

        Its columns are frame, time_s and person (the id); x_m to the right of the camera in the
        image, y_m up from the floor, which is where the lowest foot is, and z_m to the camera, so
        that it is -3 at 3 m in front of it; their standard deviations x_std_m, y_std_m and z_std_m;
        and filled (not measured). Numbers are NaN where too few landmarks are seen to place a
        person. The camera is assumed to be level and still. The height of the people and the field
        of view of the camera are those given to `in_room`, or typical ones.

        Raises:
            RecordingError: it is a recording of independent images.
        """
        return path_table(paths_of(Blocks.of(self)))

    def save(self, path: str | PathLike[str], *, video: str | PathLike[str] | None = None) -> None:
        """Write the recording to a file, which appears complete or not at all.

        Args:
            path: the ending chooses the format. `.npz`, `.jsonl` and `.parquet` lose nothing. The
                others are for other programs: the tables `.csv`, `.coco.json` and `.dlc.csv`
                (DeepLabCut), and the folder `_json` (OpenPose); the folders `_trc` and `_mot`
                (OpenSim) and `_bvh` (animation) with a file for each person; `.c3d`, `.glb` (glTF)
                and `.rrd` (Rerun).
            video: the input of which the recording was made, for .rrd, which shows it.

        Raises:
            OptionError: the ending is that of no format, or of one that shows no video.
            RecordingError: the format needs motion, and the recording has independent images; or
                the recording is that of another video.
            MediaError: the video cannot be read.
            OutputError: the file cannot be written.
            MissingLibraryError: a library that the format needs is not installed.
        """
        output, name = split_path(as_path(path, "path"))
        blocks = Blocks.of(self)
        if video is not None:
            check_images([name])
            blocks = with_images_of(blocks, self.header.source, video)
        with exported(blocks, output, name):
            pass

    def columns(self) -> dict[str, NDArray[Any]]:
        """Return a table as a dict of arrays, with a row for each person and landmark.

        Its columns are those of the CSV file: frame, time_s, person (the id), landmark, name, x, y,
        z (normalized), visibility, presence, world_x, world_y, world_z (in metres), score, filled,
        width, height (in pixels), image. A frame without people has no rows. pandas and polars make
        a table of it: `polars.DataFrame(recording.columns())`.
        """
        return columns(self)

    def to_dataframe(self) -> DataFrame:
        """Return `columns` as a pandas DataFrame.

        Raises:
            MissingLibraryError: pandas is not installed.
        """
        return dataframe(self.columns())


def load(path: str | PathLike[str]) -> Recording:
    """Return the recording in a file that `vitruvian run` or `Recording.save` wrote.

    Args:
        path: of a file in the format npz, jsonl or parquet, which its content tells.

    Raises:
        RecordingError: the file cannot be read, is no recording, is of a newer version, or is
            damaged.
        MissingLibraryError: it is a Parquet file, and arro3-io is not installed.
    """
    blocks = open_recording(as_path(path, "path"))
    return Recording.joined(blocks.header, blocks)
