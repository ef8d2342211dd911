"""What a run will do."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from vitruvian.errors import MediaError, OptionError
from vitruvian.inputs.parsing import Address, Camera, ImageSeries, StandardInput
from vitruvian.jobs.plan import Plan, make_plan

OUT = Path("out")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the paths of a test are."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fill(*paths: str) -> None:
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).touch()


def outputs(plan: Plan) -> dict[str, str]:
    return {job.name: job.output.as_posix() for job in plan.jobs}


def test_each_input_is_a_job() -> None:
    plan = make_plan(["absent.mp4", "0", "rtsp://me:secret@camera/live", "-"], OUT)
    assert [job.source for job in plan.jobs] == [
        Path("absent.mp4"),
        Camera(0),
        Address("rtsp://me:secret@camera/live"),
        StandardInput(),
    ]
    assert outputs(plan) == {
        "absent.mp4": "out/absent",
        "camera 0": "out/camera0",
        "rtsp://camera/live": "out/camera_live",
        "standard input": "out/stdin",
    }


def test_a_live_photo_is_two_jobs() -> None:
    fill("roll/IMG_1.jpg", "roll/IMG_1.mov")
    assert outputs(make_plan(["roll"], OUT)) == {
        "roll/IMG_1.jpg": "out/IMG_1.jpg",
        "roll/IMG_1.mov": "out/IMG_1.mov",
    }


@pytest.mark.parametrize(
    "inputs",
    [
        ["trial"],
        ["trial/"],
        ["file://{folder}/trial"],
        ["trial/cam1", "trial/cam2"],
        ["trial/cam1/video.mp4", "trial/cam2/video.mp4"],
    ],
)
def test_a_folder_for_each_camera_gives_a_folder_for_each_camera(
    folder: Path, inputs: list[str]
) -> None:
    fill("trial/cam1/video.mp4", "trial/cam2/video.mp4")
    plan = make_plan([text.format(folder=folder) for text in inputs], OUT)
    assert [job.output.as_posix() for job in plan.jobs] == ["out/cam1/video", "out/cam2/video"]


def test_a_folder_may_be_named_by_digits_or_be_the_current_one() -> None:
    fill("1/a.mp4", "2/a.mp4")
    assert outputs(make_plan(["1", "2"], OUT)) == {"1/a.mp4": "out/1/a", "2/a.mp4": "out/2/a"}
    assert outputs(make_plan(["."], OUT)) == {"1/a.mp4": "out/1/a", "2/a.mp4": "out/2/a"}


def test_what_is_left_out_of_a_folder_is_described() -> None:
    fill("trial/a.mp4", "trial/notes.txt", "c/d.jpg")
    fill("trial/a.annotated.mp4", "trial/b/a.mask.mp4", "trial/c/a.angles.person12.png")
    plan = make_plan(["trial/", "c"], OUT)
    assert [job.name for job in plan.jobs] == ["trial/a.mp4", "c/d.jpg"]
    ((name, description),) = plan.left_out
    assert name == "trial/"
    names = ("a.annotated.mp4", "b/a.mask.mp4", "c/a.angles.person12.png")
    drawn = f"{', '.join(str(Path(name)) for name in names)} (drawn by this program)"
    assert description == f"notes.txt (unknown suffix), {drawn}"


def test_what_was_drawn_is_an_input_if_it_is_named() -> None:
    assert outputs(make_plan(["a.mask.png"], OUT)) == {"a.mask.png": "out/a.mask"}


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("", "is empty"),
        ("absent_%d.png", "is the name of no file"),
        ("file://server/a.mp4", "is not the address of a file on this computer"),
        ("nothing", "nothing contains no images or videos: give another folder"),
        ("texts", r"but a\.txt \(unknown suffix\): give another folder"),
        ("drawn", r"but a\.mask\.png \(drawn by this program\): give another folder"),
    ],
)
def test_an_input_without_jobs_does_not_stop_the_others(given: str, problem: str) -> None:
    Path("nothing").mkdir()
    fill("texts/a.txt", "drawn/a.mask.png")
    plan = make_plan([given, "a.mp4"], OUT)
    assert [job.name for job in plan.jobs] == ["a.mp4"]
    ((name, error),) = plan.failed
    assert name == (given or "(empty)")
    assert re.search(problem, str(error))
    with pytest.raises(MediaError, match=problem):
        make_plan([given], OUT)


def test_an_input_that_is_given_again_is_done_once(folder: Path) -> None:
    fill("trial/a.mp4", "trial/b.mp4")
    absolute = str(folder / "trial" / "a.mp4")
    plan = make_plan(["trial/a.mp4", "trial", "trial/../trial/b.mp4", absolute, "0", "0"], OUT)
    assert outputs(plan) == {
        "trial/a.mp4": "out/a",
        "trial/b.mp4": "out/b",
        "camera 0": "out/camera0",
    }
    assert plan.repeated == ("trial/a.mp4", "trial/../trial/b.mp4", absolute, "camera 0")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a permission there")
def test_a_link_to_a_folder_is_the_same_input_and_a_link_to_a_file_another() -> None:
    fill("real/a.mp4")
    Path("linked").symlink_to("real")
    Path("other.mp4").symlink_to("real/a.mp4")
    plan = make_plan(["real", "linked/a.mp4", "other.mp4"], OUT)
    assert outputs(plan) == {"real/a.mp4": "out/a", "other.mp4": "out/other"}
    assert plan.repeated == ("linked/a.mp4",)


def test_numbered_images_are_one_video_if_that_is_asked_for() -> None:
    frames = [f"trial/cam{camera}/frame_{n:04}.png" for camera in (1, 2) for n in range(3)]
    fill(*frames, "trial/cam1/photo.jpg", "trial/clip1.mp4", "trial/clip2.mp4")
    assert len(make_plan(["trial"], OUT).jobs) == 9
    plan = make_plan(["trial", "trial/cam1/frame_0000.png"], OUT, in_series=True)
    assert outputs(plan) == {
        "trial/cam1/frame_%04d.png": "out/cam1/frame",
        "trial/cam1/photo.jpg": "out/cam1/photo",
        "trial/cam2/frame_%04d.png": "out/cam2/frame",
        "trial/clip1.mp4": "out/clip1",
        "trial/clip2.mp4": "out/clip2",
        "trial/cam1/frame_0000.png": "out/frame_0000",
    }
    series = plan.jobs[0].source
    assert isinstance(series, ImageSeries)
    assert series.files == tuple(map(Path, frames[:3]))
    assert make_plan(["trial/cam1/frame_%04d.png"], OUT).jobs[0].source == series


def test_a_name_that_is_too_long_is_shortened() -> None:
    plan = make_plan([f"{'あ' * 75}.jpg", "b.jpg"], OUT)
    assert [job.is_shortened for job in plan.jobs] == [False, False]
    plan = make_plan([f"{'あ' * 76}.jpg", "b.jpg"], OUT)
    assert [job.is_shortened for job in plan.jobs] == [True, False]
    assert plan.jobs[0].output.name == "あ" * 75


@pytest.mark.parametrize(
    ("inputs", "overwritten"),
    [
        (["a.csv"], "a.csv"),
        (["a.mp4", "a.annotated.mp4"], "a.annotated.mp4"),
        (["a.annotated.mp4", "a.mp4"], "a.annotated.mp4"),
        (["a.png", "a.mask.png"], "a.mask.png"),
    ],
)
def test_an_input_that_would_be_overwritten_is_refused(inputs: list[str], overwritten: str) -> None:
    fill(*inputs)
    for place in (Path(), Path("../") / Path.cwd().name):
        with pytest.raises(OptionError, match=f"would overwrite the input {overwritten}: choose"):
            make_plan(inputs, place)
    assert len(make_plan(inputs, OUT).jobs) == len(inputs)


def test_only_what_will_be_written_can_overwrite() -> None:
    fill("a.mp4", "a.annotated.mp4", "b.png", "b.mask.png")
    inputs = ["a.mp4", "a.annotated.mp4", "b.png", "b.mask.png"]
    assert len(make_plan(inputs, Path(), drawn=()).jobs) == 4
    with pytest.raises(
        OptionError, match=r"The output of b\.png would overwrite the input b\.mask"
    ):
        make_plan(inputs, Path(), drawn=[".mask"])


@pytest.mark.skipif(sys.platform == "win32", reason="links need a permission there")
@pytest.mark.parametrize("link", [os.link, os.symlink])
def test_an_input_is_also_protected_under_another_name(folder: Path, link: object) -> None:
    fill("a.mp4", "real.mp4")
    assert callable(link)
    link(folder / "real.mp4", folder / "a.annotated.mp4")
    with pytest.raises(OptionError, match=r"The output of a\.mp4 would overwrite the input real"):
        make_plan(["a.mp4", "real.mp4"], Path())


def test_an_image_of_a_series_is_protected() -> None:
    fill("a1.annotated.png", "a2.annotated.png", "a2.jpg")
    with pytest.raises(OptionError, match=r"would overwrite the input a2\.annotated\.png"):
        make_plan(["a%d.annotated.png", "a2.jpg"], Path())


def test_the_images_of_a_folder_are_an_album_with_its_name() -> None:
    fill("trip/a.jpg", "trip/day/b.png", "trip/c.mp4", "d.jpg")
    plan = make_plan(["trip", "d.jpg"], OUT)
    albums = {job.name: job.album for job in plan.jobs}
    album = albums["trip/a.jpg"]
    assert album is not None
    assert (album.folder, album.output) == (Path("trip"), OUT / "trip")
    assert album.files == (Path("trip/a.jpg"), Path("trip/day/b.png"))
    assert albums == {
        **dict.fromkeys(("trip/a.jpg", "trip/day/b.png"), album),
        **dict.fromkeys(("trip/c.mp4", "d.jpg")),
    }


def test_only_a_folder_with_images_has_a_name_of_its_own() -> None:
    fill("trip/trip.mp4")
    assert [job.output for job in make_plan(["trip"], OUT).jobs] == [OUT / "trip"]
    fill("trip/a.jpg")
    plan = make_plan(["trip"], OUT)
    outputs = {
        *(job.output for job in plan.jobs),
        *(job.album.output for job in plan.jobs if job.album),
    }
    assert len(outputs) == 3
