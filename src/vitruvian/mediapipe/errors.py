"""Exceptions of this package that are also what MediaPipe raises in the same place.

MediaPipe hardly checks what it is given: which exception comes depends on the line that stumbles.
"""

from __future__ import annotations

from vitruvian.errors import FrameError, OptionError, VitruvianError


class BadImageError(FrameError, AttributeError, IndexError, RuntimeError, TypeError):
    """No picture of three channels.

    MediaPipe raises AttributeError for what is no array, IndexError for an array without channels,
    ValueError for other than three, TypeError for other than uint8, RuntimeError for no pixels.
    """


class BadOptionError(OptionError, TypeError):
    """An option that is out of its range or of the wrong type."""


class MissingLibraryError(VitruvianError, ImportError):
    """A library that only this call needs, and that is not installed."""
