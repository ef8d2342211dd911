"""Exceptions of this package that also inherit the type that MediaPipe raises in the same place.

MediaPipe rarely checks its arguments, so the type of its exception depends on which line fails.
"""

from __future__ import annotations

from vitruvian.errors import FrameError, OptionError


class BadImageError(FrameError, AttributeError, IndexError, RuntimeError, TypeError):
    """The image is not a uint8 array with three channels.

    MediaPipe raises AttributeError for an object that is not an array, IndexError for an array
    without channels, ValueError for a number of channels other than three, TypeError for a dtype
    other than uint8, and RuntimeError for an image without pixels.
    """


class BadOptionError(OptionError, TypeError):
    """An option is out of its range or has the wrong type."""
