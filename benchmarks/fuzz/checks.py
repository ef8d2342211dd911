"""What must hold of the files that a run leaves, whatever its input was."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import av
from PIL.PngImagePlugin import PngImageFile

from vitruvian.errors import RecordingError
from vitruvian.formats.csv import CSV_HEADER
from vitruvian.jobs import manifest
from vitruvian.recording import load
from vitruvian.skeleton import LANDMARK_NAMES

from .verdict import BrokenPromiseError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from vitruvian.jobs.summary import Summary

_DECODED_PIXELS = 1_000_000  # larger frames are only counted, which takes no memory


def check_whole(summary: Summary) -> None:
    """Check that each file of an input is whole, and has the frames that the summary counts.

    Raises:
        BrokenPromiseError: one is not.
    """
    for file in summary.files:
        if file.name.endswith(manifest.ENDING):
            continue
        if not file.is_file():
            raise BrokenPromiseError(f"{file.name} was announced, but is not there")
        found = frames_in(file)
        expected = summary.frames_with_people if file.suffix == ".csv" else summary.frames
        if found != expected:
            raise BrokenPromiseError(f"{file.name} has {found} frames, but the summary {summary}")


def frames_in(file: Path) -> int:
    """Return the number of frames in a file; in a table, of those with people.

    Raises:
        BrokenPromiseError: the file is not whole.
    """
    readers = {
        ".npz": _frames_in_recording,
        ".csv": _frames_in_csv,
        ".png": _frames_in_image,
        ".mp4": _frames_in_video,
    }
    return readers[file.suffix](file)


def check_only(folder: Path, files: Iterable[Path]) -> None:
    """Check that a folder contains these files, and no temporary ones.

    Raises:
        BrokenPromiseError: it contains others.
    """
    others = {path.name for path in folder.iterdir()} - {path.name for path in files}
    if others:
        raise BrokenPromiseError(f"left in the folder: {', '.join(sorted(others))}")


def _frames_in_recording(file: Path) -> int:
    try:
        return len(load(file))
    except RecordingError as error:
        raise BrokenPromiseError(str(error)) from error


def _frames_in_csv(file: Path) -> int:
    head, *rows = file.read_text(encoding="utf-8").split("\n")
    if head != CSV_HEADER or not rows or rows.pop() or len(rows) % len(LANDMARK_NAMES):
        raise BrokenPromiseError(f"{file.name} is cut short")
    frames = set[int]()
    for number, row in enumerate(rows):
        frame, time_s, person, landmark, name, *numbers = row.split(",")
        expected = number % len(LANDMARK_NAMES)
        if int(landmark) != expected or name != LANDMARK_NAMES[expected] or int(person) < 0:
            raise BrokenPromiseError(f"{file.name} has a row out of order: {row}")
        values = numbers[:8]
        if len(numbers) != 13 or not all(map(math.isfinite, map(float, (time_s, *values)))):
            raise BrokenPromiseError(f"{file.name} has a row without eight finite numbers: {row}")
        frames.add(int(frame))
    return len(frames)


def _frames_in_image(file: Path) -> int:
    try:
        with PngImageFile(file) as image:  # `Image.open` has a limit of pixels
            image.verify()
    except (OSError, SyntaxError) as error:
        raise BrokenPromiseError(f"{file.name} is not whole: {error}") from error
    return 1


def _frames_in_video(file: Path) -> int:
    try:
        with av.open(f"file:{file}") as container:
            (stream,) = container.streams.video
            if stream.width * stream.height <= _DECODED_PIXELS:
                return sum(1 for _ in container.decode(stream))
            return sum(1 for packet in container.demux(stream) if packet.size)
    except (av.FFmpegError, ValueError) as error:
        raise BrokenPromiseError(f"{file.name} is not whole: {error}") from error
