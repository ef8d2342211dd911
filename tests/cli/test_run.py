"""What `vitruvian run` writes and prints for good inputs."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import av
import cv2
import numpy as np
import pytest

from tests.cli.program import SAMPLE, names, rows, run

if TYPE_CHECKING:
    from pathlib import Path


def test_each_person_in_an_image_has_an_id(image: Path, tmp_path: Path) -> None:
    one = cv2.imread(str(image))[:, 170:470]
    cv2.imwrite(str(image), np.hstack((one, one)))
    done = run(image, "-o", tmp_path / "out", "--num-poses", "all", "--trails")
    assert done.returncode == 0
    assert {row["person"] for row in rows(tmp_path / "out" / "person.csv")} == {"1", "2"}
    done = run(image, "-o", tmp_path / "right", "--select", "0.9,0.5", "--search", "tiles")
    assert done.returncode == 0
    (nose,) = (row for row in rows(tmp_path / "right" / "person.csv") if row["landmark"] == "0")
    assert float(nose["x"]) > 0.5


def test_a_video_becomes_a_csv_file_and_annotated_videos(tmp_path: Path) -> None:
    done = run(SAMPLE, "-o", tmp_path / "new" / "folder", "--enable-segmentation", "--profile")
    assert done.returncode == 0
    folder = tmp_path / "new" / "folder"
    assert names(folder) == [
        "jumping_jacks.annotated.mp4",
        "jumping_jacks.csv",
        "jumping_jacks.mask.mp4",
    ]
    assert len(done.stdout.splitlines()) == 1
    assert "120 frames, a person in 120" in done.stdout
    for stage in ("decode", "detect", "landmark", "draw", "encode"):
        assert stage in done.stderr
    table = rows(folder / "jumping_jacks.csv")
    assert len(table) == 120 * 33
    assert [float(row["time_s"]) for row in table[::33]] == pytest.approx(
        np.arange(120) / 30, abs=1e-6
    )
    for name in ("annotated", "mask"):
        with av.open(folder / f"jumping_jacks.{name}.mp4") as video:
            stream = video.streams.video[0]
            assert (stream.codec_context.name, stream.frames) == ("h264", 120)
            assert (stream.width, stream.height) == (640, 480)


def test_all_images_of_a_folder_are_processed_except_those_that_were_drawn(
    image: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "images"
    folder.mkdir()
    shutil.copy(image, folder / "one.png")
    cv2.imwrite(str(folder / "two.jpg"), np.zeros((60, 80, 3), np.uint8))
    done = run(folder, "-o", folder, "--enable-segmentation")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 2
    assert len(rows(folder / "one.csv")) == 33
    assert rows(folder / "two.csv") == []
    mask = cv2.imread(str(folder / "one.mask.png"), cv2.IMREAD_UNCHANGED)
    assert mask is not None
    assert mask.shape == (480, 640)
    assert 0.03 < (mask > 127).mean() < 0.3
    # The next run ignores the images that were written into the folder.
    again = run(folder, "-o", folder, "--no-annotate")
    assert len(again.stdout.splitlines()) == 2


def test_several_inputs_at_a_time_give_what_each_gives_alone(image: Path, tmp_path: Path) -> None:
    inputs = [tmp_path / name for name in ("a.mp4", "absent.mp4", "text.mp4", "b.mp4")]
    for path in (inputs[0], inputs[3]):
        shutil.copy(SAMPLE, path)
    inputs[2].write_text("no video")
    out = tmp_path / "out"
    done = run(*inputs, image, "-o", out, "--no-annotate", "--jobs", "3", "--profile")
    assert done.returncode == 1
    assert names(out) == ["a.csv", "b.csv", "person.csv"]
    # Messages come in the order of the inputs, whichever ended first.
    reported = [line.partition(": ")[0] for line in done.stdout.splitlines()]
    assert reported == [str(path) for path in (inputs[0], inputs[3], image)]
    assert done.stderr.index("absent.mp4") < done.stderr.index("text.mp4")
    assert run(SAMPLE, "-o", tmp_path, "--no-annotate").returncode == 0
    alone = (tmp_path / "jumping_jacks.csv").read_bytes()
    assert (out / "a.csv").read_bytes() == (out / "b.csv").read_bytes() == alone
