"""What a recording says about itself: its source, and how it was made."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vitruvian.errors import RecordingError
from vitruvian.printable import printable
from vitruvian.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

_FORMAT = "vitruvian recording"
_FORMAT_VERSION = 1  # a program reads its own version and all that are older
# The names of a million photographs. A larger text would only fill the memory.
MAX_BYTES = 64 * 2**20
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Header:
    """What a recording says about itself.

    Attributes:
        source: the name of the input, without its folder, secrets and control characters.
        sha256: the SHA-256 of the input's bytes; None for a camera, an address or standard input.
        options: the options on which the results depend, by name, as JSON has them.
        images: the names of the photographs, at the numbers of their frames; empty for a video.
        version: the version of the program that made the recording.
    """

    source: str
    sha256: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    images: tuple[str, ...] = ()
    version: str = __version__

    @property
    def is_of_independent_images(self) -> bool:
        """Whether frames are photographs or were looked at as such, so that nobody moves."""
        return bool(self.images or self.options.get("static_image_mode"))

    def to_json(self) -> str:
        """Return the header as a JSON object in one line."""
        known = {"format": _FORMAT, "format_version": _FORMAT_VERSION, **vars(self)}
        return json.dumps(known, ensure_ascii=False, allow_nan=False)

    @classmethod
    def from_json(cls, text: str | bytes) -> Header:
        """Return the header that `to_json` wrote.

        Raises:
            RecordingError: It is broken, or of a newer version. The message lacks the file's name.
        """
        try:
            known = json.loads(text)
            # What could not be written again: infinite numbers, and halves of characters.
            json.dumps(known, ensure_ascii=False, allow_nan=False).encode()
        except (ValueError, RecursionError) as error:
            raise RecordingError("has a broken header: write it again") from error
        if not isinstance(known, dict) or known.pop("format", None) != _FORMAT:
            raise RecordingError("is no recording: give a file that vitruvian run wrote")
        version = known.pop("format_version", None)
        if type(version) is int and version > _FORMAT_VERSION:
            raise RecordingError(
                f"has version {version} of the format, and this program reads {_FORMAT_VERSION}: "
                "update vitruvian"
            )
        if version != _FORMAT_VERSION or not _is_valid(known):
            raise RecordingError("has a broken header: write it again")
        source, images = printable(known["source"]), tuple(map(printable, known["images"]))
        return cls(**{**known, "source": source, "images": images})


def _is_valid(known: dict[str, Any]) -> bool:
    """Return whether the values of a header have their types, and none is missing or unknown."""
    match known:
        case {
            "source": str(),
            "sha256": str() | None as sha256,
            "options": dict(),
            "images": list(images),
            "version": str(),
        } if len(known) == 5:
            is_hash = sha256 is None or _SHA256.fullmatch(sha256) is not None
            return is_hash and all(isinstance(name, str) for name in images)
    return False
