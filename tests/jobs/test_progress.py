from __future__ import annotations

import io
from typing import TYPE_CHECKING

from vitruvian.jobs.progress import progress_bar

if TYPE_CHECKING:
    import pytest


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(monkeypatch: pytest.MonkeyPatch, name: str, total: int | None) -> str:
    """Return the last line that a terminal shows after 60 steps."""
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with progress_bar(name, total, "frames", is_shown=True) as bar:
        bar.update(60)
        bar.refresh()
        return terminal.getvalue().split("\r")[-1].strip()


def test_a_bar_shows_the_end_of_a_long_name_the_rate_and_the_time_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = shown(monkeypatch, "videos/" * 9 + "dance.mp4", 120)
    assert line.startswith("…ideos/videos/videos/dance.mp4:  50%|")
    assert "| 60/120 [00:0" in line
    assert line.endswith("frames/s]")


def test_a_camera_has_a_count_without_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    line = shown(monkeypatch, "camera 0", None)
    assert line.startswith("camera 0: 60 frames [00:0")
    assert "?" not in line


def test_nothing_is_shown_on_what_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar("dance.mp4", 3, "frames", is_shown=True) as bar:
        bar.update()
    assert capsys.readouterr().err == ""
