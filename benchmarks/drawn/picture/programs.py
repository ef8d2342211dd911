"""The shader programs: each material in three passes."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    import moderngl

_SHADERS = Path(__file__).parent / "shaders"
_VERSION = "#version 330\n"
# What of a mesh ends before its last triangle. All other materials are drawn whole.
_CUTS = {"cloth": "cloth_cut.glsl"}


class Programs(NamedTuple):
    """The programs of one material.

    Attributes:
        color: how it looks.
        depth: its depth alone, for shadows.
        owner: who is seen.
    """

    color: moderngl.Program
    depth: moderngl.Program
    owner: moderngl.Program


def compile_material(context: moderngl.Context, shader: str) -> Programs:
    """Compile the programs of a material."""
    cut = _CUTS.get(shader, "whole.glsl")
    return Programs(
        link(context, "surface.vert", "light.glsl", f"{shader}.glsl", cut, "main.glsl"),
        link(context, "shadow.vert", "surface_position.glsl", cut, "depth.glsl"),
        link(context, "shadow.vert", "surface_position.glsl", cut, "owner.glsl"),
    )


def link(context: moderngl.Context, vertex: str, *fragments: str) -> moderngl.Program:
    """Compile the files of shaders; the fragment shader may be made of several."""
    fragment_shader = "\n".join(_read(name) for name in fragments)
    return context.program(_VERSION + _read(vertex), _VERSION + fragment_shader)


def set_uniforms(program: moderngl.Program, values: Mapping[str, Any]) -> None:
    """Set those of the values that the program uses; the compiler removes what it does not."""
    for name, value in values.items():
        if name in program:
            if isinstance(value, bytes):
                program[name].write(value)
            else:
                program[name].value = value


@cache
def _read(name: str) -> str:
    return (_SHADERS / name).read_text(encoding="utf-8")
