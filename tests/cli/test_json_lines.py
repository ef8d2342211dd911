from __future__ import annotations

import json
from pathlib import Path

from vitruvian.cli.json_lines import json_line
from vitruvian.jobs.summary import Finished


def test_files_are_paths_that_a_program_can_open_and_the_line_is_safe_to_print() -> None:
    files = (Path("out/a\tb\n\u202e\udcff.npz"), Path("out/Übung.csv"))
    line = json_line("a.mp4", Finished("a.mp4", files))
    assert line.isascii()
    assert line.isprintable()
    assert [Path(file) for file in json.loads(line)["files"]] == [*files]
