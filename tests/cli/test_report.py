from __future__ import annotations

from pathlib import Path

import pytest

from vitruvian.cli.report import Report
from vitruvian.errors import MediaError
from vitruvian.jobs.summary import Summary


def video(name: str, frames: int = 120, **further: object) -> Summary:
    files = tuple(Path("out") / f"{Path(name).stem}.{end}" for end in ("csv", "annotated.mp4"))
    return Summary(name, frames, frames - 1, 2, 1.5, files, **further)


def image(name: str) -> Summary:
    files = tuple(Path("out") / f"{Path(name).stem}.{end}" for end in ("csv", "annotated.png"))
    return Summary(name, 1, 1, 3, 9.0, files, is_image=True)


def printed(capsys: pytest.CaptureFixture[str], *outcomes: tuple[str, object]) -> list[str]:
    report = Report([name for name, _ in outcomes])
    for name, outcome in outcomes:
        report.add(name, outcome)
    report.finish()
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    return lines


def test_a_video_has_one_row_and_its_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, ("film.mp4", video("film.mp4"))) == [
        "input     frames  with people  people  seconds  frames/s",
        "film.mp4     120          119       2     1.50      80.0",
        "",
        "Written:",
        "  out/film.csv",
        "  out/film.annotated.mp4",
    ]


def test_an_image_has_no_frame_rate(capsys: pytest.CaptureFixture[str]) -> None:
    row = printed(capsys, ("photo.jpg", image("photo.jpg")))[1]
    assert row.split() == ["photo.jpg", "1", "1", "3", "9.00"]


