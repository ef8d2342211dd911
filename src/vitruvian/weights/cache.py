"""The user's cache of weights: from a name to a verified file.

No source is trusted: the bytes that it offers are written to a temporary file, compared with the
pinned SHA-256, and only then moved into place.

In every function that takes a name, a name that `catalogue.WEIGHTS` does not contain raises
OptionError.
"""
# ruff: noqa: PLC0415 - libraries are imported where they are used: `import vitruvian` is fast

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from vitruvian.errors import OutputError, WeightsError
from vitruvian.files import written_aside
from vitruvian.weights import catalogue, sources
from vitruvian.weights.catalogue import WeightsFile, pinned


def home() -> Path:
    """Return the cache folder: `VITRUVIAN_HOME` if it is set, else the user's cache folder."""
    from platformdirs import user_cache_path

    named = os.environ.get("VITRUVIAN_HOME")
    return Path(named) if named else user_cache_path("vitruvian")


def path(name: str) -> Path:
    """Return the path of the file in the cache, whether or not the file exists."""
    return home() / f"{pinned(name).name}.tflite"


def is_verified(name: str) -> bool:
    """Return whether the file is in the cache and has the pinned bytes.

    Raises:
        OutputError: the cache cannot be read.
    """
    with _cache_errors():
        return _has_pinned_bytes(path(name), pinned(name))


def pull(name: str, *, folder: Path | None = None, progress: bool = True) -> Path:
    """Return the verified file, after fetching it from the first source that has it if needed.

    Several threads and processes may pull at the same time: one fetches, and the others wait.

    Args:
        name: a key of `catalogue.WEIGHTS`.
        folder: the first source: a folder with `<name>.tflite`. None is the folder that
            `VITRUVIAN_WEIGHTS` names.
        progress: whether to report downloads on stderr.

    Returns:
        The path of the file in the cache.

    Raises:
        WeightsError: no source has the pinned bytes; the message contains the reason of each.
        OutputError: the cache cannot be read or written.
    """
    if not is_verified(name):
        with _locked_cache():
            if not is_verified(name):  # another thread or process may have fetched it meanwhile
                _fetch(pinned(name), folder, progress)
    return path(name)


def keep(network: bytes) -> Path:
    """Write a .tflite file that is not pinned into the cache, and return its path.

    Raises:
        OutputError: the cache cannot be read or written.
    """
    place = home() / "task" / f"{hashlib.sha256(network).hexdigest()[:16]}.tflite"
    with _cache_errors():
        is_kept = place.exists() and place.read_bytes() == network
    if not is_kept:
        with written_aside(place) as aside:
            aside.write_bytes(network)
    return place


def _fetch(file: WeightsFile, folder: Path | None, progress: bool) -> None:
    if progress:
        sys.stderr.write(f"Fetching {file.name}.tflite\n")
    # An archive holds several files: keeping all that are missing saves another download.
    others = (other for other in catalogue.WEIGHTS.values() if other is not file)
    wanted = [file, *(other for other in others if not is_verified(other.name))]
    reasons = []
    for label, source in sources.in_order(folder, progress).items():
        reason = _fill_from(source, wanted)
        if is_verified(file.name):
            return
        reasons.append(f"{label}: {reason}")
    raise WeightsError(
        "\n- ".join([f"No source has the pinned bytes of {file.name}.tflite:", *reasons])
        + "\nPut the file into a folder, and give that folder with --from or VITRUVIAN_WEIGHTS."
    )


def _fill_from(source: sources.Source, wanted: Sequence[WeightsFile]) -> str:
    """Keep what the source offers, and return the reason why it offers no more."""
    try:
        for file, content in sources.read(source, wanted):
            if not _keep(file, content):
                return "its bytes are not the pinned ones"
    except sources.SourceError as error:
        return str(error)
    return "it does not have the file"


def _keep(file: WeightsFile, content: bytes) -> bool:
    """Move the content into place if it is the pinned one, and return whether it is."""
    place = path(file.name)
    aside = place.with_suffix(".part")
    with _cache_errors():
        try:
            aside.write_bytes(content)
            is_right = _has_pinned_bytes(aside, file)
            if is_right:
                aside.replace(place)
        finally:
            aside.unlink(missing_ok=True)
    return is_right


def _has_pinned_bytes(candidate: Path, file: WeightsFile) -> bool:
    return (
        candidate.is_file()
        and candidate.stat().st_size == file.size_bytes
        and hashlib.sha256(candidate.read_bytes()).hexdigest() == file.sha256
    )


@contextmanager
def _locked_cache() -> Iterator[None]:
    """Hold one lock for all files, because an archive may fill several places."""
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
            f"The cache folder {home()} cannot be used ({error.strerror}): repair it, or name "
            "another folder with VITRUVIAN_HOME."
        ) from error
