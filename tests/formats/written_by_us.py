"""The known answer in the formats of this program."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.formats.answer import SIZES, dump, each_image, of, world
from tests.support.recordings import write_csv
from vitruvian.recorded.header import Header
from vitruvian.recording import Recording
from vitruvian.result import PoseResult


def _result(image: str, index: int = 0) -> PoseResult:
    people = of(image)
    points = np.stack([person.points for person in people])
    visibility = np.stack([person.confidences for person in people]).astype(np.float32)
    return PoseResult(
        pose_landmarks=np.pad(points, ((0, 0), (0, 0), (0, 1))).astype(np.float32),
        pose_world_landmarks=world(people),
        visibility=visibility,
        presence=np.ones_like(visibility),
        scores=np.array([person.score for person in people], np.float32),
        ids=np.arange(1, len(people) + 1),
        segmentation_masks=None,
        image_size=SIZES[image],  # type: ignore[arg-type]
        index=index,
        timestamp_s=index / 30,
    )


def csv(folder: Path) -> Path:
    out = folder / "csv"
    out.mkdir()
    for image in SIZES:
        write_csv(out / f"{Path(image).stem}.csv", _result(image))
    return out


def csv_of_a_video(folder: Path) -> Path:
    path = folder / "video.csv"
    write_csv(path, *(_result(image, index) for index, image in enumerate(SIZES)))
    return path


def recording_of_a_video(folder: Path) -> Path:
    results = [_result(image, index) for index, image in enumerate(SIZES)]
    Recording.of_results(Header("video.mp4"), results).save(folder / "video.npz")
    return folder / "video.npz"


def recording_of_photographs(folder: Path) -> Path:
    results = [_result(image, index) for index, image in enumerate(SIZES)]
    header = Header("photographs", images=tuple(SIZES))
    Recording.of_results(header, results).save(folder / "photographs.npz")
    return folder / "photographs.npz"


def pose_results(folder: Path) -> Path:
    return each_image(folder / "results", lambda image: _result(image).to_dict())


def pose_result_list(folder: Path) -> Path:
    results = [{"image": image, **_result(image).to_dict()} for image in SIZES]
    return dump(folder / "results.json", results)
