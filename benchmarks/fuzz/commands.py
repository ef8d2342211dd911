"""The command line in a process of its own, with strange names and arguments."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from tests.support.sample import SAMPLE
from vitruvian.errors import MediaError
from vitruvian.jobs import manifest

from .checks import check_only, frames_in
from .verdict import BrokenPromiseError

if TYPE_CHECKING:
    from pathlib import Path
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


_SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
_FRAMES = 120  # of the sample


def run(rng: Random, place: Place) -> None:
    """Run the program on a file with a strange name, or end it while it runs.

    Raises:
        MediaError: the program has failed, as it should.
        BrokenPromiseError: it has shown a traceback or a control character, its exit status is not
            one that is documented, or it has left a file that is not whole.
    """
    folder = place.root / "commands"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (_end_early if rng.random() < 0.3 else _strange_name)(rng, place, folder)


def _strange_name(rng: Random, place: Place, folder: Path) -> None:
    name = rng.choice(_NAMES) + rng.choice(_SUFFIXES)
    seed = rng.choice([place.seeds / "1" / "png.png", place.seeds / "6" / "h264.mp4"])
    with suppress(OSError):  # the file system may refuse the name
        shutil.copy(seed, folder / name)
    given = rng.choice((name, str(folder / name), f"./{name}", "."))
    command = _command(given, rng.choice(("out", name)), *rng.choice(_FURTHER))
    place.note(f"command {ascii(command[3:])[:200]}")
    done = subprocess.run(
        command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    printed = _check_printed(done.stdout + done.stderr)
    if done.returncode not in _ENDS:
        raise BrokenPromiseError(f"the exit status is {done.returncode}: {printed[-500:]!a}")
    if done.returncode:
        raise MediaError(printed.strip().splitlines()[-1] if printed.strip() else "no message")


def _end_early(rng: Random, place: Place, folder: Path) -> None:
    """End a run by a signal, and run it again into the same folder."""
    number, wait_s = rng.choice(_SIGNALS), rng.uniform(0.3, 2.5)
    place.note(f"command ended by {number.name} after {wait_s:.2f} s")
    command = _command(str(SAMPLE), "out")
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as running:
        with suppress(subprocess.TimeoutExpired):
            running.wait(wait_s)
        running.send_signal(number)
        printed, _ = running.communicate()
    if number is not signal.SIGINT:  # before the program has begun, Python shows a traceback
        _check_printed(printed)
    out = folder / "out"
    for file in out.glob("[!.]*"):
        if not file.name.endswith(manifest.ENDING):
            frames_in(file)
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    names = [f"{SAMPLE.stem}{ending}" for ending in (".npz", ".csv", ".annotated.mp4")]
    check_only(out, [out / name for name in (*names, f"{SAMPLE.stem}{manifest.ENDING}")])
    for name in names:
        if (found := frames_in(out / name)) != _FRAMES:
            raise BrokenPromiseError(f"{name} has {found} frames, and not {_FRAMES}")


def _command(given: str, folder: str, *further: str) -> list[str]:
    start = [sys.executable, "-m", "vitruvian", "run"]
    return [*start, given, "-o", folder, "--model-complexity", "lite", *further]


def _check_printed(output: bytes) -> str:
    """Return what was printed, as a text.

    Raises:
        BrokenPromiseError: it contains a traceback or control characters.
    """
    printed = output.decode(errors="surrogateescape")
    if "Traceback" in printed:
        raise BrokenPromiseError(f"a traceback is shown: {printed[-1500:]}")
    if shown := _CONTROL & set(printed):
        raise BrokenPromiseError(f"control characters {shown!a} are shown: {printed[:500]!a}")
    return printed
