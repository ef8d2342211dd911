"""The commands of docs/animation.md run, and where Blender is installed, so do its lines for it."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from tests.support.dancers import dance, filmed
from tests.support.sample import ROOT, SAMPLE
from vitruvian.cli.main import main
from vitruvian.media.opening import open_source
from vitruvian.video.writer import VideoWriter

if TYPE_CHECKING:
    from pathlib import Path

# Blender's package bpy needs an older numpy than we do, and so an environment of its own.
BLENDER = os.environ.get("VITRUVIAN_BLENDER")
CHARACTER = ROOT / "tests" / "support" / "blender_character.py"
PAGE = (ROOT / "docs" / "animation.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Return the parts of the page in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


def test_the_commands_write_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with open_source(SAMPLE) as frames, VideoWriter(tmp_path / "dance.mp4") as video:
        for _, frame in zip(range(12), frames, strict=False):
            video.write(frame.image, frame.timestamp_s)
    written = []
    for command in blocks("bash"):
        program, *arguments = shlex.split(command)
        assert program == "vitruvian"
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 0, done.output
        files = (tmp_path / "dance_bvh" / "dance_person1.bvh", tmp_path / "dance.glb")
        written.append([file.read_bytes() for file in files])
    assert written[0] == written[1]


@pytest.mark.long
@pytest.mark.skipif(BLENDER is None, reason="VITRUVIAN_BLENDER names no Python with bpy")
def test_blender_moves_a_character_as_the_dancer_does(tmp_path: Path) -> None:
    filmed(dance()).save(tmp_path / "dance_bvh")
    (lines,) = blocks("py")
    (tmp_path / "retarget.py").write_text(lines)
    for program in ([CHARACTER, "make"], ["retarget.py"], [CHARACTER, "compare"]):
        subprocess.run([BLENDER, *map(str, program)], cwd=tmp_path, check=True)
