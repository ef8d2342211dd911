"""The integers in the headers of files: sizes, counts, offsets and dimensions.

A random change rarely hits one of them and leaves the rest as it is, which is what gets deepest
into a reader.
"""

from __future__ import annotations

import re
import struct
import zlib
from typing import TYPE_CHECKING, NamedTuple

from .mutations import INTERESTING, put_integer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

_PNG = b"\x89PNG\r\n\x1a\n"
# Boxes of MP4, HEIC and AVIF that contain boxes, and how many bytes precede these.
_BOXES = dict.fromkeys((b"moov", b"trak", b"mdia", b"minf", b"stbl", b"dinf", b"edts"), 0) | {
    **dict.fromkeys((b"moof", b"traf", b"mvex", b"iprp", b"ipco", b"udta"), 0),
    **dict.fromkeys((b"meta",), 4),
    **dict.fromkeys((b"dref", b"stsd"), 8),
    **dict.fromkeys((b"avc1", b"hvc1", b"hev1", b"mp4v", b"av01"), 78),
}
_MATROSKA = {0x1A45DFA3, 0x18538067, 0x1654AE6B, 0x1F43B675, 0x1549A966, 0xAE, 0xE0, 0xA0, 0x55B0}
_MOST_WORDS = 24  # the dimensions of a track are in the 21st word of its box


class Field(NamedTuple):
    """An integer in a file."""

    position: int
    width: int
    order: str


def set_field(data: bytes, rng: Random) -> bytes:
    """Return a copy in which an integer of the header has another value."""
    found = list(_fields(data))
    if not found:
        return data
    field = rng.choice(found)
    changed = bytearray(data)
    if rng.random() < 0.3:
        here = changed[field.position : field.position + field.width]
        value = int.from_bytes(here, "big" if field.order == "big" else "little")
        value += rng.choice((-1, 1, -8, 8, value))
    else:
        value = rng.choice(INTERESTING)
    put_integer(changed, field.position, field.width, value, field.order)
    return bytes(changed)


def repaired(data: bytes) -> bytes:
    """Return a PNG with right checksums, so that readers do not stop there; others unchanged."""
    if not data.startswith(_PNG):
        return data
    changed = bytearray(data)
    for position, length in _png_chunks(data):
        end = position + 8 + length
        if end + 4 <= len(data):
            struct.pack_into(">I", changed, end, zlib.crc32(data[position + 4 : end]))
    return bytes(changed)


def _fields(data: bytes) -> Iterator[Field]:
    if data.startswith(_PNG):
        for position, length in _png_chunks(data):
            yield from _words(position, min(length + 8, 36), 4, "big")
    elif data[4:8] in {b"ftyp", b"styp", b"wide", b"mdat", b"moov"}:
        yield from _boxes(data, 0, len(data))
    elif data.startswith(b"RIFF"):
        yield from _riff(data, 0, len(data))
    elif data.startswith((b"II*\0", b"MM\0*")):
        yield from _tiff(data)
    elif data.startswith(b"GIF8"):
        starts = [4, *(match.start() - 1 for match in re.finditer(rb"(?<=\x00,)", data))]
        for start in starts:
            yield from _words(start + 2, 8, 2, "little")
    elif data.startswith(b"\xff\xd8"):
        for marker in re.finditer(rb"\xff[\xc0-\xfe]", data):
            yield from _words(marker.start() + 2, 8, 2, "big")
    elif data.startswith(b"\x1a\x45\xdf\xa3"):
        yield from _ebml(data, 0, len(data))
    else:
        yield from _words(0, 64, 4, "little")
        yield from _words(0, 64, 2, "big")


def _words(first: int, length: int, width: int, order: str) -> Iterator[Field]:
    for position in range(first, first + length - width + 1, width):
        yield Field(position, width, order)


def _png_chunks(data: bytes) -> Iterator[tuple[int, int]]:
    position = len(_PNG)
    while position + 8 <= len(data):
        (length,) = struct.unpack_from(">I", data, position)
        yield position, length
        position += 12 + length


def _boxes(data: bytes, first: int, end: int) -> Iterator[Field]:
    while first + 8 <= end:
        length, kind = struct.unpack_from(">I4s", data, first)
        box_end = min(first + max(length, 8), end)
        yield Field(first, 4, "big")
        if kind in _BOXES:
            skipped = 8 + _BOXES[kind]
            yield from _words(first + 8, skipped - 8, 2, "big")
            yield from _boxes(data, first + skipped, box_end)
        elif kind not in {b"mdat", b"free"}:
            yield from _words(first + 8, min(box_end - first - 8, 4 * _MOST_WORDS), 4, "big")
        first = box_end


def _riff(data: bytes, first: int, end: int) -> Iterator[Field]:
    while first + 8 <= end:
        kind, length = struct.unpack_from("<4sI", data, first)
        yield Field(first + 4, 4, "little")
        chunk_end = min(first + 8 + length, end)
        if kind in {b"RIFF", b"LIST"}:
            yield from _riff(data, first + 12, chunk_end)
        else:
            yield from _words(first + 8, min(length, 64), 4, "little")
        first = chunk_end + chunk_end % 2


def _tiff(data: bytes) -> Iterator[Field]:
    order, mark = ("little", "<") if data.startswith(b"II") else ("big", ">")
    yield Field(4, 4, order)
    (position,) = struct.unpack_from(f"{mark}I", data.ljust(8, b"\0"), 4)
    seen = set[int]()
    while 0 < position < len(data) - 2 and position not in seen:
        seen.add(position)
        (count,) = struct.unpack_from(f"{mark}H", data, position)
        yield Field(position, 2, order)
        for entry in range(position + 2, min(position + 2 + 12 * count, len(data) - 16), 12):
            yield from (Field(entry, 2, order), Field(entry + 2, 2, order))
            yield from _words(entry + 4, 8, 4, order)
        following = position + 2 + 12 * count
        if following + 4 > len(data):
            return
        yield Field(following, 4, order)
        (position,) = struct.unpack_from(f"{mark}I", data, following)


def _ebml(data: bytes, first: int, end: int) -> Iterator[Field]:
    while first + 2 <= end:
        id_width = 9 - data[first].bit_length()
        element = int.from_bytes(data[first : first + id_width], "big")
        size_at = first + id_width
        if id_width > 4 or size_at >= end:
            return
        size_width = 9 - data[size_at].bit_length()
        size = int.from_bytes(data[size_at : size_at + size_width], "big")
        size &= (1 << 7 * size_width) - 1
        yield Field(size_at, min(size_width, 8), "big")
        first = size_at + size_width
        if element in _MATROSKA:
            yield from _ebml(data, first, min(first + size, end))
        elif 0 < size <= 8:
            yield Field(first, size, "big")
        first += size
