"""All results of one input: of a video, an image, or a folder of photographs."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from vitruvian.errors import MediaError
from vitruvian.inputs.folders import contents, is_folder
from vitruvian.inputs.parsing import ImageSeries, check_kind, parse
from vitruvian.inputs.suffixes import is_image_name
from vitruvian.media.opening import open_source
from vitruvian.pipeline import ahead
from vitruvian.pose import Pose
from vitruvian.printable import printable
from vitruvian.provenance import header_of, header_of_photographs, with_finder

if TYPE_CHECKING:
    from os import PathLike

    from vitruvian.finder import Finder
    from vitruvian.inputs.options import InputOptions
    from vitruvian.options import PoseOptions
    from vitruvian.recorded.header import Header
    from vitruvian.result import PoseResult

_logger = logging.getLogger(__name__)


def record(
    source: str | PathLike[str] | int,
    options: PoseOptions,
    of_input: InputOptions,
    finder: Finder | None,
) -> tuple[Header, list[PoseResult]]:
    """Find people in every frame of an input, and return its header and the results.

    Results have no masks, which would fill the memory.

    Args:
        source: what `open_source` opens, or a folder of photographs.
        options: those of `Pose`.
        of_input: which frames are read, and how.
        finder: a second source of people, as of `Pose`.

    Raises:
        WeightsError, EngineError, FinderError: as `Pose`.
        MediaError: the source cannot be read to its end; or an image of a folder is no photograph,
            or none of them can be read.
    """
    check_kind(source)
    if not isinstance(source, int) and is_folder(source):
        return _of_photographs(Path(source), options, of_input, finder)
    with open_source(source, options=of_input) as opened:
        if opened.is_image:
            options = replace(options, static_image_mode=True)
        header = with_finder(header_of(parse(source), options, of_input), finder)
        pose = Pose(**vars(options), finder=finder)
        with ahead(opened) as decoded:
            results = [
                replace(
                    pose.process(frame.image, frame.timestamp_s),
                    index=frame.index,
                    segmentation_masks=None,
                )
                for frame in decoded
            ]
    return header, results


def _of_photographs(
    folder: Path, options: PoseOptions, of_input: InputOptions, finder: Finder | None
) -> tuple[Header, list[PoseResult]]:
    files = tuple(file for file in contents(folder).files if is_image_name(file.name))
    if not files:
        raise MediaError(f"{printable(folder)} contains no images: give another folder.")
    photographs = ImageSeries(folder, files)
    header = with_finder(header_of_photographs(photographs, options, of_input), finder)
    pose = Pose(**vars(replace(options, static_image_mode=True)), finder=finder)
    results: list[PoseResult] = []
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
    return header, results
