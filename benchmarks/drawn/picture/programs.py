"""The shader programs, made of the files in `shaders/`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import moderngl

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHADERS = Path(__file__).parent / "shaders"
_VERSION = "#version 330\n"


def link(context: moderngl.Context, vertex: str, *fragments: str) -> moderngl.Program:
    """Compile the files of shaders; the fragment shader may be made of several."""
    fragment_shader = "\n".join(_read(name) for name in fragments)
    return context.program(_VERSION + _read(vertex), _VERSION + fragment_shader)


def set_uniforms(program: moderngl.Program, values: Mapping[str, Any]) -> None:
    """Set those of the values that the program uses; the compiler removes what it does not."""
    for name, value in values.items():
        uniform = program.get(name, None)
        if isinstance(uniform, moderngl.Uniform):
            if isinstance(value, bytes):
                uniform.write(value)
            else:
                uniform.value = value


@cache
def _read(name: str) -> str:
    return (_SHADERS / name).read_text(encoding="utf-8")
