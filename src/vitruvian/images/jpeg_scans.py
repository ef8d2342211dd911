"""The number of scans of a JPEG. Even the shortest scan takes the time of a whole image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitruvian.errors import MediaError

if TYPE_CHECKING:
    from vitruvian.images.byte_files import SeekableFile

# The limit of libtiff's decoder of JPEG. Programs write about ten.
MAX_SCANS = 100
_START_OF_SCAN = b"\xff\xda"  # a marker, which does not occur in compressed data
_CHUNK_BYTES = 1 << 20


def check_scans(file: SeekableFile, name: str) -> None:
    """Check the number of scans of a JPEG file. The file's offset does not change.

    Raises:
        MediaError: There are more than `MAX_SCANS`.
    """
    offset = file.tell()
    file.seek(0)
    scans, last = 0, b""
    while chunk := file.read(_CHUNK_BYTES):
        scans += (last + chunk).count(_START_OF_SCAN)
        last = chunk[-1:]
    file.seek(offset)
    if scans > MAX_SCANS:
        raise MediaError(
            f"{name} is a JPEG of {scans:,} scans, more than the limit of {MAX_SCANS}: "
            "save it as a baseline JPEG."
        )
