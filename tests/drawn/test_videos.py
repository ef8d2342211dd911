"""Videos and their annotations are what evaluations and the tracking benchmark read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from click.testing import CliRunner

import vitruvian
from benchmarks.drawn import videos
from benchmarks.drawn.__main__ import main
from benchmarks.drawn.motion import CLIPS
from benchmarks.drawn.stories import STORIES
from tests.drawn.opengl import needs_opengl
from vitruvian.evaluation.annotation_file import read_annotations
from vitruvian.media.opening import open_source

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needs_opengl


@pytest.fixture(autouse=True)
def _few_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(videos, "FRAME_RATE", 2)


def draw(out: Path, count: int, people: int) -> None:
    arguments = "--clips", "--seed", "100", "--count", str(count), "--people", str(people)
    done = CliRunner().invoke(main, [str(out), *arguments])
    assert done.exit_code == 0, done.output


def test_a_clip_of_one_person_has_an_annotation_for_each_frame(tmp_path: Path) -> None:
    draw(tmp_path / "out", 1, 1)
    annotations = read_annotations(tmp_path / "out" / "annotations.json")
    name, activity = next(iter(CLIPS.items()))
    assert annotations.groups == (activity,)
    assert [image.frame for image in annotations.images] == list(range(8))
    assert [image.timestamp_s for image in annotations.images] == np.arange(0, 4, 0.5).tolist()
    (video,) = {image.video for image in annotations.images}
    assert video == f"000_{name.replace(' ', '_')}.mp4"
    with open_source(tmp_path / "out" / video) as frames:
        read = list(frames)
    assert [frame.timestamp_s for frame in read] == [
        image.timestamp_s for image in annotations.images
    ]
    assert {frame.image.shape for frame in read} == {(720, 1280, 3)}
    assert all(image.people[0].track_id == 1 for image in annotations.images)


@pytest.mark.long
def test_stories_take_turns_and_people_keep_their_identities(tmp_path: Path) -> None:
    draw(tmp_path / "out", 2, 2)
    annotations = read_annotations(tmp_path / "out" / "annotations.json")
    assert annotations.groups == tuple(STORIES)[:2]
    for image in annotations.images:
        assert [person.track_id for person in image.people] == [1, 2]


@pytest.mark.long
def test_videos_are_continued(tmp_path: Path) -> None:
    draw(tmp_path / "once", 2, 1)
    draw(tmp_path / "twice", 1, 1)
    draw(tmp_path / "twice", 2, 1)
    first, second = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("once", "twice")
    )
    assert first == second


@pytest.mark.long
def test_the_person_of_a_clip_is_found_where_the_truth_says(tmp_path: Path) -> None:
    """A frame that were annotated a frame too early or too late would be further off."""
    out = tmp_path / "out"
    draw(out, 1, 1)
    truth = json.loads((out / "annotations.json").read_text())
    video = out / truth["images"][0]["video"]
    distances_px = []
    for result, person in zip(
        vitruvian.track(video, model_complexity="lite"), truth["annotations"], strict=True
    ):
        if len(result.landmarks_px):
            found_px = result.landmarks_px[0, 11:29, :2]
            distances_px.append(np.abs(found_px - np.array(person["landmarks"])[11:29]).mean())
    assert np.median(distances_px) < 40
