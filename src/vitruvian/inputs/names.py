"""The name of an input for people, and for the names of its output files."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from vitruvian.inputs.parsing import Address, Camera, ImageSeries, StandardInput, parse
from vitruvian.inputs.suffixes import is_media_name
from vitruvian.printable import printable

if TYPE_CHECKING:
    from vitruvian.inputs.parsing import Input

# What a part of a path may contain besides its name, as in user=me&password=secret.
_PARAMETERS = re.compile(r"[=&;,\s]")
# A part of a path with digits among its letters, such as the key of a stream.
_MAY_BE_KEY = re.compile(r"(?=.*[0-9])(?=.*[a-z])[^.]{12,}(\..*)?", re.IGNORECASE | re.DOTALL)
# A host, also in the form of IPv6, and the number of a port. Anything else may be a password.
_SERVER = re.compile(r"(\[[^\]]*\]|[^:]*)(:[0-9]*)?")
_HIDDEN = "…"


def display_name(source: Input) -> str:
    """Return the name of an input for messages, without control characters.

    The name of an address has no passwords and keys.

    Raises:
        MediaError: No input can have that name, or no file matches a pattern.
    """
    match parse(source):
        case Camera(number):
            return f"camera {number}"
        case Address(url):
            return printable(_without_secrets(url))
        case StandardInput():
            return "standard input"
        case ImageSeries(pattern):
            return printable(pattern)
        case path:
            return printable(path)


def stem(source: Input) -> str:
    """Return the name of an input for the names of its output files, which add an ending to it.

    Raises:
        MediaError: As `display_name`.
    """
    match parse(source):
        case Camera(number):
            return f"camera{number}"
        case Address(url):
            words = re.sub(r"\W+", "_", _without_secrets(url).partition("://")[2]).strip("_")
            return words or "stream"
        case StandardInput():
            return "stdin"
        case ImageSeries(pattern):
            words = re.sub("%[0-9]*d", "", pattern.stem).strip(" _-.")
            return words or pattern.absolute().parent.name or "series"
        case path:
            return path.stem


def folder_name(folder: Path) -> str:
    """Return the name of a folder, which the path of the current one lacks."""
    return Path(os.path.abspath(folder)).name or "folder"  # noqa: PTH100 - keeps the names of links


def _without_secrets(url: str) -> str:
    """Return the part of an address in which there can be no password and no key.

    Left out are the user, the query and the fragment. Keys also stand in paths. Of an address of
    RTMP, the path ends with the stream key; of any other, only the first and the last part of the
    path are shown, unless they look like a key.
    """
    scheme, _, rest = url.partition("://")
    scheme = scheme.rpartition(":")[2].lower()
    before_query = re.split("[?#]", rest, maxsplit=1)[0]
    if "@" in rest[len(before_query) :] and ":" in before_query.partition("/")[0]:
        return f"{scheme}://{_HIDDEN}"  # a password may contain a question mark
    # A password may contain a slash, so that only what follows the last @ is certain to be none.
    server, *path = before_query.rpartition("@")[2].split("/")
    if not _SERVER.fullmatch(server):
        server = f"{server.partition(':')[0]}:{_HIDDEN}"
    if scheme.startswith("rtmp"):
        return "/".join((f"{scheme}://{server}", *path[:1]))
    shown = [part if _is_harmless(part) else _HIDDEN for part in path]
    if len(shown) > 2:
        shown = [shown[0], _HIDDEN, shown[-1]]
    return "/".join((f"{scheme}://{server}", *shown))


def _is_harmless(part: str) -> bool:
    text = unquote(part)
    if _PARAMETERS.search(text):
        return False
    return is_media_name(text) or not _MAY_BE_KEY.fullmatch(text)
