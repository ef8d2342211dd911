"""Errors of ours that are also what the reference raises in the same place.

ArgumentTypeError (OptionError, TypeError, AttributeError)   an argument of the wrong type
NumPosesError (OptionError, RuntimeError)                    nobody is asked for
BundleError (WeightsError, ValueError)                       a .task file that cannot be used
└── BundleNotFoundError (FileNotFoundError)                  which is missing, or has a part missing
ImageFileError (MediaError, RuntimeError)                      a file that is no picture
└── ImageFileNotFoundError (FileNotFoundError)                 which is missing
"""

from vitruvian.errors import MediaError, OptionError, WeightsError


class ArgumentTypeError(OptionError, TypeError, AttributeError):
    """An argument of the wrong type, on which the reference's foreign calls stumble."""


class NumPosesError(OptionError, RuntimeError):
    """Nobody is asked for, which the reference's graph refuses."""


class BundleError(WeightsError, ValueError):
    """A .task file that cannot be used."""


class BundleNotFoundError(BundleError, FileNotFoundError):
    """A .task file that is missing, or that has a part missing."""


class ImageFileError(MediaError, RuntimeError):
    """A file that is no picture."""


class ImageFileNotFoundError(ImageFileError, FileNotFoundError):
    """A picture that is missing."""
