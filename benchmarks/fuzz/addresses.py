"""Addresses on servers that answer badly."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from vitruvian.errors import VitruvianError
from vitruvian.inputs.options import InputOptions
from vitruvian.media.opening import open_source

from .bombs import bomb
from .media import watched
from .media_files import seed
from .mutations import damage
from .playlists import playlist
from .server import breaks_rules, hangs, never_ends, redirects, sends, server, trickles
from .verdict import BrokenPromiseError

if TYPE_CHECKING:
    from random import Random

    from .place import Place
    from .server import Answer

_TIMEOUT_S = 0.4
_FRAMES = 50  # of an answer that never ends
_SECRET = "s3cret"  # noqa: S105 - it stands for one
_STATUSES = (200, 204, 206, 301, 400, 401, 403, 404, 410, 416, 429, 500, 503)
_KINDS = ("", "text/html", "video/mp4", "image/jpeg", "application/vnd.apple.mpegurl", "x" * 5000)
_PATHS = (
    "clip.mp4",
    "live.m3u8",
    "",
    "%00%0a",
    "x.png#y",
    "..%2f..%2fetc%2fpasswd",
    "a" * 5000,
)


def run(rng: Random, place: Place) -> None:
    """Read an address.

    Raises:
        Exception: what reading it raises.
        BrokenPromiseError: the secret of the address is in the message, or the answer led to
            another server or to a file.
    """
    asked, foreign = server("asked"), server("foreign")
    foreign.asked.clear()
    way = rng.choice(list(_WAYS))
    # Another name of this machine is another host.
    elsewhere = f"http://localhost:{foreign.server_port}/clip.mp4"
    asked.answer = _WAYS[way](rng, place, elsewhere)
    foreign.answer = sends((place.seeds / "6" / "h264.mp4").read_bytes())
    path = rng.choice(_PATHS)
    place.note(f"{way} at {path[:30]}")
    opened = watched(place)
    opened.names()
    address = f"http://user:{_SECRET}@127.0.0.1:{asked.server_port}/{path}?token={_SECRET}"
    try:
        with open_source(address, options=InputOptions(timeout_s=_TIMEOUT_S)) as source:
            for _ in islice(source, _FRAMES):
                pass
    except VitruvianError as error:
        if _SECRET in str(error):
            raise BrokenPromiseError(f"the secret is shown: {error}") from error
        raise
    finally:
        others = opened.names()
        if others:
            raise BrokenPromiseError(f"{', '.join(sorted(others))} was opened")
        if foreign.asked and way == "playlist":
            raise BrokenPromiseError(f"another host was asked for {foreign.asked[0]}")


def _whole(rng: Random, place: Place, _elsewhere: str) -> Answer:
    return sends(seed(rng, place).content, kind=rng.choice(_KINDS))


def _damaged(rng: Random, place: Place, _elsewhere: str) -> Answer:
    return sends(damage(seed(rng, place).content, rng, 2))


def _bomb(rng: Random, _place: Place, _elsewhere: str) -> Answer:
    return sends(bomb(rng)[1])


def _wrong_length(rng: Random, place: Place, _elsewhere: str) -> Answer:
    content = seed(rng, place).content
    return sends(content, length=rng.choice((-1, 0, 1, len(content) // 2, 2 * len(content), 2**40)))


def _page(rng: Random, _place: Place, _elsewhere: str) -> Answer:
    return sends(b"<html><body>no</body></html>", status=rng.choice(_STATUSES), kind="text/html")


def _hang(rng: Random, place: Place, _elsewhere: str) -> Answer:
    content = seed(rng, place).content
    return hangs(rng.choice((b"", content[: len(content) // 2], content)))


def _trickle(rng: Random, place: Place, _elsewhere: str) -> Answer:
    return trickles(seed(rng, place).content)


def _endless(rng: Random, place: Place, _elsewhere: str) -> Answer:
    return never_ends(rng.choice((bytes(65_536), seed(rng, place).content)))


def _no_http(rng: Random, _place: Place, _elsewhere: str) -> Answer:
    return breaks_rules(rng)


def _redirect(rng: Random, place: Place, elsewhere: str) -> Answer:
    file = place.other
    return redirects(
        rng.choice((elsewhere, f"file://{file}", f"file:{file}", str(file), "", f"concat:{file}"))
    )


def _loop(_rng: Random, _place: Place, _elsewhere: str) -> Answer:
    return redirects("/again")


def _playlist(rng: Random, place: Place, elsewhere: str) -> Answer:
    other = rng.choice((elsewhere, str(place.other)))
    return sends(playlist(other, rng)[1], kind=rng.choice(_KINDS))


_WAYS = {
    "whole": _whole,
    "damaged": _damaged,
    "bomb": _bomb,
    "wrong length": _wrong_length,
    "page": _page,
    "hang": _hang,
    "trickle": _trickle,
    "endless": _endless,
    "no HTTP": _no_http,
    "redirect": _redirect,
    "redirects for ever": _loop,
    "playlist": _playlist,
}
