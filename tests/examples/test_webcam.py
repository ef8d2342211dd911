"""The webcam example, with a file or a fake camera, and with fake windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

import vitruvian
from examples import webcam
from tests.examples.test_scripts import start
from tests.support.sample import SAMPLE, frames
from vitruvian.inputs.source import Frame, Source

if TYPE_CHECKING:
    from collections.abc import Generator


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[np.ndarray]:
    """Return a list that receives the images of a window, in which q is pressed at the third."""
    images: list[np.ndarray] = []
    monkeypatch.setattr(cv2, "namedWindow", lambda *_: None)
    monkeypatch.setattr(cv2, "imshow", lambda _, image: images.append(image))
    monkeypatch.setattr(cv2, "waitKey", lambda _: ord("q") if len(images) == 3 else -1)
    monkeypatch.setattr(cv2, "getWindowProperty", lambda *_: 1.0)
    return images


@pytest.fixture
def without_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise cv2.error("The function is not implemented")

    monkeypatch.setattr(cv2, "namedWindow", refuse)


def test_each_frame_is_shown_until_q_is_pressed(
    shown: list[np.ndarray], capsys: pytest.CaptureFixture[str]
) -> None:
    webcam.main(str(SAMPLE))
    assert capsys.readouterr().out.startswith("3 frames in ")
    differences = np.abs(shown[0][..., ::-1].astype(int) - frames(1)[0])  # BGR is shown
    assert 0 < (differences.max(axis=2) > 0).mean() < 0.1


def test_a_closed_window_ends_it(
    shown: list[np.ndarray],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(cv2, "getWindowProperty", lambda *_: 2.0 - len(shown))
    webcam.main(str(SAMPLE))
    assert capsys.readouterr().out.startswith("2 frames in ")


@pytest.mark.usefixtures("without_windows")
def test_without_windows_it_says_so_and_processes_all_frames(
    capsys: pytest.CaptureFixture[str],
) -> None:
    webcam.main(str(SAMPLE))
    first, *_, last = capsys.readouterr().out.splitlines()
    assert "has no windows" in first
    assert last.startswith("120 frames in ")
    assert last.endswith(", 0 left out.")


@pytest.mark.usefixtures("without_windows")
def test_frames_of_a_camera_that_arrive_too_fast_are_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    image = frames(1)[0]

    def camera() -> Generator[Frame, None, None]:
        for index in range(300):
            yield Frame(image, index, index / 1000)

    source = Source("camera", camera(), is_live=True)
    monkeypatch.setattr(vitruvian, "frames", lambda _: source)
    webcam.main()
    words = capsys.readouterr().out.splitlines()[-1].split()
    processed, left_out = int(words[0]), int(words[5])
    assert processed + left_out == 300
    assert left_out > 100


def test_a_missing_camera_gives_one_sentence() -> None:
    done = start("webcam.py", 99)
    assert done.returncode == 1
    assert done.stderr.startswith("camera 99 cannot be opened")
    assert "Traceback" not in done.stderr
