"""Which kind of image a file contains, by its first bytes."""

from __future__ import annotations

import re

HEAD_BYTES = 512

_SIGNATURES = {
    "JPEG": rb"\xff\xd8\xff",
    "PNG": rb"\x89PNG\r\n\x1a\n",
    "GIF": rb"GIF8[79]a",
    "WebP": rb"RIFF.{4}WEBPVP8",
    "TIFF": rb"II[*+]\0|MM\0[*+]",
    # Two letters are too few: the size of the second header follows.
    "BMP": rb"BM.{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0",
    "PNM": rb"P[1-6f]\s",
    "JPEG 2000": rb"\0\0\0\x0cjP  \r\n\x87\n|\xff\x4f\xff\x51",
}
_PATTERNS = {kind: re.compile(start, re.DOTALL) for kind, start in _SIGNATURES.items()}
# Brands of ISO/IEC 23008-12. Files of other brands, such as videos and hevc, sequences of images
# with HEVC, are for FFmpeg.
_AVIF_BRANDS = {b"avif", b"avis"}
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis"}
_ANY_CODEC_BRANDS = {b"mif1", b"msf1"}  # other brands of the file name the codec


def image_kind(head: bytes) -> str | None:
    """Return the kind of image that a file contains; None if it is no image.

    Args:
        head: The first `HEAD_BYTES` bytes of the file; fewer of a shorter file.
    """
    if head[4:8] == b"ftyp":
        return _kind_of_brands(head)
    kinds = (kind for kind, pattern in _PATTERNS.items() if pattern.match(head))
    return next(kinds, None)


def _kind_of_brands(head: bytes) -> str | None:
    size = int.from_bytes(head[:4], "big")
    major, others = head[8:12], {head[i : i + 4] for i in range(16, min(size, len(head)), 4)}
    if major in _ANY_CODEC_BRANDS:
        if others & _AVIF_BRANDS:
            return "AVIF"
        return "HEIC" if major == b"mif1" or others & _HEIF_BRANDS else None
    if major in _AVIF_BRANDS:
        return "AVIF"
    return "HEIC" if major in _HEIF_BRANDS else None
