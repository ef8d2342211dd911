"""Lets the build of the package compile the native library, which hatchling calls a build hook."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.builders.macos import process_macos_plat_tag
from packaging.tags import platform_tags

sys.path.insert(0, str(Path(__file__).parent))

import compiler  # lies beside this file, which is on no path


class NativeLibrary(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles the library before a wheel or an editable installation is made."""

    def dependencies(self) -> list[str]:
        """Return the packages that the build needs: a compiler, if the system has none."""
        return [] if _is_unwanted() or compiler.find() else [compiler.FALLBACK]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Compile, and mark the wheel as one for this system and every version of Python."""
        compiler.LIBRARY.unlink(missing_ok=True)
        if _is_unwanted():
            return
        compiler.build()
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{_platform()}"
        build_data["artifacts"].append(str(compiler.LIBRARY.relative_to(self.root)))


def _is_unwanted() -> bool:
    return os.environ.get("VITRUVIAN_NATIVE") == "0"


def _platform() -> str:
    """Return this system as a wheel names it; a wheel for any Linux is made from it afterwards."""
    name = next(tag for tag in platform_tags() if "manylinux" not in tag and "musllinux" not in tag)
    return process_macos_plat_tag(name, compat=False) if sys.platform == "darwin" else name
