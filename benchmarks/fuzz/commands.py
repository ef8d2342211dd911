"""The command line in a process of its own, with strange names and arguments."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from vitruvian.errors import MediaError

from .verdict import BrokenPromiseError

if TYPE_CHECKING:
    from random import Random

    from .place import Place

_NAMES = (
    *("a\x1b[2J\x07b", "line\nbreak\r", "\t", "\u202egpj", "é", "e\u0301", "😀", "a b", "'\"`$(x)"),
    *("-o", "--help", "0", "²", "http:", "con", "a" * 244, "é" * 120, ".hidden", "x.", "%d", "*"),
    *(os.fsdecode(b"\xff\xfe"), "\\", "a:b", "file:x", "pipe:1", "\x7f", "\x9b31m"),
)
_SUFFIXES = (".png", ".PNG", ".mp4", ".csv", "", ".annotated.png", ".tar.gz", ".\n")
_FURTHER = (
    *((), ("--jobs", "0"), ("--jobs", "99999"), ("--threads", "-1"), ("--num-poses", "²"), ("-q",)),
    *(("--model-complexity", "9"), ("--frame-rate", "nan"), ("--profile",), ("--no-annotate",)),
    *(("--select", "0.5,x"), ("--engine", "\x1b"), ("", ""), (os.devnull,), (".",)),
)
_ENDS = {0, 1, 2}
_CONTROL = {*map(chr, range(32)), *map(chr, range(127, 160))} - {"\n", "\t"}


def run(rng: Random, place: Place) -> None:
    """Run the program on a file with a strange name.

    Raises:
        MediaError: the program has failed, as it should.
        BrokenPromiseError: it has shown a traceback or a control character, or the exit status is
            not one that is documented.
    """
    folder = place.root / "names"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    name = rng.choice(_NAMES) + rng.choice(_SUFFIXES)
    place.note(f"command with {ascii(name)[:60]}")
    seed = rng.choice(sorted(place.seeds.glob("*/*.[pm][np][g4]")))
    with suppress(OSError):  # the file system may refuse the name
        shutil.copy(seed, folder / name)
    given = rng.choice((name, str(folder / name), f"./{name}", "."))
    further = rng.choice(_FURTHER)
    command = [sys.executable, "-m", "vitruvian", "run", given, "-o", rng.choice(("out", name))]
    command += ["--model-complexity", "lite", *further]
    place.note(f"command {ascii(command[3:])[:200]}")
    done = subprocess.run(
        command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    printed = (done.stdout + done.stderr).decode(errors="surrogateescape")
    if done.returncode not in _ENDS:
        raise BrokenPromiseError(f"the exit status is {done.returncode}: {printed[-500:]!a}")
    if "Traceback" in printed:
        raise BrokenPromiseError(f"a traceback is shown: {printed[-1500:]}")
    if shown := _CONTROL & set(printed):
        raise BrokenPromiseError(f"control characters {shown!a} are shown: {printed[:500]!a}")
    if done.returncode:
        raise MediaError(printed.strip().splitlines()[-1] if printed.strip() else "no message")
