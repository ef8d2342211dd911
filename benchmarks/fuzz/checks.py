"""What must hold of the files that a run leaves, whatever its input was."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import av
from PIL.PngImagePlugin import PngImageFile

from vitruvian.formats.csv import CSV_HEADER
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
        if not file.is_file():
            raise BrokenPromiseError(f"{file.name} was announced, but is not there")
        match file.suffix:
            case ".csv":
                _check_csv(file, summary)
            case ".png":
                _check_image(file)
            case ".mp4":
                _check_video(file, summary.frames)
            case suffix:
                raise BrokenPromiseError(f"a file with the suffix {suffix} was written")


def check_only(folder: Path, files: Iterable[Path]) -> None:
    """Check that a folder contains these files, and no temporary ones.

    Raises:
        BrokenPromiseError: it contains others.
    """
    others = {path.name for path in folder.iterdir()} - {path.name for path in files}
    if others:
        raise BrokenPromiseError(f"left in the folder: {', '.join(sorted(others))}")


def _check_csv(file: Path, summary: Summary) -> None:
    head, *rows = file.read_text(encoding="utf-8").split("\n")
    if head != CSV_HEADER or not rows or rows.pop():
        raise BrokenPromiseError(f"{file.name} is cut short")
    frames = set[int]()
    for number, row in enumerate(rows):
        frame, time_s, person, landmark, name, *numbers = row.split(",")
        expected = number % len(LANDMARK_NAMES)
        if int(landmark) != expected or name != LANDMARK_NAMES[expected] or int(person) < 0:
            raise BrokenPromiseError(f"{file.name} has a row out of order: {row}")
        if len(numbers) != 8 or not all(map(math.isfinite, map(float, (time_s, *numbers)))):
            raise BrokenPromiseError(f"{file.name} has a row without eight finite numbers: {row}")
        frames.add(int(frame))
    if len(rows) % len(LANDMARK_NAMES):
        raise BrokenPromiseError(f"{file.name} ends within a person")
    last = max(frames, default=-1)
    if len(frames) != summary.frames_with_people or last >= summary.frames:
        raise BrokenPromiseError(
            f"{file.name} has {len(frames)} frames up to {last}, but the summary "
            f"{summary.frames_with_people} of {summary.frames}"
        )


def _check_image(file: Path) -> None:
    try:
        with PngImageFile(file) as image:  # `Image.open` has a limit of pixels
            image.verify()
    except (OSError, SyntaxError) as error:
        raise BrokenPromiseError(f"{file.name} is not whole: {error}") from error


def _check_video(file: Path, frames: int) -> None:
    try:
        with av.open(f"file:{file}") as container:
            (stream,) = container.streams.video
            if stream.width * stream.height <= _DECODED_PIXELS:
                found = sum(1 for _ in container.decode(stream))
            else:
                found = sum(1 for packet in container.demux(stream) if packet.size)
    except (av.FFmpegError, ValueError) as error:
        raise BrokenPromiseError(f"{file.name} is not whole: {error}") from error
    if found != frames:
        raise BrokenPromiseError(f"{file.name} has {found} frames, but the summary {frames}")