def test_many_inputs_have_a_row_each_a_sum_and_a_count_of_files(
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = [f"a folder with a rather long name/photo {number}.jpg" for number in range(39)]
    outcomes = [(name, image(name)) for name in names]
    lines = printed(capsys, *outcomes, ("film.mp4", video("film.mp4", 1200)))
    assert lines[1].startswith("… a rather long name/photo 0.jpg ")
    assert lines[1].split()[-4:] == ["1", "1", "3", "9.00"]
    assert lines[41].split()[:5] == ["all", "40", "1,239", "1,238", "119"]
    rest = " ".join(line.strip() for line in lines[43:])
    assert rest.startswith("Written to ")
    assert rest.endswith(": 40 .csv, 39 .annotated.png, 1 .annotated.mp4")


def test_what_was_kept_after_ctrl_c_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(
        capsys,
        ("a.mp4", video("a.mp4")),
        ("b.mp4", video("b.mp4", 57, is_stopped=True)),
        ("c.mp4", None),
        ("d.mp4", None),
    )
    assert lines[-2:] == [
        "Stopped: b.mp4 (its files have the first 57 frames)",
        "Not started: c.mp4, d.mp4",
    ]
    assert "  out/b.annotated.mp4" in lines
    assert not [line for line in lines[:-1] if "c.mp4" in line]


def test_failures_are_named_at_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    error = MediaError("cut.mp4 is damaged: give an undamaged copy.")
    report = Report(["cut.mp4", "absent.mp4", "film.mp4"])
    report.add("cut.mp4", video("cut.mp4", 1, error=error))
    report.add("absent.mp4", MediaError("the file cannot be read: check the path."))
    report.add("film.mp4", video("film.mp4"))
    report.finish()
    shown = capsys.readouterr()
    assert shown.err.splitlines() == [
        "Error: cut.mp4 is damaged: give an undamaged copy.",
        "Error: absent.mp4: the file cannot be read: check the path.",
    ]
    assert shown.out.splitlines()[-2:] == [
        "Read only in part: cut.mp4 (its files have the first 1 frame)",
        "Failed: absent.mp4",
    ]
    assert shown.out.splitlines()[2].split() == ["absent.mp4", "failed"]
    assert not report.is_good


def test_notes_follow_the_files_each_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    note = f"Left out of trial: {', '.join(f'{n}.txt' for n in range(30))} (unknown suffix)"
    for is_quiet in (False, True):
        report = Report(["a.mp4"], is_quiet=is_quiet)
        report.add("a.mp4", video("a.mp4"))
        report.finish([note])
        shown = capsys.readouterr().out
        assert shown.endswith(f"\n  out/a.annotated.mp4\n{note}\n") == (not is_quiet)


def test_an_error_is_one_line_without_control_characters(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = Report(["a.mp4"])
    report.add("a.mp4", MediaError("a.mp4 is bad\n(the server says \x1b[2J): try again."))
    assert capsys.readouterr().err == (
        "Error: a.mp4 is bad (the server says \\x1b[2J): try again.\n"
    )


def test_files_are_listed_without_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, (r"a\n\x1b[2J.mp4", video("a\n\x1b[2J.mp4")))
    assert lines[-2:] == [r"  out/a\n\x1b[2J.csv", r"  out/a\n\x1b[2J.annotated.mp4"]


def test_many_files_in_several_folders_are_counted_below_their_common_folder(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    report = Report(["a.mp4"])
    for camera in range(7):
        file = tmp_path / f"cam{camera}" / "day" / "a.csv"
        report.add("a.mp4", Summary("a.mp4", 1, 1, 1, 1.0, (file,)))
    report.finish()
    assert f"Written to {tmp_path}: 7 .csv" in capsys.readouterr().out.replace("\n  ", " ")


def test_broken_frames_are_counted_below_the_row(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, ("film.mp4", video("film.mp4", broken_frames=3)))
    assert lines[1].split()[:2] == ["film.mp4", "120"]
    assert lines[2] == "  and 3 broken frames, skipped"


def test_frames_that_a_camera_left_out_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, ("camera 0", video("camera 0", left_out=1037)))
    assert " ".join(line.strip() for line in lines[-2:]) == (
        "camera 0: 1,037 frames left out, because they came faster than they could be processed."
    )


@pytest.mark.parametrize(
    ("outcome", "is_good"),
    [
        (video("a.mp4"), True),
        (video("a.mp4", left_out=3), True),
        (video("a.mp4", is_stopped=True), False),
        (video("a.mp4", error=MediaError("a.mp4 is damaged.")), False),
        (MediaError("a.mp4 is damaged."), False),
        (ZeroDivisionError("damaged"), False),
        (None, False),
    ],
)
def test_quiet_prints_errors_only(
    capsys: pytest.CaptureFixture[str], outcome: object, is_good: bool
) -> None:
    report = Report(["a.mp4"], is_quiet=True)
    report.add("a.mp4", outcome)
    report.finish()
    assert report.is_good == is_good
    shown = capsys.readouterr()
    assert shown.out == ""
    assert (shown.err == "") == ("damaged" not in str(getattr(outcome, "error", outcome)))


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            ZeroDivisionError("division by zero"),
            "a.mp4: This is an error in vitruvian (ZeroDivisionError: division by zero): "
            "report it with what --verbose prints.",
        ),
        (ValueError("two\nlines"), "a.mp4: This is an error in vitruvian (ValueError: two lines):"),
        (MemoryError(), "a.mp4: The memory does not suffice (MemoryError): "),
        (MediaError("a.mp4 is\ndamaged."), "a.mp4 is damaged."),
    ],
)
@pytest.mark.parametrize("is_verbose", [False, True])
def test_an_exception_is_one_line_and_its_traceback_only_if_asked_for(
    capsys: pytest.CaptureFixture[str], error: Exception, sentence: str, is_verbose: bool
) -> None:
    def fail() -> None:
        raise error

    with pytest.raises(type(error)) as raised:
        fail()
    report = Report(["a.mp4"], is_verbose=is_verbose)
    report.add("a.mp4", raised.value)
    shown = capsys.readouterr().err.splitlines()
    assert shown[0].startswith(f"Error: {sentence}")
    if is_verbose:
        assert shown[1] == "Traceback (most recent call last):"
        assert any("in fail" in line for line in shown)
    else:
        assert len(shown) == 1
    assert not report.is_good
