"""The library of the functions in C, as ctypes sees it.

Each caller also has the same in numpy, which is the specification, and takes that if there is no
library: the two give the same bits. ctypes lets other threads of Python run while C computes.
"""

from __future__ import annotations

import ctypes
import os
from ctypes import c_char_p, c_double, c_float, c_int, c_size_t, c_ssize_t, c_void_p
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from vitruvian.errors import OptionError

if TYPE_CHECKING:
    from numpy.typing import NDArray

PATH = Path(__file__).with_name("core.so")  # by this name on every system
_SWITCH = "VITRUVIAN_NATIVE"

# By name of a function in C: the type of its result, then those of its arguments. A `c_void_p` is
# the address of an array.
_Signature: TypeAlias = "tuple[type | None, ...]"
_FUNCTIONS: dict[str, _Signature] = {
    "draw_capsules": (None, c_void_p, c_int, c_int, c_void_p, c_int, c_void_p),
    "tint": (None, c_void_p, c_void_p, c_ssize_t, c_float, c_int, c_int, c_int),
    "allow_vectors": (None, c_int),
    "instructions": (c_char_p,),
    "image_from_crop": (None, *(c_float,) * 6, c_int, c_float, c_void_p),
    "cut": (
        *(None, c_void_p, c_ssize_t, c_int, c_int, c_int, c_void_p, c_float, c_float, c_int),
        *(c_void_p, c_int),
    ),
    "decode": (None, *(c_void_p,) * 3, *(c_float,) * 8, c_int, c_int, *(c_void_p,) * 4),
    "filters_size": (c_size_t,),
    "lose_person": (None, c_void_p),
    "smooth_person": (
        *(None, *(c_void_p,) * 5, c_double, c_float, c_float, c_double, c_double, c_int),
        *(c_void_p,) * 4,
    ),
    "activate": (None, c_void_p, c_int, c_int, c_void_p),
    "paste": (None, c_void_p, c_int, c_void_p, c_void_p, *(c_int,) * 5),
    "blend": (None, c_void_p, c_void_p, c_int, c_int, c_int),
}


def opened(path: Path) -> ctypes.CDLL:
    """Return the library in a file.

    Raises:
        OptionError: it cannot be loaded, or it is older than this file and lacks a function.
    """
    try:
        library = ctypes.CDLL(str(path))
        functions = {name: getattr(library, name) for name in _FUNCTIONS}
    except (AttributeError, OSError) as error:
        raise OptionError(
            f"{path} cannot be loaded: {error}. Reinstall vitruvian, or set {_SWITCH}=0 to compute "
            "in numpy."
        ) from error
    for name, function in functions.items():
        function.restype, *function.argtypes = _FUNCTIONS[name]
    return library


def load() -> ctypes.CDLL | None:
    """Return the library, or None if it was not built or is not wanted.

    Raises:
        OptionError: it cannot be loaded, or the environment's VITRUVIAN_NATIVE is set to something
            else than 0, which means that the library is not wanted.
    """
    switch = os.environ.get(_SWITCH, "")
    if switch not in {"", "0"}:
        raise OptionError(f"{_SWITCH} is {switch!r}: set it to 0 to compute in numpy, or unset it.")
    return opened(PATH) if switch != "0" and PATH.exists() else None


core = load()


def address(array: NDArray[Any]) -> int:
    """Return where the memory of an array begins, which must be contiguous and writable.

    Raises:
        TypeError: it is read-only.
        ValueError: it is not contiguous.

    `array.ctypes.data` takes three times as long: a person needs a dozen addresses per frame.
    """
    return ctypes.addressof(ctypes.c_char.from_buffer(array.data))


def description() -> str:
    """Return how the functions are computed: "native (AVX2)", "native (plain C)" or "numpy"."""
    return f"native ({core.instructions().decode()})" if core else "numpy"
