"""Errors of the Tasks API that also inherit the type that MediaPipe raises in the same place.

ArgumentTypeError (OptionError, TypeError, AttributeError)   an argument has the wrong type
NumPosesError (OptionError, RuntimeError)                    `num_poses` is less than one
BundleError (WeightsError, ValueError)                       a .task file cannot be used
└── BundleNotFoundError (FileNotFoundError)                  the file or a network in it is missing
ImageFileError (MediaError, RuntimeError)                    an image file cannot be read
└── ImageFileNotFoundError (FileNotFoundError)               the file is missing
"""

from vitruvian.errors import MediaError, OptionError, WeightsError


class ArgumentTypeError(OptionError, TypeError, AttributeError):
    """An argument has the wrong type.

    MediaPipe raises TypeError or AttributeError, from ctypes or from the first use of the value.
    """


class NumPosesError(OptionError, RuntimeError):
    """The option `num_poses` is less than one, which MediaPipe's graph rejects."""


class BundleError(WeightsError, ValueError):
    """A .task file cannot be used."""


class BundleNotFoundError(BundleError, FileNotFoundError):
    """A .task file, or a network in it, is missing."""


class ImageFileError(MediaError, RuntimeError):
    """An image file cannot be read or decoded."""


class ImageFileNotFoundError(ImageFileError, FileNotFoundError):
    """An image file is missing."""
