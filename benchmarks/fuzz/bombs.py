"""Small files that ask for far more memory or time than they are long."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from .fields import repaired

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random


def bomb(rng: Random) -> tuple[str, bytes]:
    """Return a suffix and the content of a file."""
    suffix = rng.choice(list(_BOMBS))
    return suffix.partition(" ")[0], _BOMBS[suffix](_side_px(rng), _side_px(rng), rng)


def _side_px(rng: Random) -> int:
    return rng.choice((1, 4, 8000, 16384, 20000, 30000, 32768, 65500, 65535, 100_000, 2**31 - 1))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + bytes(4)


def _png(width: int, height: int, rng: Random) -> bytes:
    depth, colour = rng.choice(((1, 0), (8, 2), (16, 6)))
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, rng.randint(0, 1))
    rows = zlib.compress(bytes(rng.choice((0, 1000, 20_000_000))), 1)
    chunks = _chunk(b"IHDR", head), _chunk(b"IDAT", rows), _chunk(b"IEND", b"")
    return repaired(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))


def _png_text(_width: int, _height: int, rng: Random) -> bytes:
    """Return a PNG with metadata that unpack to 100 MB, or whose length is 2 GB."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
    packed = zlib.compress(bytes(100_000_000), 1)
    metadata = rng.choice(
        (
            _chunk(b"zTXt", b"Comment\0\0" + packed),
            _chunk(b"iCCP", b"icc\0\0" + packed),
            _chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + packed),
            struct.pack(">I", 0x7FFFFFF0) + rng.choice((b"eXIf", b"tEXt", b"IDAT", b"acTL")),
        )
    )
    pixels = _chunk(b"IDAT", zlib.compress(bytes(8 * 25)))
    return repaired(b"\x89PNG\r\n\x1a\n" + head + metadata + pixels + _chunk(b"IEND", b""))


def _apng(width: int, height: int, rng: Random) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    frames = rng.choice((2, 40, 2**31 - 1))
    control = struct.pack(">IIIIIHHBB", 0, width, height, 0, 0, 1, 10, 0, 0)
    chunks = [_chunk(b"IHDR", head), _chunk(b"acTL", struct.pack(">II", frames, 0))]
    chunks += [_chunk(b"fcTL", control), _chunk(b"IDAT", zlib.compress(bytes(1000)))] * 40
    return repaired(b"\x89PNG\r\n\x1a\n" + b"".join(chunks) + _chunk(b"IEND", b""))


def _gif(width: int, height: int, rng: Random) -> bytes:
    size = struct.pack("<HH", width & 0xFFFF, height & 0xFFFF)
    frame = b"!\xf9\x04\x04\x0a\0\0\0" + b",\0\0\0\0" + size + b"\0" + b"\x02\x02\x4c\x01\0"
    head = b"GIF89a" + size + b"\x80\0\0" + b"\0\0\0\xff\xff\xff"
    return head + frame * rng.choice((1, 2, 40, 2000)) + b";"


def _bmp(width: int, height: int, rng: Random) -> bytes:
    bits, compression = rng.choice(((1, 0), (8, 1), (24, 0), (32, 3)))
    sizes = struct.pack("<iiHHI", width, rng.choice((1, -1)) * height, 1, bits, compression)
    head = b"BM" + struct.pack("<IHHI", 1000, 0, 0, 54) + struct.pack("<I", 40) + sizes
    return head + struct.pack("<IiiII", 0, 0, 0, 0, 0) + bytes(2000)


def _pnm(width: int, height: int, rng: Random) -> bytes:
    kind = rng.choice((b"P1", b"P3", b"P4", b"P5", b"P6", b"Pf"))
    top = rng.choice((b"1", b"255", b"65535", b"-1", b"99999999999"))
    return kind + b"\n%d %d\n%b\n" % (width, height, top) + b"0 1 " * 500


def _tiff(width: int, height: int, rng: Random) -> bytes:
    samples, bits = rng.choice((1, 3, 65535)), rng.choice((1, 8, 16, 32, 64))
    compression = rng.choice((1, 5, 7, 8, 32773, 50000, 34712))
    entries = {
        256: (4, width),
        257: (4, height),
        258: (3, bits),
        259: (3, compression),
        262: (3, rng.choice((0, 1, 2, 3, 5, 6, 8))),
        273: (4, 8),
        277: (3, samples),
        278: (4, rng.choice((1, height))),
        279: (4, rng.choice((100, 2**31, 2**32 - 1))),
        339: (3, rng.choice((1, 2, 3, 4))),
    }
    if rng.random() < 0.3:
        entries |= {322: (4, width), 323: (4, height), 324: (4, 8), 325: (4, 100)}
    packed = b"".join(
        struct.pack("<HHII", tag, kind, 1, value) for tag, (kind, value) in sorted(entries.items())
    )
    pages = struct.pack("<H", len(entries)) + packed
    loops = rng.choice((0, 8 + 100))  # the next page is this page again
    return b"II*\0" + struct.pack("<I", 108) + bytes(100) + pages + struct.pack("<I", loops)


