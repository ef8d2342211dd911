"""The commands of the pages that lead from a video to other programs run, one after the other."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.support.sample import ROOT, SAMPLE
from vitruvian.cli.main import main
from vitruvian.media.opening import open_source
from vitruvian.video.writer import VideoWriter

SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)
FRAMES = 12


def commands(page: str) -> list[list[str]]:
    """Return the words of each command that a page shows."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    lines = [line for block in SHELL.findall(text) for line in block.splitlines()]
    return [shlex.split(line, comments=True) for line in lines]


@pytest.mark.parametrize(("page", "video"), [("sport-science.md", "squats.mp4")])
def test_the_commands_of_a_page_run(
    page: str, video: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_source(SAMPLE) as frames, VideoWriter(tmp_path / video) as writer:
        for _, frame in zip(range(FRAMES), frames, strict=False):
            writer.write(frame.image, frame.timestamp_s)
    monkeypatch.chdir(tmp_path)
    for program, *arguments in commands(page):
        match program:
            case "vitruvian":
                done = CliRunner().invoke(main, arguments)
                assert done.exit_code == 0, done.output
            case "python":  # the tests of the examples run it
                assert (ROOT / arguments[0]).exists()
                assert Path(arguments[1]).exists()
            case _:
                assert program == "pip"
