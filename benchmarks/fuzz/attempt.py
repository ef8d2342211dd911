"""Makes an input from its number, tries it, and judges what came of it."""

from __future__ import annotations

import ctypes
import gc
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from vitruvian.errors import VitruvianError

from . import addresses, arguments, bundles, commands, media
from .verdict import BrokenPromiseError, Tried, Verdict

if TYPE_CHECKING:
    from .place import Place

# The kinds of inputs: what tries one, and how often.
KINDS = {
    "media": (media.run, 70),
    "bundles": (bundles.run, 10),
    "arguments": (arguments.run, 14),
    "addresses": (addresses.run, 5),
    "commands": (commands.run, 1),
}

_MUCH_BYTES = 500_000_000
_libc = ctypes.CDLL(None)


@dataclass(frozen=True)
class Attempt:
    """Tries inputs.

    Attributes:
        seed: decides all inputs, each with its number.
        kinds: the kinds of inputs that are tried, keys of `KINDS`.
    """

    seed: int
    kinds: tuple[str, ...] = tuple(KINDS)

    def __call__(self, number: int, place: Place) -> Tried:
        """Try the input of a number."""
        rng = Random(f"{self.seed}/{number}")
        kind = rng.choices(self.kinds, [KINDS[name][1] for name in self.kinds])[0]
        place.note(kind)
        start_s = time.perf_counter()
        _forget_peak()
        verdict, detail = Verdict.SUCCESS, ""
        try:
            KINDS[kind][0](rng, place)
        except VitruvianError as error:
            verdict, detail = Verdict.OWN_ERROR, str(error)
        except BrokenPromiseError as error:
            verdict, detail = Verdict.BROKEN, str(error)
        except Exception:  # noqa: BLE001 - to find such exceptions is what this is for
            verdict, detail = Verdict.FOREIGN, traceback.format_exc()
        seconds, peak_bytes = time.perf_counter() - start_s, _peak_bytes()
        if peak_bytes > _MUCH_BYTES:
            gc.collect()
        _libc.malloc_trim(0)  # what the allocator keeps would count for the next input, too
        return Tried(number, place.noted(), verdict, detail, seconds, peak_bytes)


def _forget_peak() -> None:
    """Let Linux forget the largest memory that this process had so far."""
    Path("/proc/self/clear_refs").write_text("5")


def _peak_bytes() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    (peak,) = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
    return 1024 * int(peak)
