"""LiteRT's greeting does not reach stderr, and everything else does."""

from __future__ import annotations

import subprocess
import sys

import pytest

from vitruvian.engines import litert_greeting

POSE = """
import sys, numpy as np, vitruvian
with vitruvian.Pose(model_complexity="lite", engine="litert") as pose:
    pose.process(np.zeros((48, 64, 3), np.uint8))
"""

# LiteRT's greeting is replaced, so that the moment at which it is written is known.
GREET = """
import os, subprocess, sys, threading
from vitruvian.engines import litert_greeting

def greet():
    os.write(2, litert_greeting.GREETING + b"\\n")
"""


def run(program: str, command: str = '"$0" -c "$1"') -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", command, sys.executable, program], capture_output=True, text=True, check=False
    )


posix_only = pytest.mark.skipif(sys.platform == "win32", reason="uses a POSIX shell")


@posix_only
def test_the_python_api_prints_nothing() -> None:
    done = run(POSE)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@posix_only
def test_the_greeting_is_known() -> None:
    program = (
        "from contextlib import nullcontext\n"
        "from vitruvian.engines import litert_greeting\n"
        "litert_greeting.removed = nullcontext\n"
    )
    done = run(program + POSE)
    assert done.returncode == 0
    assert done.stderr.encode().splitlines() == [litert_greeting.GREETING]


@posix_only
@pytest.mark.parametrize("redirection", ["2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_problem(redirection: str) -> None:
    done = run(POSE, f'"$0" -c "$1" {redirection}')
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@posix_only
@pytest.mark.parametrize("stderr", ["/dev/full", "/dev/null"])
def test_a_full_stderr_is_no_problem(stderr: str) -> None:
    done = run(POSE, f'"$0" -c "$1" 2>{stderr}')
    assert (done.returncode, done.stdout) == (0, "")


@posix_only
@pytest.mark.parametrize("failing", ["os.pipe = fail", "threading.Thread.start = fail"])
def test_without_descriptors_or_threads_nothing_is_filtered(failing: str) -> None:
    program = f"""
def fail(*_):
    raise RuntimeError("no thread") if {"Thread" in failing} else OSError(24, "too many open files")

before = len(os.listdir("/dev/fd"))
{failing}
with litert_greeting.removed():
    greet()
assert len(os.listdir("/dev/fd")) == before
"""
    done = run(GREET + program)
    assert done.returncode == 0, done.stderr
    assert done.stderr.encode().splitlines() == [litert_greeting.GREETING]


@posix_only
def test_the_output_of_other_threads_and_programs_is_kept() -> None:
    program = """
with litert_greeting.removed():
    print("from Python", file=sys.stderr)
    greet()
    print("half a line, then ", end="", file=sys.stderr, flush=True)
    greet()
    print(file=sys.stderr)
    thread = threading.Thread(target=lambda: print("from a thread", file=sys.stderr))
    thread.start(); thread.join()
    subprocess.run(["sh", "-c", "echo from a program >&2"])
    print("half a line", end="", file=sys.stderr, flush=True)
print(", and the rest", file=sys.stderr)
"""
    done = run(GREET + program)
    assert done.stderr.splitlines() == [
        "from Python",
        "half a line, then ",
        "from a thread",
        "from a program",
        "half a line, and the rest",
    ]


@posix_only
def test_a_program_that_runs_on_keeps_its_stderr() -> None:
    program = """
with litert_greeting.removed():
    child = subprocess.Popen(["sh", "-c", "read line; echo $line >&2"], stdin=subprocess.PIPE)
child.communicate(b"later\\n")
for thread in threading.enumerate():  # the line is passed on before the program ends
    if thread.daemon:
        thread.join()
"""
    assert run(GREET + program).stderr == "later\n"


@posix_only
def test_only_the_first_network_is_filtered() -> None:
    program = """
for _ in range(2):
    with litert_greeting.removed():
        greet()
"""
    assert run(GREET + program).stderr.encode().splitlines() == [litert_greeting.GREETING]


@posix_only
def test_an_error_restores_stderr_and_the_next_network_is_the_first() -> None:
    program = """
try:
    with litert_greeting.removed():
        raise RuntimeError
except RuntimeError:
    print("restored", file=sys.stderr)
with litert_greeting.removed():
    greet()
"""
    assert run(GREET + program).stderr == "restored\n"


@posix_only
def test_many_threads_load_networks_at_the_same_time() -> None:
    program = """
from concurrent.futures import ThreadPoolExecutor

def load(number):
    with litert_greeting.removed():
        greet() if number == 0 else None
    os.write(2, b"%d\\n" % number)

with ThreadPoolExecutor(8) as pool:
    [*pool.map(load, range(100))]
"""
    assert sorted(map(int, run(GREET + program).stderr.split())) == [*range(100)]


@posix_only
def test_a_process_that_is_forked_meanwhile_keeps_its_stderr() -> None:
    program = """
ready, go = threading.Event(), threading.Event()

def load():
    with litert_greeting.removed():
        ready.set()
        go.wait(0.2)
        greet()

thread = threading.Thread(target=load)
thread.start()
ready.wait()
child = os.fork()  # waits for the thread
if child == 0:
    with litert_greeting.removed():
        print("from the child", file=sys.stderr, flush=True)
    os._exit(0)
os.waitpid(child, 0)
thread.join()
"""
    assert run(GREET + program).stderr == "from the child\n"
