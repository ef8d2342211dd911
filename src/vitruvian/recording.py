"""`Recording` and `load`: the results of one input, as users hold them."""

from __future__ import annotations

import logging
import math
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, Unpack

from vitruvian.analysis.offline_smoothing import smoothed
from vitruvian.analysis.options import OfflineSmoothing
from vitruvian.dataframe import dataframe
from vitruvian.errors import MediaError
from vitruvian.files import as_path
from vitruvian.formats.exports import exported, split_path
from vitruvian.formats.recordings import open_recording
from vitruvian.inputs.folders import contents, is_folder
from vitruvian.inputs.options import InputOptions
from vitruvian.inputs.parsing import ImageSeries, parse
from vitruvian.inputs.suffixes import is_image_name
from vitruvian.media.opening import open_source
from vitruvian.options import PoseOptions, PoseOptionsDict
from vitruvian.pipeline import ahead
from vitruvian.pose import Pose
from vitruvian.printable import printable
from vitruvian.provenance import header_of, header_of_photographs
from vitruvian.recorded.arrays import Recorded
from vitruvian.recorded.blocks import Blocks
from vitruvian.recorded.columns import columns

if TYPE_CHECKING:
    from os import PathLike

    from numpy.typing import NDArray
    from pandas import DataFrame

_logger = logging.getLogger(__name__)


class Recording(Recorded):
    """The results of every frame of one input, also of those without people.

    Iterating over a recording gives the `PoseResult` of each frame, without masks. `len` is the
    number of frames, and a slice is a recording of some of them.

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
            options: those of `Pose`.

        Raises:
            OptionError, WeightsError, EngineError: as `Pose`.
            MediaError: the source cannot be read to its end; or an image of a folder is no
                photograph, or none of them can be read.
        """
        checked = PoseOptions(**options)
        of_input = InputOptions(
            start_s, end_s, checked.frame_rate, every, resize, max_pixels, timeout_s
        )
        if not isinstance(source, int) and is_folder(source):
            return cls._of_photographs(Path(source), checked, of_input)
        with open_source(source, options=of_input) as opened:
            if opened.is_image:
                checked = replace(checked, static_image_mode=True)
            header = header_of(parse(source), checked, of_input)
            pose = Pose(**vars(checked))
            with ahead(opened) as decoded:
                results = [
                    replace(
                        pose.process(frame.image, frame.timestamp_s),
                        index=frame.index,
                        segmentation_masks=None,
                    )
                    for frame in decoded
                ]
        return cls.of_results(header, results)

    @classmethod
    def _of_photographs(cls, folder: Path, options: PoseOptions, of_input: InputOptions) -> Self:
        files = tuple(file for file in contents(folder).files if is_image_name(file.name))
        if not files:
            raise MediaError(f"{printable(folder)} contains no images: give another folder.")
        header = header_of_photographs(ImageSeries(folder, files), options, of_input)
        pose = Pose(**vars(replace(options, static_image_mode=True)))
        results = []
        errors: list[MediaError] = []
        for number, file in enumerate(files):
            try:
                opened = open_source(file, options=of_input)
            except MediaError as error:
                _logger.warning("%s It was skipped.", error)
                errors.append(error)
                continue
            with opened:
                if not opened.is_image:
                    raise MediaError(f"{opened.name} is no photograph: remove it from the folder.")
                result = pose.process(next(iter(opened)).image, timestamp_s=0.0)
            results.append(replace(result, index=number, segmentation_masks=None))
        if not results:
            raise errors[0]
        return cls.of_results(header, results)

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

    def save(self, path: str | PathLike[str]) -> None:
        """Write the recording to a file, which appears complete or not at all.

        Args:
            path: the ending chooses the format: .npz, .jsonl and .parquet lose nothing; .csv,
                .coco.json, .dlc.csv and the folder _json (OpenPose) are for other programs.

        Raises:
            OptionError: the ending is that of no format.
            OutputError: the file cannot be written.
            MissingLibraryError: a library that the format needs is not installed.
        """
        output, name = split_path(as_path(path, "path"))
        with exported(Blocks.of(self), output, name):
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
