"""Texts that name other files, which must stay closed."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random


def playlist(other: str, rng: Random) -> tuple[str, bytes]:
    """Return a suffix and the content of a file that names another.

    Args:
        other: the path or the address of the other file.
        rng: chooses the kind of file, and a suffix that may lie.
    """
    own_suffix = rng.choice(list(_PLAYLISTS))
    suffix = rng.choice((own_suffix, ".mp4", ".mov", ".ts", ".mkv", ".avi", ".jpg", ""))
    return suffix, _PLAYLISTS[own_suffix](other)


def _concat(other: str) -> bytes:
    return f"ffconcat version 1.0\nfile '{other}'\nduration 1\nfile '{other}'\n".encode()


def _hls(other: str) -> bytes:
    return (
        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:0\n"
        f'#EXT-X-MAP:URI="{other}"\n#EXT-X-KEY:METHOD=AES-128,URI="{other}"\n'
        f"#EXTINF:1.0,\n{other}\n#EXTINF:1.0,\n{other}\n#EXT-X-ENDLIST\n"
    ).encode()


def _hls_master(other: str) -> bytes:
    return (
        f'#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="a",URI="{other}"\n'
        f'#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"\n{other}\n'
    ).encode()


def _dash(other: str) -> bytes:
    return (
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" '
        'mediaPresentationDuration="PT1S"><Period><AdaptationSet mimeType="video/mp4">'
        f'<Representation id="1" bandwidth="1"><BaseURL>{other}</BaseURL>'
        f'<SegmentList duration="1"><Initialization sourceURL="{other}"/>'
        f'<SegmentURL media="{other}"/></SegmentList>'
        "</Representation></AdaptationSet></Period></MPD>"
    ).encode()


def _sdp(_other: str) -> bytes:
    return (
        b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\n"
        b"m=video 49170 RTP/AVP 96\na=rtpmap:96 H264/90000\n"
    )


def _imf(other: str) -> bytes:
    return (
        '<?xml version="1.0"?><AssetMap xmlns="http://www.smpte-ra.org/schemas/429-9/2007/AM">'
        "<AssetList><Asset><Id>urn:uuid:00000000-0000-0000-0000-000000000001</Id><ChunkList>"
        f"<Chunk><Path>{other}</Path></Chunk></ChunkList></Asset></AssetList></AssetMap>"
    ).encode()


def _imf_composition(_other: str) -> bytes:
    return (
        b'<?xml version="1.0"?><CompositionPlaylist '
        b'xmlns="http://www.smpte-ra.org/schemas/2067-3/2016">'
        b"<Id>urn:uuid:00000000-0000-0000-0000-000000000002</Id><EditRate>25 1</EditRate>"
        b"<SegmentList/></CompositionPlaylist>"
    )


def _reference_movie(other: str) -> bytes:
    """Return a QuickTime movie that only refers to another."""

    def box(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", 8 + len(data)) + kind + data

    url = other.encode() + b"\0"
    reference = bytes(4) + b"url " + struct.pack(">I", len(url)) + url
    movie = box(b"moov", box(b"rmra", box(b"rmda", box(b"rdrf", reference))))
    return box(b"ftyp", b"qt  " + bytes(4) + b"qt  ") + movie


def _subtitles(_other: str) -> bytes:
    """Return an index of subtitles: its reader opens the file of the same name in .sub."""
    return b"# VobSub index file, v7 (do not modify this line!)\nsize: 720x576\nid: en, index: 0\n"


def _vector_image(other: str) -> bytes:
    return (
        '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="64" height="48">'
        f'<image href="{other}" width="64" height="48"/></svg>'
    ).encode()


def _postscript(other: str) -> bytes:
    return (
        "%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 64 48\n%%EndComments\n"
        f"({other}) (r) file closefile showpage\n%%EOF\n"
    ).encode()


def _filter_graph(other: str) -> bytes:
    return f"movie='{other}'".encode()


_PLAYLISTS: dict[str, Callable[[str], bytes]] = {
    ".ffconcat": _concat,
    ".m3u8": _hls,
    ".m3u": _hls_master,
    ".mpd": _dash,
    ".sdp": _sdp,
    ".xml": _imf,
    ".cpl": _imf_composition,
    ".qt": _reference_movie,
    ".idx": _subtitles,
    ".svg": _vector_image,
    ".eps": _postscript,
    ".lavfi": _filter_graph,
}
