"""The libraries that MediaPipe installs and this package does not: for drawing, windows and plots.

They are imported when they are used. Any OpenCV is used that is there: 4 or 5, with windows or
headless. To install another one would replace it, because all of them share the folder `cv2`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from vitruvian.errors import MissingLibraryError

# What a program's call to `cv2.imshow` says, and what helps.
NO_WINDOWS = "The function is not implemented"
NO_WINDOWS_ADVICE = (
    "This OpenCV cannot open windows, because it is a headless build: run pip uninstall --yes "
    "opencv-python-headless opencv-contrib-python-headless, then pip install --force-reinstall "
    "--no-deps opencv-contrib-python."
)


def opencv() -> Any:
    """Return the module `cv2`.

    Raises:
        MissingLibraryError: it cannot be imported.
    """
    return _library("cv2", "Drawing needs OpenCV")


def pyplot() -> Any:
    """Return the module `matplotlib.pyplot`.

    Raises:
        MissingLibraryError: it cannot be imported.
    """
    return _library("matplotlib.pyplot", "plot_landmarks needs matplotlib")


def _library(name: str, purpose: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingLibraryError(
            f'{purpose} ({error}): run pip install "vitruvian[mediapipe]".'
        ) from error
