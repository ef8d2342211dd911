"""One known answer, and functions that write it in every format that is read.

Two people are in a.jpg and one is in b.jpg. All numbers are exact in float32 and in every unit, and
the score of a person is the mean confidence, which is what formats without a score have.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.support.recordings import write_csv
from vitruvian.formats.apple_vision import JOINTS
from vitruvian.formats.openpose import BODY_25, COCO_18
from vitruvian.formats.points import COCO_NAMES, HALPE_26, HALPE_136, WHOLE_BODY_133
from vitruvian.recorded.header import Header
from vitruvian.recording import Recording
from vitruvian.result import PoseResult
from vitruvian.skeleton import COCO_17, LANDMARK_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

SIZES = {"a.jpg": (640, 480), "b.jpg": (1280, 960)}
_RANDOM = np.random.default_rng(15)


@dataclass(frozen=True)
class Person:
    """A person of the answer: (33, 2) normalized points, and (33,) confidences."""

    image: str
    points: NDArray[np.float64]
    confidences: NDArray[np.float64]

    @property
    def keypoints_px(self) -> NDArray[np.float64]:
        return self.points[list(COCO_17)] * SIZES[self.image]

    @property
    def score(self) -> float:
        return float(self.confidences[list(COCO_17)].mean())

    @property
    def box_px(self) -> list[float]:
        """The x, y, width, height of the keypoints."""
        low, high = self.keypoints_px.min(axis=0), self.keypoints_px.max(axis=0)
        return [*low.tolist(), *(high - low).tolist()]

    @property
    def corners_px(self) -> list[float]:
        x, y, width, height = self.box_px
        return [x, y, x + width, y + height]

    def triples(self, names: Sequence[str], size: tuple[float, float] | None = None) -> list[float]:
        """Return x, y, confidence of named points; points that COCO lacks lie at 1, 1."""
        values = dict(
            zip(
                LANDMARK_NAMES,
                np.column_stack((self.points * (size or SIZES[self.image]), self.confidences)),
                strict=True,
            )
        )
        points = [values.get(name, np.ones(3)) for name in names]
        return np.concatenate(points).tolist()  # type: ignore[no-any-return]


PEOPLE = [
    Person(
        image,
        _RANDOM.integers(64, 960, (33, 2)) / 1024,
        _RANDOM.integers(72, 128, 33) / 128,
    )
    for image in ("a.jpg", "a.jpg", "b.jpg")
]


def _of(image: str) -> list[Person]:
    return [person for person in PEOPLE if person.image == image]


def _dump(path: Path, value: object) -> Path:
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def _each_image(folder: Path, content: Callable[[str], object], suffix: str = "") -> Path:
    for image in SIZES:
        _dump(folder / f"{Path(image).stem}{suffix}.json", content(image))
    return folder


def coco(folder: Path, image_id: Callable[[str], object] = str) -> Path:
    return _dump(
        folder / "results.json",
        [
            {
                "image_id": image_id(person.image),
                "category_id": 1,
                "keypoints": person.triples(COCO_NAMES),
                "score": person.score,
            }
            for person in PEOPLE
        ],
    )


def ultralytics_validator(folder: Path) -> Path:
    return _dump(
        folder / "predictions.json",
        [
            {
                "image_id": Path(person.image).stem,
                "file_name": person.image,
                "category_id": 1,
                "bbox": person.box_px,
                "score": person.score,
                "keypoints": person.triples(COCO_NAMES),
            }
            for person in PEOPLE
        ],
    )


def alphapose(folder: Path, names: Sequence[str] = COCO_NAMES, **more: Any) -> Path:
    return _dump(
        folder / "alphapose-results.json",
        [
            {
                "image_id": person.image,
                "category_id": 1,
                "keypoints": person.triples(names),
                "score": person.score,
                **more,
            }
            for person in PEOPLE
        ],
    )


def alphapose_by_image(folder: Path, people: str, key: str) -> Path:
    return _dump(
        folder / "alphapose-results.json",
        {
            image: {
                "version": "AlphaPose v0.3",
                people: [{key: person.triples(COCO_18)} for person in _of(image)],
            }
            for image in SIZES
        },
    )


def alphapose_separate(folder: Path) -> Path:
    def content(image: str) -> object:
        bodies = [{"joints": person.triples(COCO_18)} for person in _of(image)]
        return {"version": "AlphaPose v0.3", "bodies": bodies}

    return _each_image(folder / "sep-json", content)


def openpose(folder: Path, names: Sequence[str], scale: str = "pixels") -> Path:
    def points(person: Person) -> list[float]:
        if scale == "pixels":
            return person.triples(names)
        values = np.array(person.triples(names, (1, 1))).reshape(-1, 3)
        if scale == "-1 to 1":
            values[:, :2] = 2 * values[:, :2] - 1
        return values.ravel().tolist()  # type: ignore[no-any-return]

    def content(image: str) -> object:
        people = [
            {"person_id": [-1], "pose_keypoints_2d": points(person), "face_keypoints_2d": []}
            for person in _of(image)
        ]
        return {"version": 1.3, "people": people}

    return _each_image(folder / "json", content, "_keypoints")


def _mmpose_people(image: str, names: Sequence[str]) -> list[dict[str, Any]]:
    people = []
    for person in _of(image):
        points = np.array(person.triples(names)).reshape(-1, 3)
        people.append(
            {
                "keypoints": points[:, :2].tolist(),
                "keypoint_scores": points[:, 2].tolist(),
                "bbox": [person.corners_px],
                "bbox_score": 1.0,
            }
        )
    return people


def mmpose(folder: Path, names: Sequence[str] = COCO_NAMES) -> Path:
    return _each_image(folder / "predictions", lambda image: _mmpose_people(image, names))


def mmpose_demo(folder: Path) -> Path:
    names = COCO_NAMES[::-1]  # so that only meta_info has the order

    def content(image: str) -> object:
        meta = {"keypoint_id2name": {str(number): name for number, name in enumerate(names)}}
        return {"meta_info": meta, "instance_info": _mmpose_people(image, names)}

    for image in SIZES:
        _dump(folder / "out" / f"results_{Path(image).stem}.json", content(image))
    return folder / "out"


def mmpose_video(folder: Path, *, is_demo: bool) -> Path:
    frames = [
        {"frame_id": number, "instances": _mmpose_people(image, COCO_NAMES)}
        for number, image in enumerate(SIZES)
    ]
    return _dump(
        folder / "video.json",
        {"meta_info": {}, "instance_info": frames} if is_demo else frames,
    )


def rtmlib(folder: Path, names: Sequence[str] = COCO_NAMES) -> Path:
    points = np.array([person.triples(names) for person in PEOPLE]).reshape(len(PEOPLE), -1, 3)
    images = np.array([person.image for person in PEOPLE])
    path = folder / "rtmlib.npz"
    np.savez(path, keypoints=points[..., :2], scores=points[..., 2], images=images)
    return path


def rtmlib_files(folder: Path) -> Path:
    out = folder / "npz"
    out.mkdir()
    for image in SIZES:
        points = np.array([person.triples(HALPE_26) for person in _of(image)])
        points = points.reshape(len(points), -1, 3)
        np.savez(out / Path(image).stem, keypoints=points[..., :2], scores=points[..., 2])
    return out


def ultralytics(folder: Path, *, normalize: bool = False) -> Path:
    def content(image: str) -> object:
        width, height = SIZES[image] if normalize else (1, 1)
        found = []
        for person in _of(image):
            x, y, visible = np.array(person.triples(COCO_NAMES)).reshape(-1, 3).T
            left, top, right, bottom = person.corners_px
            found.append(
                {
                    "name": "person",
                    "class": 0,
                    "confidence": person.score,
                    "box": {
                        "x1": left / width,
                        "y1": top / height,
                        "x2": right / width,
                        "y2": bottom / height,
                    },
                    "keypoints": {
                        "x": (x / width).tolist(),
                        "y": (y / height).tolist(),
                        "visible": visible.tolist(),
                    },
                }
            )
        return found

    return _each_image(folder / "ultralytics", content)


def _result(image: str, index: int = 0) -> PoseResult:
    people = _of(image)
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


def world(people: Sequence[Person]) -> NDArray[np.float32]:
    """Return world landmarks (N, 33, 3), which only formats with 33 landmarks have."""
    points = np.stack([person.points for person in people])
    return np.concatenate((points, points[..., :1] / 2), axis=-1).astype(np.float32)


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
    return _each_image(folder / "results", lambda image: _result(image).to_dict())


def pose_result_list(folder: Path) -> Path:
    results = [{"image": image, **_result(image).to_dict()} for image in SIZES]
    return _dump(folder / "results.json", results)


def _landmarks(person: Person) -> list[dict[str, float]]:
    return [
        {"x": x, "y": y, "z": 0.0, "visibility": visibility}
        for (x, y), visibility in zip(
            person.points.tolist(), person.confidences.tolist(), strict=True
        )
    ]


def _world_landmarks(person: Person) -> list[dict[str, float]]:
    return [dict(zip("xyz", map(float, point), strict=True)) for point in world([person])[0]]


def mediapipe_tasks(folder: Path, keys: tuple[str, str]) -> Path:
    def content(image: str) -> object:
        people = _of(image)
        return {
            keys[0]: [_landmarks(person) for person in people],
            keys[1]: [_world_landmarks(person) for person in people],
        }

    return _dump(folder / "landmarks.json", {image: content(image) for image in SIZES})


def mediapipe_lists(folder: Path) -> Path:
    return _each_image(folder / "lists", lambda image: [_landmarks(one) for one in _of(image)])


def mediapipe_messages(folder: Path) -> Path:
    """Write what `MessageToDict` gives, for several people."""
    return _each_image(
        folder / "messages", lambda image: [{"landmark": _landmarks(one)} for one in _of(image)]
    )


def apple_vision(folder: Path, *, raw: bool = False) -> Path:
    def joints(person: Person) -> dict[str, list[float]]:
        names = [ours for _, ours in JOINTS.values()]
        points = np.array(person.triples(names, (1, 1))).reshape(-1, 3)
        points[:, 1] = 1 - points[:, 1]
        return {
            raw_name if raw else swift: point
            for (swift, (raw_name, _)), point in zip(JOINTS.items(), points.tolist(), strict=True)
        }

    return _dump(
        folder / "vision.json",
        [
            {
                "image": image,
                "size": list(size),
                "observations": [
                    {"confidence": person.score, "joints": joints(person)} for person in _of(image)
                ],
            }
            for image, size in SIZES.items()
        ],
    )


# Each way in which a system writes results, with the name that the table of formats has for it.
WRITERS: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "coco": ("COCO results", coco),
    "ultralytics validator": ("COCO results", ultralytics_validator),
    "alphapose 17 without box": ("COCO results", alphapose),
    "alphapose 17": ("AlphaPose", lambda out: alphapose(out, box=[1.0, 2.0, 3.0, 4.0], idx=0)),
    "alphapose 26": ("AlphaPose", lambda out: alphapose(out, HALPE_26)),
    "alphapose 136": ("AlphaPose", lambda out: alphapose(out, HALPE_136, idx=[2, 1])),
    "alphapose open": (
        "AlphaPose",
        lambda out: alphapose_by_image(out, "people", "pose_keypoints_2d"),
    ),
    "alphapose cmu": ("AlphaPose", lambda out: alphapose_by_image(out, "bodies", "joints")),
    "alphapose cmu, sep-json": ("AlphaPose", alphapose_separate),
    "openpose body 25": ("OpenPose", lambda out: openpose(out, BODY_25)),
    "openpose coco 18": ("OpenPose", lambda out: openpose(out, COCO_18)),
    "openpose scale 3": ("OpenPose", lambda out: openpose(out, BODY_25, "0 to 1")),
    "openpose scale 4": ("OpenPose", lambda out: openpose(out, BODY_25, "-1 to 1")),
    "mmpose 17": ("MMPose", mmpose),
    "mmpose 26": ("MMPose", lambda out: mmpose(out, HALPE_26)),
    "mmpose 133": ("MMPose", lambda out: mmpose(out, WHOLE_BODY_133)),
    "mmpose demo": ("MMPose", mmpose_demo),
    "mmpose video": ("MMPose", lambda out: mmpose_video(out, is_demo=False)),
    "mmpose demo video": ("MMPose", lambda out: mmpose_video(out, is_demo=True)),
    "rtmlib 17": ("rtmlib's arrays in .npz", rtmlib),
    "rtmlib 133": ("rtmlib's arrays in .npz", lambda out: rtmlib(out, WHOLE_BODY_133)),
    "rtmlib, a file an image": ("rtmlib's arrays in .npz", rtmlib_files),
    "ultralytics": ("Ultralytics", ultralytics),
    "ultralytics normalized": ("Ultralytics", lambda out: ultralytics(out, normalize=True)),
    "csv": ("the CSV of vitruvian run", csv),
    "csv of a video": ("the CSV of vitruvian run", csv_of_a_video),
    "recording": ("the recording of vitruvian run", recording_of_a_video),
    "recording of photographs": ("the recording of vitruvian run", recording_of_photographs),
    "to_dict": ("PoseResult.to_dict", pose_results),
    "list of to_dict": ("PoseResult.to_dict", pose_result_list),
    "mediapipe tasks": (
        "MediaPipe's landmarks",
        lambda out: mediapipe_tasks(out, ("pose_landmarks", "pose_world_landmarks")),
    ),
    "mediapipe in JavaScript": (
        "MediaPipe's landmarks",
        lambda out: mediapipe_tasks(out, ("landmarks", "worldLandmarks")),
    ),
    "mediapipe lists": ("MediaPipe's landmarks", mediapipe_lists),
    "mediapipe messages": ("MediaPipe's landmarks", mediapipe_messages),
    "apple vision": ("vision.json of Apple Vision", apple_vision),
    "apple vision, raw names": (
        "vision.json of Apple Vision",
        lambda out: apple_vision(out, raw=True),
    ),
}
