"""Run a program so that `import mediapipe` imports this package.

python -m vitruvian.mediapipe script.py arguments...
python -m vitruvian.mediapipe -m module arguments...

It makes no difference whether the real MediaPipe is installed. Arguments, paths, tracebacks and
exit codes are the same as without this command, except that a failed `cv2.imshow` is explained.
Processes that the program starts are not affected.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from vitruvian.mediapipe.aliases import AliasFinder
from vitruvian.mediapipe.extra import NO_WINDOWS, NO_WINDOWS_ADVICE

if TYPE_CHECKING:
    from types import TracebackType

_USAGE_ERROR = 2  # the exit code that Python itself uses


def main(arguments: list[str]) -> None:
    """Run the script or module that the arguments name."""
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
            sys.exit(_USAGE_ERROR)


def _run_script(path: Path) -> None:
    """Run a script as Python does: as `__main__`, with its folder on the module search path."""
    program = ModuleType("__main__")
    program.__file__ = str(path.absolute())
    try:
        source = path.read_bytes()
    except OSError as error:
        sys.stderr.write(
            f"{sys.executable}: can't open file {program.__file__!r}: "
            f"[Errno {error.errno}] {error.strerror}\n"
        )
        sys.exit(_USAGE_ERROR)
    sys.modules["__main__"] = program
    sys.path[0] = str(path.resolve().parent)
    exec(compile(source, program.__file__, "exec", dont_inherit=True), program.__dict__)  # noqa: S102


def _print_traceback(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Print a traceback that starts in the program, without the frames of this file."""
    while trace and _is_ours(trace.tb_frame.f_globals):
        trace = trace.tb_next
    sys.__excepthook__(kind, error.with_traceback(trace), trace)
    if kind.__module__ == "cv2" and NO_WINDOWS in str(error):
        sys.stderr.write(f"{NO_WINDOWS_ADVICE}\n")


def _is_ours(frame_globals: dict[str, Any]) -> bool:
    """Return whether a frame belongs to this file or to `runpy`."""
    return frame_globals is globals() or frame_globals.get("__name__") == runpy.__name__


if __name__ == "__main__":
    main(sys.argv[1:])
