from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.results import result
from tests.support.videos import read
from vitruvian.jobs.outputs import Outputs
from vitruvian.media.source import Frame, Source
from vitruvian.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

IMAGES = {"annotated": np.zeros((48, 64, 3), np.uint8), "mask": np.zeros((48, 64), np.uint8)}


def source(*, is_image: bool = False) -> Source:
    def frames() -> Iterator[Frame]:
        yield Frame(IMAGES["annotated"], 0, 0.0)

    return Source("film", "film", frames(), is_image=is_image)


def test_a_video_gives_a_csv_file_and_a_video_for_each_kind_of_image(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    with Outputs(folder, source(), Profile()) as outputs:
        for index, people in enumerate((1, 0, 2)):
            frame = result(people, image_size=(64, 48), index=index, timestamp_s=index / 10)
            outputs.write(frame, IMAGES)
    assert (outputs.frames, outputs.frames_with_person) == (3, 2)
    names = ["film.csv", "film.annotated.mp4", "film.mask.mp4"]
    assert outputs.files == [folder / name for name in names]
    assert sorted(folder.iterdir()) == sorted(outputs.files)
    assert len(outputs.files[0].read_text().splitlines()) == 1 + 3 * 33
    assert [len(read(path)) for path in outputs.files[1:]] == [3, 3]


def test_an_image_gives_images(tmp_path: Path) -> None:
    with Outputs(tmp_path, source(is_image=True), Profile()) as outputs:
        outputs.write(result(image_size=(64, 48)), IMAGES)
    names = ["film.annotated.png", "film.csv", "film.mask.png"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names


def test_an_exception_discards_the_csv_file_and_the_videos(tmp_path: Path) -> None:
    def fail() -> None:
        with Outputs(tmp_path, source(), Profile()) as outputs:
            outputs.write(result(image_size=(64, 48)), IMAGES)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert [*tmp_path.iterdir()] == []
