"""Everything this package raises on purpose.

VitruvianError
├── OptionError (ValueError)      an option that is out of its range or of the wrong type
├── FrameError (ValueError)       an array that is no RGB picture
├── TimestampError (ValueError)   a frame that is not later than the one before
├── ClosedError (ValueError)      used after `close`
├── CopyError (TypeError)         an object that owns a stream, which cannot be copied or pickled
├── MediaError (OSError)          a file, camera or stream that cannot be read
├── OutputError (OSError)         a file that cannot be written
├── WeightsError (RuntimeError)   weights that no source has, or whose bytes are not the pinned ones
└── EngineError (RuntimeError)    a runtime that cannot load or run a network

Each also inherits the built-in type that MediaPipe raises in the same place. A message is one
sentence: what was wrong, with which input, and what to do.
"""


class VitruvianError(Exception):
    """The root of all errors of this package."""


class OptionError(VitruvianError, ValueError):
    """An option that is out of its range or of the wrong type."""


class FrameError(VitruvianError, ValueError):
    """An array that is no RGB picture."""


class TimestampError(VitruvianError, ValueError):
    """A frame that is not later than the one before."""


class ClosedError(VitruvianError, ValueError):
    """Used after `close`."""


class CopyError(VitruvianError, TypeError):
    """An object that owns networks or a stream, which cannot be copied or pickled."""


class MediaError(VitruvianError, OSError):
    """A file, camera or stream that cannot be read."""


class OutputError(VitruvianError, OSError):
    """A file that cannot be written."""


class WeightsError(VitruvianError, RuntimeError):
    """Weights that no source has, or whose bytes are not the pinned ones."""


class EngineError(VitruvianError, RuntimeError):
    """A runtime that cannot load or run a network."""
