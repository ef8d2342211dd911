"""From a name to a file in the user's cache whose bytes are the pinned ones.

No source is trusted. What one offers is read no further than the pinned size, written aside,
compared with the pinned SHA-256, and only then moved into place.

A name that is no key of `catalogue.WEIGHTS` raises OptionError in every function.
"""
# ruff: noqa: PLC0415 - a file that is in the cache needs no downloader, whose import takes 0.2 s

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vitruvian.errors import OutputError, WeightsError
from vitruvian.weights import catalogue, sources
from vitruvian.weights.catalogue import WeightsFile, pinned


def home() -> Path:
    """The cache: the folder that `VITRUVIAN_HOME` names, else the user's own."""
    from platformdirs import user_cache_path

    named = os.environ.get("VITRUVIAN_HOME")
    return Path(named) if named else user_cache_path("vitruvian")


def path(name: str) -> Path:
    """Where the file belongs, be it there or not."""
    return home() / f"{pinned(name).name}.tflite"


def is_verified(name: str) -> bool:
    """Whether the file is in the cache and has the pinned bytes."""
    with _cache_errors():
        return _is_right(pinned(name), path(name))


def pull(name: str, *, folder: Path | None = None, progress: bool = True) -> Path:
    """Puts the file into the cache, from the first source that has it, unless it is there.

    Threads and processes may pull at once: one fetches, and the others wait for it.

    Args:
        name: a key of `catalogue.WEIGHTS`.
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
                _fetch(pinned(name), folder, progress)
    return path(name)


def _fetch(file: WeightsFile, folder: Path | None, progress: bool) -> None:
    if progress:
        sys.stderr.write(f"Fetching {file.name}.tflite\n")
    reasons = []
    # An archive at hand saves the next pull another download.
    others = (other for other in catalogue.WEIGHTS.values() if other is not file)
    wanted = [file, *(other for other in others if not is_verified(other.name))]
    for label, source in sources.in_order(folder, progress).items():
        reason = "it is not there"
        try:
            for offered, content in sources.read(source, wanted):
                _keep(offered, content)
        except sources.SourceError as error:
            reason = str(error)
        if is_verified(file.name):
            return
        reasons.append(f"{label}: {reason}")
    raise WeightsError(
        "\n- ".join([f"No source has the pinned bytes of {file.name}.tflite:", *reasons])
        + "\nPut the file into a folder and name the folder by --from or VITRUVIAN_WEIGHTS."
    )


def _keep(file: WeightsFile, content: bytes) -> None:
    place = path(file.name)
    aside = place.with_suffix(".part")
    with _cache_errors():
        try:
            aside.write_bytes(content)
            if not _is_right(file, aside):
                raise sources.SourceError("its bytes are not the pinned ones")
            aside.replace(place)
        finally:
            aside.unlink(missing_ok=True)


def _is_right(file: WeightsFile, candidate: Path) -> bool:
    return (
        candidate.is_file()
        and candidate.stat().st_size == file.size_bytes
        and hashlib.sha256(candidate.read_bytes()).hexdigest() == file.sha256
    )


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
