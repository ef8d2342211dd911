from __future__ import annotations

import hashlib
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

import vitruvian
from tests.support.images import saved
from tests.support.recordings import recording
from tests.support.sample import SAMPLE
from tests.support.videos import mjpeg_video, noise
from vitruvian.recorded.kinds import ARRAYS

if TYPE_CHECKING:
    from pathlib import Path


def test_a_recording_has_every_result_of_a_video(tmp_path: Path) -> None:
    made = vitruvian.Recording.of(SAMPLE, end_s=0.5, model_complexity="lite", num_poses=2)
    tracked = [*vitruvian.track(SAMPLE, end_s=0.5, model_complexity="lite", num_poses=2)]
    assert len(made) == len(tracked) == 15
    for found, expected in zip(made, tracked, strict=True):
        np.testing.assert_array_equal(found.pose_landmarks, expected.pose_landmarks)
        assert (found.index, found.timestamp_s) == (expected.index, expected.timestamp_s)
    assert made.header.source == "jumping_jacks.mp4"
    assert made.header.sha256 == hashlib.sha256(SAMPLE.read_bytes()).hexdigest()
    assert made.header.options["end_s"] == 0.5
    assert made.header.options["model_complexity"] == "lite"
    assert made.header.version == vitruvian.__version__
    made.save(tmp_path / "a.npz")
    loaded = vitruvian.load(tmp_path / "a.npz")
    for name in ARRAYS:
        np.testing.assert_array_equal(getattr(loaded, name), getattr(made, name))


def test_frames_that_are_left_out_keep_the_numbers_of_the_others() -> None:
    made = vitruvian.Recording.of(SAMPLE, model_complexity="lite", every=50, resize=320)
    assert made.frames.tolist() == [0, 50, 100]
    assert made.timestamps_s == pytest.approx([0, 50 / 30, 100 / 30])
    assert made.image_sizes_px.tolist() == [[320, 240]] * 3
    tracked = vitruvian.track(SAMPLE, model_complexity="lite", every=50, resize=320)
    assert [result.index for result in tracked] == [0, 50, 100]


def test_an_image_is_a_recording_of_one_independent_frame(tmp_path: Path) -> None:
    from PIL import Image  # noqa: PLC0415

    Image.new("RGB", (64, 48)).save(tmp_path / "a.png")
    made = vitruvian.Recording.of(tmp_path / "a.png", model_complexity="lite")
    assert (len(made), len(made.ids)) == (1, 0)
    assert made.header.options["static_image_mode"] is True


@pytest.mark.parametrize("source", [None, ["a.mp4"], np.zeros((9, 9, 3), np.uint8), True])
def test_what_names_no_input_is_an_error(source: object) -> None:
    with pytest.raises(vitruvian.MediaError, match="give a path, the number of a camera"):
        vitruvian.Recording.of(source)  # type: ignore[arg-type]


def test_a_folder_without_photographs_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(vitruvian.MediaError, match="contains no images"):
        vitruvian.Recording.of(tmp_path)


def test_broken_frames_and_photographs_are_skipped_and_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    jpeg = saved(noise(), "JPEG")
    broken = jpeg[: len(jpeg) // 2]
    video = mjpeg_video(tmp_path / "a.avi", [jpeg, bytes(500), jpeg])
    made = vitruvian.Recording.of(video, model_complexity="lite")
    assert made.timestamps_s == pytest.approx([0, 0.2])
    assert caplog.messages == [f"{video}: 1 broken frame was skipped."]
    for number, content in enumerate((jpeg, broken, jpeg)):
        (tmp_path / f"{number}.jpg").write_bytes(content)
    made = vitruvian.Recording.of(tmp_path, model_complexity="lite")
    assert made.header.images == ("0.jpg", "1.jpg", "2.jpg")
    assert made.frames.tolist() == [0, 2]
    assert "1.jpg cannot be read" in caplog.messages[1]
    for number in (0, 2):
        (tmp_path / f"{number}.jpg").unlink()
    with pytest.raises(vitruvian.MediaError, match=r"1\.jpg cannot be read"):
        vitruvian.Recording.of(tmp_path, model_complexity="lite")


def test_a_broken_video_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_text("no video")
    with pytest.raises(vitruvian.MediaError):
        vitruvian.Recording.of(tmp_path / "a.mp4", model_complexity="lite")
    with pytest.raises(vitruvian.OptionError):
        vitruvian.Recording.of(tmp_path / "a.mp4", every=0)


def test_without_pandas_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(vitruvian.MissingLibraryError, match="pip install pandas"):
        recording().to_dataframe()


def test_what_is_no_path_is_refused() -> None:
    with pytest.raises(vitruvian.OptionError):
        vitruvian.load(3)  # type: ignore[arg-type]
    with pytest.raises(vitruvian.OptionError):
        recording().save(3)  # type: ignore[arg-type]
