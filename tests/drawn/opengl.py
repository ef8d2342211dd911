"""Whether images can be drawn here."""

from __future__ import annotations

import click
import pytest

from benchmarks.drawn.picture.opengl import context


def _is_available() -> bool:
    try:
        context()
    except click.ClickException:
        return False
    return True


needs_opengl = pytest.mark.skipif(not _is_available(), reason="OpenGL is not available")
