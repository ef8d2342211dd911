from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.annotated import SIZE
from vitruvian.errors import EvaluationError
from vitruvian.evaluation.annotations import AnnotatedImage, Annotations
from vitruvian.evaluation.image_names import ImageNames
from vitruvian.prediction import VideoFrame


def named(*file_names: str) -> ImageNames:
    images = tuple(
        AnnotatedImage(100 + i, name, SIZE, "all", ()) for i, name in enumerate(file_names)
    )
    return ImageNames(Annotations("truth.json", Path(), images, ("all",)))


@pytest.mark.parametrize(
    "image", [101, "101", "b/000785.jpg", "b\\000785.jpg", "./b/000785.jpg", "000785.png", "000785"]
)
def test_an_image_is_found_by_its_id_or_file(image: int | str) -> None:
    assert named("a/1.jpg", "b/000785.jpg").find(image, "A") == 1


def test_an_unknown_image_is_not_found() -> None:
    names = named("a/1.jpg")
    assert [names.find(image, "A") for image in (1, "2.jpg", "")] == [None, None, None]


def test_a_full_path_is_preferred_to_the_same_name_in_another_folder() -> None:
    names = named("a/1.jpg", "b/1.jpg", "1.jpg")
    assert [names.find(image, "A") for image in ("b/1.jpg", "1.jpg")] == [1, 2]


def test_a_name_that_two_images_have_is_an_error() -> None:
    with pytest.raises(EvaluationError, match=r"for 1\.png, which may be a/1\.jpg or b/1\.jpg"):
        named("a/1.jpg", "b/1.jpg").find("1.png", "A")


def with_ids(**files: int | str) -> ImageNames:
    """Return names of images `<key>.jpg` with these ids."""
    images = tuple(
        AnnotatedImage(of, f"{name.strip('_')}.jpg", SIZE, "all", ()) for name, of in files.items()
    )
    return ImageNames(Annotations("truth.json", Path(), images, ("all",)))


def test_an_id_is_preferred_to_a_name_and_a_name_to_an_id_as_a_text() -> None:
    names = with_ids(_1=2, _2=1, _3="2.jpg", _4=4)
    assert [names.find(image, "A") for image in (1, 2)] == [1, 0]
    assert names.find("2.jpg", "A") == 2
    assert [names.find(image, "A") for image in ("1", "2", "4")] == [0, 1, 3]


def test_the_name_of_a_file_is_no_id() -> None:
    names = with_ids(a=1, b=2)
    assert names.find("2", "A") == 1
    assert names.find("2.jpg", "A") is None


def of_videos(*frames: tuple[str | None, int]) -> ImageNames:
    names = named(*(f"{i}.jpg" for i in range(len(frames))))
    images = tuple(
        replace(image, video=video, frame=frame)
        for image, (video, frame) in zip(names.annotations.images, frames, strict=True)
    )
    return ImageNames(replace(names.annotations, images=images))


def test_a_frame_is_found_by_its_video_and_number() -> None:
    names = of_videos(("a.mp4", 3), ("b.mp4", 3), ("b.mp4", 7))
    frames = (VideoFrame("b", 3), VideoFrame("b.mp4", 7), VideoFrame("a", 3))
    assert [names.find(frame, "A") for frame in frames] == [1, 2, 0]
    assert [names.find(frame, "A") for frame in (VideoFrame("b", 4), VideoFrame("c", 3))] == [
        None,
        None,
    ]


def test_the_name_of_the_only_video_does_not_matter() -> None:
    for video in (None, "a.mp4"):
        assert of_videos((video, 0), (video, 5)).find(VideoFrame("results", 5), "A") == 1


def test_a_frame_of_one_of_two_videos_is_an_error() -> None:
    with pytest.raises(EvaluationError, match=r"for frame 3 of a, which may be a\.mp4 or b/a\.mov"):
        of_videos(("a.mp4", 3), ("b/a.mov", 3)).find(VideoFrame("a", 3), "A")


def test_a_number_of_a_frame_is_no_id() -> None:
    with pytest.raises(
        EvaluationError, match=r"frame 100 of a, but no image of truth\.json has the"
    ):
        named("a.jpg").find(VideoFrame("a", 100), "A")
