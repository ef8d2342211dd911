"""The exceptions of this package.

VitruvianError
├── OptionError (ValueError)      an option of the wrong type or outside its range
├── FrameError (ValueError)       an array that is not an RGB image
├── TimestampError (ValueError)   a timestamp that is not greater than the previous one
├── ClosedError (ValueError)      the use of an object after `close`
├── CopyError (TypeError)         an object that cannot be copied or pickled
├── PersonError (IndexError)      a person who is not in a result
├── MissingLibraryError (ImportError)  an optional library that is not installed
├── MediaError (OSError)          a file, camera or stream that cannot be read
├── RecordingError (ValueError)   a recording that cannot be read, or does not fit its video
├── FinderError (ValueError)      what a finder returned is no array of boxes
├── EvaluationError (ValueError)  annotations or results that cannot be read, or do not fit
├── OutputError (OSError)         a file that cannot be written
├── WeightsError (RuntimeError)   weights that no source has, or whose checksum is wrong
└── EngineError (RuntimeError)    a runtime that cannot load or run a network

Each type also inherits from the built-in type that MediaPipe raises in the same situation. A
message is one sentence: what was wrong, with which input, and what to do.
"""


class VitruvianError(Exception):
    """The base class of all exceptions of this package."""


class OptionError(VitruvianError, ValueError):
    """An option of the wrong type or outside its range."""


class FrameError(VitruvianError, ValueError):
    """An array that is not an RGB image."""


class TimestampError(VitruvianError, ValueError):
    """A timestamp that is not greater than the previous one."""


class ClosedError(VitruvianError, ValueError):
    """The use of an object after `close`."""


class CopyError(VitruvianError, TypeError):
    """An object that owns networks or a stream, which cannot be copied or pickled."""


class PersonError(VitruvianError, IndexError):
    """A person who is not in a result."""


class MissingLibraryError(VitruvianError, ImportError):
    """An optional library that is not installed."""


class MediaError(VitruvianError, OSError):
    """A file, camera or stream that cannot be read."""


class RecordingError(VitruvianError, ValueError):
    """A recording that cannot be read, or does not fit its video."""


class FinderError(VitruvianError, ValueError):
    """What a finder returned, if it is no array of boxes in pixels."""


class EvaluationError(VitruvianError, ValueError):
    """Annotations or results that cannot be read, or do not fit each other."""


class OutputError(VitruvianError, OSError):
    """A file that cannot be written."""


class WeightsError(VitruvianError, RuntimeError):
    """Weights that no source has, or whose checksum is wrong."""


class EngineError(VitruvianError, RuntimeError):
    """A runtime that cannot load or run a network."""
