from __future__ import annotations

from pathlib import Path

from vitruvian.cli.plan_notes import plan_notes
from vitruvian.jobs.plan import Job, Plan


def test_nothing_is_said_about_usual_inputs() -> None:
    assert [*plan_notes(Plan((Job(Path("a.mp4"), Path("out/a")),)))] == []


def test_each_kind_of_remark_is_one_line() -> None:
    plan = Plan(
        jobs=(
            Job(Path(f"{'x' * 250}\n.mp4"), Path("out", "x" * 241)),
            Job(Path(f"a\n{'b' * 250}.mp4"), Path(f"out/a\n{'b' * 239}")),
        ),
        left_out=(("trial/", "notes.txt (unknown suffix)"), ("photos", "7 files (broken link)")),
        repeated=tuple(f"{number}.mp4" for number in range(1007)),
    )
    assert [*plan_notes(plan)] == [
        "Left out of trial/: notes.txt (unknown suffix)",
        "Left out of photos: 7 files (broken link)",
        "Given more than once, done once: 0.mp4, 1.mp4, 2.mp4, 3.mp4, 4.mp4 and 1,002 more",
        f"Shortened, because the name is too long for a file: {'x' * 241}, a\\n{'b' * 239}",
    ]
