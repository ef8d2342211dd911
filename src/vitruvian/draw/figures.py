"""Matplotlib, which is an extra, as all figures use it."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING

from vitruvian.errors import MissingLibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.figure import Figure

_DPI = 150


def check_matplotlib(what: str, extra: str) -> None:
    """Check that figures can be drawn.

    Args:
        what: what is drawn, in the plural, for the message.
        extra: the extra of this package that installs matplotlib.

    Raises:
        MissingLibraryError: matplotlib is not installed.
    """
    try:
        import_module("matplotlib.figure")
    except ImportError as error:
        raise MissingLibraryError(
            f"The {what} need matplotlib ({error}): run pip install 'vitruvian[{extra}]'."
        ) from error


@contextmanager
def drawing() -> Iterator[None]:
    """Let matplotlib take names from outside as they are: without formulas and warnings."""
    matplotlib = import_module("matplotlib")
    with (
        matplotlib.rc_context({"text.parse_math": False, "font.size": 9}),
        # It warns of each character that its font lacks, and draws a box in its place.
        warnings.catch_warnings(action="ignore", category=UserWarning),
    ):
        yield


def png_of(figure: Figure) -> bytes:
    """Return a figure as a PNG file."""
    file = BytesIO()
    with drawing():
        figure.savefig(file, format="png", dpi=_DPI, metadata={"Software": None})
    return file.getvalue()
