"""`track`, `detect` and `frames`, with the real networks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import PIL.Image
import pytest

import vitruvian
from tests.support import golden
from tests.support.sample import SAMPLE
from vitruvian.media.image_writer import write_image

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vitruvian.types import Image

LITE: dict[str, Any] = {"model_complexity": "lite"}


@pytest.fixture(scope="module")
def image() -> Image:
    return golden.stills()[0]


@pytest.fixture(scope="module")
def expected(image: Image) -> np.ndarray:
    with vitruvian.Pose(True, "lite") as pose:
        return pose.process(image).pose_landmarks


def test_detect_takes_one_image_in_many_forms(
    image: Image, expected: np.ndarray, tmp_path: Path
) -> None:
    path = tmp_path / "photo.png"
    write_image(path, image)
    for given in (image, path, str(path), PIL.Image.fromarray(image)):
        result = vitruvian.detect(given, **LITE)
        assert np.array_equal(result.pose_landmarks, expected)
        assert (result.index, result.timestamp_s) == (0, 0.0)


def test_detect_takes_what_process_takes(image: Image, expected: np.ndarray) -> None:
    class Tensor:
        def __array__(self, *_: Any, **__: Any) -> Image:
            return image

        def __iter__(self) -> Iterator[Image]:
            return iter(image)

    for given in (Tensor(), memoryview(image)):
        assert np.array_equal(vitruvian.detect(given, **LITE).pose_landmarks, expected)
    with pytest.raises(vitruvian.FrameError, match="bytes"):
        vitruvian.detect(b"abc", **LITE)


@pytest.mark.parametrize("source", [None, True, 1.5, np.zeros((9, 9, 3), np.uint8)])
def test_what_is_no_source_is_refused(source: Any) -> None:
    for function in (vitruvian.track, vitruvian.frames):
        with pytest.raises(vitruvian.MediaError, match="give a path, the number of a camera"):
            function(source)


def test_detect_takes_a_batch(image: Image, expected: np.ndarray) -> None:
    results = [*vitruvian.detect(np.stack((image, image)), **LITE)]
    assert [result.index for result in results] == [0, 1]
    assert np.array_equal(results[1].pose_landmarks, expected)


def test_process_takes_what_numpy_reads_as_an_rgb_image(image: Image, expected: np.ndarray) -> None:
    class Tensor:
        def __array__(self, *_: Any, **__: Any) -> Image:
            return image

    with vitruvian.Pose(True, "lite") as pose:
        for given in (PIL.Image.fromarray(image), Tensor(), memoryview(image)):
            assert np.array_equal(pose.process(given).pose_landmarks, expected)
        with pytest.raises(vitruvian.FrameError, match="three channel rgb data"):
            pose.process(PIL.Image.fromarray(image).convert("L"))


def test_a_folder_is_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(vitruvian.MediaError, match=r"is a folder: call track\(\) for each file"):
        vitruvian.track(tmp_path)
    with pytest.raises(vitruvian.MediaError, match="vitruvian run"):
        vitruvian.frames(str(tmp_path))
    with pytest.raises(vitruvian.MediaError, match="is a folder"):
        vitruvian.detect(tmp_path)


def test_anything_else_is_refused() -> None:
    with pytest.raises(vitruvian.FrameError, match="images is a int"):
        vitruvian.detect(3)  # type: ignore[call-overload]


def test_all_means_no_limit(image: Image) -> None:
    everyone = vitruvian.detect(image, num_poses=None, **LITE)
    assert np.array_equal(
        vitruvian.detect(image, num_poses="all", **LITE).pose_landmarks, everyone.pose_landmarks
    )


def test_a_video_is_annotated_in_ten_lines(tmp_path: Path) -> None:
    source = vitruvian.frames(SAMPLE)
    path = tmp_path / "out.mp4"
    with vitruvian.Pose(**LITE) as pose, vitruvian.VideoWriter(path, source.frame_rate) as video:
        for frame in source:
            if frame.index == 5:
                break
            result = pose.process(frame.image, frame.timestamp_s)
            video.write(vitruvian.annotate(frame.image, result), frame.timestamp_s)
    with vitruvian.frames(path) as written:
        times_s = [frame.timestamp_s for frame in written]
    assert times_s == pytest.approx([index / 30 for index in range(5)], abs=1e-4)
