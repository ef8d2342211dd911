"""A recording as `.npz`: its arrays as `numpy.load` reads them, and `header.json`.

The arrays are stored, not compressed: deflating float32 landmarks saves a tenth and takes longer
than finding the people. What a file claims to unpack to is therefore what it has.
"""

from __future__ import annotations

import zipfile
from contextlib import ExitStack
from typing import IO, TYPE_CHECKING, Any

import numpy as np
from numpy.lib import format as npy

from vitruvian.errors import RecordingError
from vitruvian.recorded.arrays import Recorded
from vitruvian.recorded.blocks import BLOCK_FRAMES, block_bounds
from vitruvian.recorded.header import MAX_BYTES, Header
from vitruvian.recorded.kinds import ARRAYS, ARRAYS_OF_FRAMES, ARRAYS_OF_PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from vitruvian.recorded.blocks import Blocks

MAGIC = b"PK"
HEADER = "header.json"
_MAX_NPY_HEADER = 1000  # ours have 128 bytes


def write(blocks: Blocks, path: Path) -> None:
    """Write a recording. The same recording always gives the same bytes."""
    counts = [(len(block), len(block.ids)) for block in blocks]
    frames, people = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0)
    with zipfile.ZipFile(path, "w") as archive:
        # Without a time of its own, an entry is of 1980.
        archive.writestr(zipfile.ZipInfo(HEADER), blocks.header.to_json())
        for name, kind in ARRAYS.items():
            length = frames if name in ARRAYS_OF_FRAMES else people
            with archive.open(zipfile.ZipInfo(f"{name}.npy"), "w", force_zip64=True) as entry:
                described = {
                    "descr": np.dtype(kind.dtype).newbyteorder("<").str,
                    "fortran_order": False,
                    "shape": (length, *kind.shape),
                }
                npy.write_array_header_1_0(entry, described)
                for block in blocks:
                    array = getattr(block, name)
                    entry.write(array.astype(array.dtype.newbyteorder("<"), order="C").tobytes())


def read_header(path: Path) -> Header:
    """Return the header of a file."""
    with zipfile.ZipFile(path) as archive:
        _check_entries(archive)
        return Header.from_json(archive.read(HEADER))


def read(path: Path, header: Header) -> Iterator[Recorded]:
    """Yield the frames of a file in blocks."""
    with ExitStack() as files:
        archive = files.enter_context(zipfile.ZipFile(path))
        _check_entries(archive)
        entries = {name: files.enter_context(archive.open(f"{name}.npy")) for name in ARRAYS}
        lengths = {
            name: _length(entry, archive.getinfo(f"{name}.npy").file_size, name)
            for name, entry in entries.items()
        }
        people = 0
        for first in range(0, lengths["frames"], BLOCK_FRAMES):
            length = min(BLOCK_FRAMES, lengths["frames"] - first)
            frames = {name: _array(entries[name], length, name) for name in ARRAYS_OF_FRAMES}
            people += int(frames["people_counts"].sum(dtype=np.int64))
            yield from _blocks(header, frames, entries)
        for name, length in lengths.items():
            if length != (lengths["frames"] if name in ARRAYS_OF_FRAMES else people):
                raise RecordingError(f"has {length:,} items in {name}: write it again")
        for entry in entries.values():
            entry.read(1)  # the end of an entry is where its checksum is compared


def _blocks(
    header: Header, frames: dict[str, NDArray[Any]], entries: dict[str, IO[bytes]]
) -> Iterator[Recorded]:
    counts = frames["people_counts"]
    if (counts < 0).any():
        raise RecordingError("has people_counts that no run writes: write it again")
    for first, end in block_bounds(counts.tolist()):
        people = int(counts[first:end].sum(dtype=np.int64))
        of_people = {name: _array(entries[name], people, name) for name in ARRAYS_OF_PEOPLE}
        of_frames = {name: array[first:end] for name, array in frames.items()}
        yield Recorded(header, **of_frames, **of_people)


def _check_entries(archive: zipfile.ZipFile) -> None:
    """Refuse what could take more memory than the file is long, before anything is read."""
    entries = {entry.filename: entry for entry in archive.infolist()}
    if HEADER not in entries:
        raise RecordingError("is no recording: give a file that vitruvian run wrote")
    if len(entries) != len(archive.infolist()):
        raise RecordingError("has two entries of one name: write it again")
    if {*entries} != {HEADER, *(f"{name}.npy" for name in ARRAYS)}:
        # A newer version may have other entries; its header says so in better words.
        Header.from_json(archive.read(HEADER) if _is_stored(entries[HEADER]) else "")
        raise RecordingError("lacks arrays, or has some that are unknown: write it again")
    if not all(map(_is_stored, entries.values())) or entries[HEADER].file_size > MAX_BYTES:
        raise RecordingError("is compressed: write it with vitruvian, which never compresses it")


def _is_stored(entry: zipfile.ZipInfo) -> bool:
    return entry.compress_type == zipfile.ZIP_STORED and entry.file_size == entry.compress_size


def _length(entry: IO[bytes], size_bytes: int, name: str) -> int:
    """Return the number of items of an array from its header, which must fit its size."""
    kind = ARRAYS[name]
    expected = np.dtype(kind.dtype).newbyteorder("<")
    if npy.read_magic(entry) != (1, 0):
        raise RecordingError(f"has {name} in a form of numpy that is unknown: write it again")
    shape, is_fortran, dtype = npy.read_array_header_1_0(entry, max_header_size=_MAX_NPY_HEADER)
    if shape[1:] != kind.shape or len(shape) != 1 + len(kind.shape) or dtype != expected:
        raise RecordingError(f"has {dtype} {shape} as {name}: write it again")
    item_bytes = expected.itemsize * int(np.prod(kind.shape, dtype=np.int64))
    if is_fortran or entry.tell() + shape[0] * item_bytes != size_bytes:
        raise RecordingError(f"has a wrong number of bytes in {name}: write it again")
    return int(shape[0])


def _array(entry: IO[bytes], length: int, name: str) -> NDArray[Any]:
    kind = ARRAYS[name]
    dtype = np.dtype(kind.dtype).newbyteorder("<")
    size_bytes = length * dtype.itemsize * int(np.prod(kind.shape, dtype=np.int64))
    content = entry.read(size_bytes)
    if len(content) != size_bytes:
        raise RecordingError(f"is cut short in {name}: write it again")
    array = np.frombuffer(content, dtype).reshape(length, *kind.shape)
    return array.astype(kind.dtype, copy=False)
