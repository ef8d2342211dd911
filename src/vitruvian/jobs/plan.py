"""What a run will do: a job for each input, with the names of its files, before any work."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vitruvian.errors import MediaError, OptionError
from vitruvian.formats.writers import WRITERS
from vitruvian.inputs.folders import LeftOut, contents, described, is_folder
from vitruvian.inputs.names import display_name, stem
from vitruvian.inputs.numbered_images import grouped
from vitruvian.inputs.parsing import ImageSeries, Parsed, parse
from vitruvian.jobs.album import Album, album_name, images_by_folder
from vitruvian.jobs.output_names import InputName, output_names
from vitruvian.printable import printable

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable

# What stands between an input's name and the suffix of an image or a video that was drawn of it.
DRAWN = frozenset({".annotated", ".mask"})
_PLOT = re.compile(r"\.angles\.person[0-9]+$")  # the same of `vitruvian angles --plot`


@dataclass(frozen=True, slots=True)
class Job:
    """An input, and where its output files go.

    Attributes:
        source: The input.
        output: The path of the output files without their endings, such as .annotated.mp4.
        album: The folder to whose recording it belongs, if it is a photograph.
    """

    source: Parsed
    output: Path
    album: Album | None = None

    @property
    def name(self) -> str:
        """The input's name for messages."""
        return display_name(self.source)

    @property
    def is_shortened(self) -> bool:
        """Whether the input's name is too long for the name of an output file."""
        return not self.output.name.startswith(stem(self.source))


@dataclass(frozen=True, slots=True)
class Plan:
    """The jobs of a run, and what is to be said about its inputs.

    Attributes:
        jobs: The jobs, in the order of the inputs.
        failed: The inputs for which there is no job, each with its error.
        left_out: Folders, each with a description of what is left out of it.
        repeated: The inputs that were given more than once, each of which is one job only.
    """

    jobs: tuple[Job, ...]
    failed: tuple[tuple[str, MediaError], ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    repeated: tuple[str, ...] = ()


def endings(drawn: Collection[str] = DRAWN) -> list[str]:
    """Return what a run may add to an input's name for a file, except for the manifest.

    Args:
        drawn: The kinds of images that will be drawn, as they stand in the names of their files.
    """
    formats = (writer.ending for writer in WRITERS.values())
    return [*formats, *(f"{kind}{suffix}" for kind in drawn for suffix in (".png", ".mp4"))]


def make_plan(
    inputs: Iterable[str], folder: Path, *, in_series: bool = False, drawn: Collection[str] = DRAWN
) -> Plan:
    """Return what a run on some inputs will do.

    A folder stands for the images and videos in it and in its subfolders, except those that this
    program drew. Their output files have the same place below the output folder.

    Args:
        inputs: Paths, patterns of numbered images, numbers of cameras, addresses, and "-".
        folder: The output folder.
        in_series: Whether images of a folder whose names differ in one number are one video.
        drawn: The kinds of images that will be drawn, as they stand in the names of their files.

    Raises:
        MediaError: There is no input for which there can be a job.
        OptionError: An output file would overwrite an input.
    """
    inputs = [*inputs]
    named: dict[Hashable, tuple[Parsed, InputName]] = {}
    failed: list[tuple[str, MediaError]] = []
    left_out: list[tuple[str, str]] = []
    repeated: list[str] = []
    for given in inputs:
        try:
            sources, description = _expanded(given, in_series=in_series)
        except MediaError as error:
            failed.append((printable(given) or "(empty)", error))
            continue
        if description:
            left_out.append((printable(given), description))
        for source, name in sources:
            identity = _identity(source)
            if identity in named:
                repeated.append(display_name(source))
            else:
                named[identity] = (source, name)
    if not named and failed:
        raise failed[0][1]
    all_sources = [source for source, _ in named.values()]
    folders = [Path(given) for given in inputs if is_folder(given)]
    images = images_by_folder(all_sources, folders)
    names = [*(name for _, name in named.values()), *map(album_name, images)]
    outputs = [folder / output for output in output_names(names)]
    albums = {
        file: Album(album_folder, files, output)
        for (album_folder, files), output in zip(images.items(), outputs[len(named) :], strict=True)
        for file in files
    }
    jobs = tuple(
        Job(source, output, albums.get(source) if isinstance(source, Path) else None)
        for source, output in zip(all_sources, outputs, strict=False)
    )
    _refuse_overwriting(jobs, drawn)
    return Plan(jobs, tuple(failed), tuple(left_out), tuple(repeated))


def _expanded(given: str, *, in_series: bool) -> tuple[list[tuple[Parsed, InputName]], str]:
    """Return the inputs that an argument stands for, and a description of what it leaves out."""
    source = Path(given) if is_folder(given) else parse(given)
    if not isinstance(source, Path) or not is_folder(source):
        return [(source, _input_name(source))], ""
    found = contents(source)
    files = [file for file in found.files if not _is_drawn(file)]
    drawn = [LeftOut(file, "drawn by this program") for file in found.files if _is_drawn(file)]
    description = described(source, (*found.left_out, *drawn))
    if not files:
        raise MediaError(
            f"{printable(source)} contains no images or videos"
            f"{description and f', but {description}'}: give another folder."
        )
    sources: list[Parsed] = [*files]
    if in_series:
        groups = grouped(files).items()
        sources = [ImageSeries(name, group) if len(group) > 1 else name for name, group in groups]
    return [(item, _input_name(item, source)) for item in sources], description


def _is_drawn(file: Path) -> bool:
    return Path(file.stem).suffix in DRAWN or _PLOT.search(file.stem) is not None


def _input_name(source: Parsed, folder: Path | None = None) -> InputName:
    """Return the parts of an input's name. `folder` is the one that the user gave, if any."""
    path = source.pattern if isinstance(source, ImageSeries) else source
    if not isinstance(path, Path):
        return InputName(stem(source))
    folder = folder or path.parent
    return InputName(
        stem(source),
        path.suffix,
        below=path.parent.relative_to(folder),
        folders=Path(os.path.abspath(folder)).parts[1:],  # noqa: PTH100 - keeps the names of links
    )


def _identity(source: Parsed) -> Hashable:
    """Return what is equal for two ways to give the same input.

    Two links to one file are two inputs, because their output files have other names.
    """
    path = source.pattern if isinstance(source, ImageSeries) else source
    return Path(os.path.realpath(path.parent), path.name) if isinstance(path, Path) else path


def _refuse_overwriting(jobs: Iterable[Job], drawn: Collection[str]) -> None:
    """Raise `OptionError` if a file that may be written is an input, also through a link."""
    inputs: dict[tuple[int, int] | None, Path] = {}
    for job in jobs:
        files = job.source.files if isinstance(job.source, ImageSeries) else (job.source,)
        inputs |= {_file_id(file): file for file in files if isinstance(file, Path)}
    inputs.pop(None, None)
    for job in jobs:
        for ending in endings(drawn):
            overwritten = inputs.get(_file_id(Path(f"{job.output}{ending}")))
            if overwritten is not None:
                raise OptionError(
                    f"The output of {job.name} would overwrite the input {printable(overwritten)}: "
                    "choose another output folder."
                )


def _file_id(path: Path) -> tuple[int, int] | None:
    """Return what identifies an existing file by any of its names."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
