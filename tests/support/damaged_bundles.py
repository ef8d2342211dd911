"""Damaged .task files: the same seed always makes the same file."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
from typing import TYPE_CHECKING

from tests.support.damaged_networks import damaged as damaged_network

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Members = dict[str, bytes]

# The positions and sizes of the numbers in the records of a zip archive (APPNOTE.TXT, 4.3).
_RECORDS = {
    b"PK\3\4": ((4, 2), (6, 2), (8, 2), (10, 4), (14, 4), (18, 4), (22, 4), (26, 2), (28, 2)),
    b"PK\1\2": (
        *((4, 2), (6, 2), (8, 2), (10, 2), (12, 4), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2)),
        *((32, 2), (34, 2), (36, 2), (38, 4), (42, 4)),
    ),
    b"PK\5\6": ((4, 2), (6, 2), (8, 2), (10, 2), (12, 4), (16, 4), (20, 2)),
}
_NUMBERS = (0, 1, 2, 3, 8, 9, 12, 14, 31, 46, 255, 2048, 2**15, 2**16 - 1, 2**31 - 1, 2**32 - 1)
_SYMBOLIC_LINK = 0o120777 << 16


def damaged(members: Members, rng: Random) -> tuple[str, bytes]:
    """Return what was done to a bundle with these networks, and the damaged bundle."""
    if rng.random() < 0.5:
        name = rng.choice([*members])
        what, network = damaged_network(members[name], rng)
        return f"{name}: {what}", packed(members | {name: network})
    name, damage = rng.choice([*_DAMAGES.items()])
    return name, damage(members, rng)


def packed(members: Members) -> bytes:
    """Return a bundle: a zip archive whose files are stored as they are."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def _wrong_numbers(members: Members, rng: Random) -> bytes:
    """Change numbers in the headers of the archive: sizes, offsets, flags, methods, checksums."""
    content = bytearray(packed(members))
    for _ in range(rng.choice((1, 1, 2, 4))):
        signature, fields = rng.choice([*_RECORDS.items()])
        starts = [found.start() for found in re.finditer(re.escape(signature), content)]
        if starts:
            offset, width = rng.choice(fields)
            number = rng.choice((*_NUMBERS, rng.randrange(2**32))) % 256**width
            position = rng.choice(starts) + offset
            content[position : position + width] = number.to_bytes(width, "little")
    return bytes(content)


def _wrong_bytes(members: Members, rng: Random) -> bytes:
    """Change bytes near the headers, or anywhere."""
    content = bytearray(packed(members))
    headers = [found.start() for found in re.finditer(b"PK[\1\3\5]", content)]
    for _ in range(rng.choice((1, 3, 10))):
        near = rng.choice(headers) + rng.randrange(64)
        position = rng.choice((near, rng.randrange(len(content))))
        content[min(position, len(content) - 1)] = rng.randrange(256)
    return bytes(content)


def _truncated(members: Members, rng: Random) -> bytes:
    content = packed(members)
    return content[: rng.choice((rng.randrange(len(content)), -rng.randrange(1, 200)))]


def _surrounded(members: Members, rng: Random) -> bytes:
    """Put data before or after the archive, or a long comment."""
    noise = rng.randbytes(rng.choice((1, 22, 1000, 70_000)))
    content = packed(members)
    return rng.choice((noise + content, content + noise, content[:-2] + b"\xff\xff" + noise))


def _twice(members: Members, rng: Random) -> bytes:
    """Join two archives, or give one name to several entries."""
    if rng.random() < 0.3:
        return packed(members) * 2
    return _written(
        [
            *members.items(),
            *(
                (name, rng.choice((content, content[:100], b"")))
                for name, content in members.items()
            ),
        ]
    )


def _strange_entries(members: Members, rng: Random) -> bytes:
    """Compress entries, or make them links, folders, very many or of strange names."""
    name, content = rng.choice([*members.items()])
    others = [(other, members[other]) for other in members if other != name]
    link = zipfile.ZipInfo(name)
    link.external_attr = _SYMBOLIC_LINK
    method = rng.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    compressed = zipfile.ZipInfo(name)
    compressed.compress_type = method
    return _written(
        [
            *others,
            rng.choice(
                (
                    (link, b"/etc/passwd"),
                    (compressed, content[:1000] + bytes(1_000_000)),
                    (f"{name}/", b""),
                    (f"../{name}", content),
                    (f"{name}\ud7ff", content),
                    (name.upper(), content),
                )
            ),
            *((f"{number}", b"") for number in range(rng.choice((0, 3, 500, 70_000)))),
        ]
    )


def _overlapping(members: Members, rng: Random) -> bytes:
    """Let all entries of the directory be one entry of the archive, or begin inside of it."""
    content = bytearray(packed(members))
    for found in re.finditer(b"PK\1\2", content):
        (start,) = struct.unpack_from("<I", content, found.start() + 42)
        struct.pack_into("<I", content, found.start() + 42, rng.choice((0, start, start + 4, 30)))
    return bytes(content)


def _zip64(members: Members, rng: Random) -> bytes:
    """Add the records of a long archive, with other numbers."""
    content = packed(members)
    body, end = content[:-22], content[-22:]
    count, size_bytes, start = struct.unpack_from("<HII", end, 10)
    numbers = [count, count, size_bytes, start]
    if rng.random() < 0.8:
        numbers[rng.randrange(4)] = rng.choice((0, 1, 2**31, 2**32, 2**63, 2**64 - 1))
    record = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, *numbers)
    position = rng.choice((len(body), len(body), 0, 2**63))
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, position, rng.choice((1, 1, 2)))
    return body + record + locator + end


def _written(entries: list[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of names that occur twice
        for entry, content in entries:
            archive.writestr(entry, content)
    return file.getvalue()


_DAMAGES: dict[str, Callable[[Members, Random], bytes]] = {
    "wrong numbers": _wrong_numbers,
    "wrong bytes": _wrong_bytes,
    "truncated": _truncated,
    "surrounded": _surrounded,
    "twice": _twice,
    "strange entries": _strange_entries,
    "overlapping": _overlapping,
    "zip64": _zip64,
}
