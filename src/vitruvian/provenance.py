"""Where results come from: the bytes of their input, and the options on which they depend."""

from __future__ import annotations

import hashlib
import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vitruvian.engines.choice import choose
from vitruvian.errors import MediaError
from vitruvian.finder import name_of
from vitruvian.inputs.names import display_name, folder_name
from vitruvian.inputs.options import InputOptions
from vitruvian.inputs.parsing import ImageSeries
from vitruvian.printable import printable
from vitruvian.recorded.header import Header

if TYPE_CHECKING:
    from vitruvian.finder import Finder
    from vitruvian.inputs.parsing import Parsed
    from vitruvian.options import PoseOptions

# Results are the same with any number of threads. The two limits decide whether an input can be
# read to its end, and not what is found in it.
_WITHOUT_EFFECT = {"threads", "max_pixels", "timeout_s"}
_OF_INPUT = ("start_s", "end_s", "frame_rate", "every", "resize")


def header_of(source: Parsed, options: PoseOptions, input_options: InputOptions) -> Header:
    """Return the header of a recording.

    Raises:
        MediaError: The input cannot be read.
    """
    path = source.pattern if isinstance(source, ImageSeries) else source
    return Header(
        source=printable(path.name) if isinstance(path, Path) else display_name(source),
        sha256=content_sha256(source),
        options=effective_options(options, input_options),
    )


def header_of_photographs(
    photographs: ImageSeries, options: PoseOptions, input_options: InputOptions
) -> Header:
    """Return the header of the recording of a folder's photographs.

    Args:
        photographs: the files, and as the pattern their folder.
        options: as in `header_of`; photographs are independent images.
        input_options: as in `header_of`.

    Raises:
        MediaError: A photograph cannot be read.
    """
    folder = photographs.pattern
    names = (file.relative_to(folder).as_posix() for file in photographs.files)
    header = header_of(photographs, replace(options, static_image_mode=True), input_options)
    source = printable(folder_name(folder))
    return replace(header, source=source, images=tuple(map(printable, names)))


def with_finder(header: Header, finder: Finder | None) -> Header:
    """Return the header of results for which a finder was used: its name is one of the options."""
    if finder is None:
        return header
    return replace(header, options={**header.options, "finder": name_of(finder)})


def content_sha256(source: Parsed) -> str | None:
    """Return the SHA-256 of an input's bytes; None if it can be read only once.

    That of several files is the SHA-256 of theirs, in their order. Names and times of files do not
    matter, because they prove nothing about the content.

    Raises:
        MediaError: A file cannot be read.
    """
    match source:
        case ImageSeries(_, files):
            digests = "".join(_sha256(file) for file in files)
            return hashlib.sha256(digests.encode()).hexdigest()
        case Path():
            return _sha256(source)
        case _:
            return None


def effective_options(options: PoseOptions, input_options: InputOptions) -> dict[str, Any]:
    """Return the options on which results depend, as JSON has them.

    The engine is the one that is used, because the default depends on what is installed.
    """
    engine, _ = choose(options.engine, options.device)
    given = {**vars(options), **vars(input_options)}
    given |= {"engine": engine, "model_complexity": options.model}  # which has two names
    return {
        name: None if value == math.inf else list(value) if isinstance(value, tuple) else value
        for name, value in given.items()
        if name not in _WITHOUT_EFFECT
    }


def input_options_of(header: Header) -> InputOptions:
    """Return how the input of a recording was read.

    Raises:
        OptionError: The header has a value that is not permitted.
    """
    known = {name: header.options.get(name) for name in _OF_INPUT}
    return InputOptions(**{name: value for name, value in known.items() if value is not None})


def _sha256(file: Path) -> str:
    try:
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        raise MediaError(
            f"{display_name(file)} cannot be read ({error.strerror}): check the path."
        ) from error