def _jpeg(width: int, height: int, rng: Random) -> bytes:
    """Return a JPEG of many scans, each of which goes over all blocks."""
    size = struct.pack(">HH", height & 0xFFFF, width & 0xFFFF)
    frame = b"\xff\xc2\0\x0b\x08" + size + b"\x01\x01\x11\0"
    tables = b"\xff\xdb\0\x43\0" + b"\x01" * 64
    tables += b"\xff\xc4\0\x14\0" + b"\x01" + bytes(15) + b"\0"
    tables += b"\xff\xc4\0\x14\x10" + b"\x01" + bytes(15) + b"\0"
    scan = b"\xff\xda\0\x08\x01\x01\0\x01\x3f\0" + bytes(4)
    return b"\xff\xd8" + tables + frame + scan * rng.choice((1, 100, 5000)) + b"\xff\xd9"


def _webp(width: int, height: int, rng: Random) -> bytes:
    size = struct.pack("<I", (width - 1) & 0xFFFFFF)[:3]
    size += struct.pack("<I", (height - 1) & 0xFFFFFF)[:3]
    pixels = b"\x2f" + rng.randbytes(30)
    still = b"VP8L" + struct.pack("<I", len(pixels)) + pixels + bytes(len(pixels) % 2)
    frame = bytes(6) + size + b"\x64\0\0\0" + still
    chunks = b"VP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + size
    chunks += b"ANIM" + struct.pack("<I", 6) + bytes(6)
    chunks += (b"ANMF" + struct.pack("<I", len(frame)) + frame) * rng.choice((1, 40))
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WEBP" + chunks


def _y4m(width: int, height: int, rng: Random) -> bytes:
    rate = rng.choice((b"25:1", b"1:0", b"2147483647:1", b"1:2147483647", b"0:0"))
    aspect = rng.choice((b"1:1", b"0:0", b"1:2147483647", b"64000:1"))
    head = b"YUV4MPEG2 W%d H%d F%b It A%b C420\n" % (width, height, rate, aspect)
    return head + (b"FRAME\n" + bytes(6)) * 200


def _qoi(width: int, height: int, _rng: Random) -> bytes:
    return b"qoif" + struct.pack(">IIBB", width, height, 3, 0) + b"\xfd" * 2000


def _tga(width: int, height: int, rng: Random) -> bytes:
    kind = rng.choice((2, 10))
    size = struct.pack("<HH", width & 0xFFFF, height & 0xFFFF)
    return bytes((0, 0, kind)) + bytes(9) + size + b"\x18\0" + b"\xff\0\0\0" * 500


def _psd(width: int, height: int, _rng: Random) -> bytes:
    head = b"8BPS\0\x01" + bytes(6) + struct.pack(">HIIHH", 3, height, width, 8, 3)
    return head + bytes(12) + b"\0\x01" + bytes(2000)


def _dds(width: int, height: int, _rng: Random) -> bytes:
    head = struct.pack("<7I44x", 124, 0x1007, height, width, 0, 0, 0)
    return b"DDS " + head + struct.pack("<II4s5I", 32, 4, b"DXT1", *[0] * 5) + bytes(2000)


def _avi(width: int, height: int, rng: Random) -> bytes:
    """Return an AVI of raw frames, with a rate that may be absurd."""
    scale, rate = rng.choice(((1, 25), (2**31 - 1, 1), (1, 2**31 - 1), (0, 0), (1, 0), (0, 1)))
    main = struct.pack("<14I", 40000, 0, 0, 16, 2, 0, 1, 0, width, height, 0, 0, 0, 0)
    stream = b"vids" + rng.choice((b"MJPG", b"DIB ", b"H264", b"RLE ", b"cvid"))
    stream += struct.pack("<10I4H", 0, 0, 0, scale, rate, 0, 2, 0, 2**32 - 1, 0, 0, 0, 64, 48)
    bitmap = struct.pack("<IiiHH4s5I", 40, width, height, 1, 24, stream[4:8], 0, 0, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return kind + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)

    streams = chunk(b"LIST", b"strl" + chunk(b"strh", stream) + chunk(b"strf", bitmap))
    header = chunk(b"LIST", b"hdrl" + chunk(b"avih", main) + streams)
    frames = chunk(b"LIST", b"movi" + chunk(b"00dc", bytes(100)) * 20)
    return chunk(b"RIFF", b"AVI " + header + frames)


_BOMBS: dict[str, Callable[[int, int, Random], bytes]] = {
    ".png": _png,
    ".png metadata": _png_text,
    ".apng": _apng,
    ".gif": _gif,
    ".bmp": _bmp,
    ".ppm": _pnm,
    ".tif": _tiff,
    ".jpg": _jpeg,
    ".webp": _webp,
    ".y4m": _y4m,
    ".qoi": _qoi,
    ".tga": _tga,
    ".psd": _psd,
    ".dds": _dds,
    ".avi": _avi,
}
