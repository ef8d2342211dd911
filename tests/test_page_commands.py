"""The commands of the pages exist with their options, and those for recordings run one by one."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.support.sample import ROOT, SAMPLE
from vitruvian.cli.main import main
from vitruvian.media.opening import open_source
from vitruvian.video.writer import VideoWriter

PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
SHELL = re.compile(r"^```(?:sh|bash)\n(.*?)^```", re.DOTALL | re.MULTILINE)
OURS = re.compile(r"(?:^|\| )vitruvian (.*)")  # in a line, also behind a pipe
FRAMES = 12


def lines(page: Path) -> list[str]:
    """Return the lines of shell that a page shows."""
    blocks = SHELL.findall(page.read_text(encoding="utf-8"))
    return [line for block in blocks for line in block.replace("\\\n", "").splitlines()]


COMMANDS = sorted(
    {found[1] for page in PAGES for line in lines(page) if (found := OURS.search(line))}
)


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_exists_with_its_options(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("annotations.json").touch()
    for folder in ("images", "weights"):
        Path(folder).mkdir()
    command: click.Command = main
    words = shlex.split(line, comments=True)
    while isinstance(command, click.Group):
        command = command.commands[words.pop(0)]
    command.make_context(None, words)


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("README.md", "dance"),
        ("docs/angles.md", "squats"),
        ("docs/room.md", "dance"),
        ("docs/sport-science.md", "squats"),
    ],
)
def test_the_commands_about_a_video_run_and_write_what_their_comments_name(
    page: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with open_source(SAMPLE) as frames, VideoWriter(Path(f"{name}.mp4")) as writer:
        for _, frame in zip(range(FRAMES), frames, strict=False):
            writer.write(frame.image, frame.timestamp_s)
    for line in lines(ROOT / page):
        program, *arguments = shlex.split(line, comments=True)
        if name not in line or "0" in arguments:  # 0 is a camera
            continue
        if program == "python":  # the tests of the examples run it
            assert (ROOT / arguments[0]).exists()
            assert Path(arguments[1]).exists()
            continue
        assert program == "vitruvian"
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 0, done.output
        for file in re.findall(r"out/[\w.]+", line.partition("#")[2]):
            assert Path(file).exists(), file
