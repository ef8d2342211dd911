"""Runs a program that says `import mediapipe`, with this package under that name.

python -m vitruvian.mediapipe script.py arguments...
python -m vitruvian.mediapipe -m module arguments...

Whether the real MediaPipe is installed makes no difference. All else is as under plain Python:
arguments, paths, tracebacks, exit codes. Processes that the program starts are not reached.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from vitruvian.mediapipe.aliases import AliasFinder

if TYPE_CHECKING:
    from types import TracebackType

_WRONG_USAGE = 2  # the exit code, as Python's own


def main(arguments: list[str]) -> None:
    """Run the program that the arguments name."""
    sys.meta_path.insert(0, AliasFinder("mediapipe"))
    sys.excepthook = _print_traceback
    match arguments:
        case ["-m", module, *rest]:
            sys.argv[1:] = rest
            runpy.run_module(module, run_name="__main__", alter_sys=True)
        case [script, *rest] if not script.startswith("-"):
            sys.argv = [script, *rest]
            _run_script(Path(script))
        case _:
            sys.stderr.write(str(__doc__))
            sys.exit(_WRONG_USAGE)


def _run_script(path: Path) -> None:
    program = ModuleType("__main__")
    program.__file__ = str(path.absolute())
    try:
        source = path.read_bytes()
    except OSError as error:
        sys.stderr.write(
            f"{sys.executable}: can't open file {program.__file__!r}: "
            f"[Errno {error.errno}] {error.strerror}\n"
        )
        sys.exit(_WRONG_USAGE)
    sys.modules["__main__"] = program
    sys.path[0] = str(path.resolve().parent)
    exec(compile(source, program.__file__, "exec", dont_inherit=True), program.__dict__)  # noqa: S102


def _print_traceback(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Leave out the frames above the program's own."""
    while trace and _is_ours(trace.tb_frame.f_globals):
        trace = trace.tb_next
    sys.__excepthook__(kind, error.with_traceback(trace), trace)


def _is_ours(frame_globals: dict[str, Any]) -> bool:
    return frame_globals is globals() or frame_globals.get("__name__") == runpy.__name__


if __name__ == "__main__":
    main(sys.argv[1:])
