"""Names and values that come from outside, made safe to print."""

from __future__ import annotations

import re

# Control characters move the cursor, colour the terminal or begin a new line. The marks of
# bidirectional text and the separators of lines reorder what is printed. A lone surrogate stands
# for a byte that is not text, which no output can encode.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_LONGEST = 100  # characters of a value in a message


def printable(name: object) -> str:
    r"""Return a name as it may be printed: each unsafe character as its escape, such as \n."""
    return _UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode(), str(name))


def shown(value: object) -> str:
    """Return the `repr` of a value for a message, or its type if it has no `repr`.

    A long one is shortened, because a value from a file may have megabytes. Python refuses to write
    out whole numbers of more than 4300 digits, and the `repr` of an object runs its own code.
    """
    try:
        text = printable(repr(value))
    except Exception:  # noqa: BLE001 - of any type, as the object's own code raises them
        return f"a value of the type {type(value).__name__}"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
