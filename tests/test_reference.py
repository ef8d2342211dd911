"""Stage by stage against numbers of MediaPipe 0.10.21, made by data/make_reference.py.

Each stage is given what the reference gave it. On LiteRT, the reference's own runtime, the numbers
are the same but for the last digit; on the others the networks' rounding remains.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import numpy as np
import pytest

import vitruvian
from tests.support import golden
from tests.support.native import in_numpy
from tests.tolerances import LAST_DIGIT, MASK_MEAN, OTHER_RUNTIME_PX, OTHER_RUNTIME_SCORE
from vitruvian.engines import choice as engines
from vitruvian.options import ENGINES
from vitruvian.stages import detector, landmarker
from vitruvian.stages.detector import Detector
from vitruvian.stages.landmarker import Landmarker
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21
from vitruvian.stages.region import region_around
from vitruvian.types import Region
from vitruvian.weights import cache

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vitruvian.types import Float32, Image

MODELS = ("lite", "full", "heavy")
REFERENCE = dict(np.load(golden.NUMBERS))


def stream(mode: str, model: str, name: str) -> Float32:
    return REFERENCE[f"{mode}_{MODELS.index(model)}_{name}"]


def size(image: Image) -> tuple[int, int]:
    return (image.shape[1], image.shape[0])


@pytest.fixture(autouse=True, params=["C", pytest.param("numpy", marks=pytest.mark.slow)])
def way_to_compute(request: pytest.FixtureRequest) -> Iterator[None]:
    """Run each test with the functions in C, and with the same in numpy."""
    with nullcontext() if request.param == "C" else in_numpy():
        yield


@pytest.fixture(scope="module")
def stills() -> list[Image]:
    return golden.stills()


@pytest.mark.parametrize("engine", ENGINES)
def test_detections(engine: str, stills: list[Image]) -> None:
    detect = Detector(
        engines.load(engine, detector.network(cache.pull("pose_detection"))),
        reference=SOLUTIONS_0_10_21,
    )
    for image, expected in zip(stills, stream("static", "full", "detection"), strict=True):
        (found,) = detect(image, min_confidence=0.5)
        x_min, y_min, x_max, y_max = found.boxes[0]
        box = (x_min, y_min, x_max - x_min, y_max - y_min)
        ours = np.array((found.scores[0], *box, *found.keypoints[0].ravel()))
        exact = engine == "litert"
        assert ours[0] == pytest.approx(expected[0], abs=1e-7 if exact else OTHER_RUNTIME_SCORE)
        in_pixels = np.abs(ours[1:] - expected[1:]).reshape(-1, 2) * size(image)
        assert in_pixels.max() < (LAST_DIGIT * 1000 if exact else OTHER_RUNTIME_PX)


def test_regions_of_detections(stills: list[Image]) -> None:
    detections = stream("static", "full", "detection")
    expected = stream("static", "full", "region_from_detection")
    for image, detection, region in zip(stills, detections, expected, strict=True):
        ours = region_around(detection[5:9].reshape(2, 2), size(image), SOLUTIONS_0_10_21)
        assert ours is not None
        assert (ours.center_x, ours.center_y, ours.width, ours.height) == tuple(region[:4])
        assert ours.angle_rad == pytest.approx(region[4], abs=LAST_DIGIT)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("model", MODELS)
def test_landmarks_in_a_region(engine: str, model: str, stills: list[Image]) -> None:
    network = landmarker.network(cache.pull(f"pose_landmark_{model}"), with_masks=False)
    mark = Landmarker(engines.load(engine, network), reference=SOLUTIONS_0_10_21)
    tolerance = LAST_DIGIT if engine == "litert" else OTHER_RUNTIME_PX / 500
    for index, image in enumerate(stills):
        region = stream("static", model, "region_from_detection")[index]
        (found,) = mark(image, [Region(*region)])
        expected = stream("static", model, "landmarks")[index]
        world = stream("static", model, "world_landmarks")[index]
        for ours, theirs in (
            (found.landmarks[0], expected[:, :3]),
            (found.visibility[0], expected[:, 3]),
            (found.presence[0], expected[:, 4]),
            (found.world_landmarks[0], world[:, :3]),
        ):
            assert np.abs(ours - theirs).max() < tolerance

        following = region_around(found.auxiliary[0], size(image), SOLUTIONS_0_10_21)
        assert following is not None
        ours = np.array((following.center_x, following.center_y, following.width, following.height))
        theirs = stream("static", model, "region_from_landmarks")[index]
        assert np.abs(ours - theirs[:4]).max() < tolerance


@pytest.mark.parametrize("model", MODELS)
def test_a_video_is_followed_lost_and_found_to_the_last_digit(model: str) -> None:
    landmarks, world = (stream("video", model, n) for n in ("landmarks", "world_landmarks"))
    found = ~np.isnan(landmarks[:, 0, 0])
    assert found.sum() in range(15, 17)  # so that the test says something
    with vitruvian.Pose(
        model_complexity=model,
        enable_segmentation=True,
        search="frame",
        engine=engines.EXACT,
        frame_rate=1e6 / 33_333,
    ) as pose:
        for index, image in enumerate(golden.video()):
            ours = pose.process(image)
            assert len(ours) == found[index]
            if not found[index]:
                continue
            assert np.abs(ours.pose_landmarks[0] - landmarks[index, :, :3]).max() < LAST_DIGIT
            assert np.abs(ours.visibility[0] - landmarks[index, :, 3]).max() < LAST_DIGIT
            assert np.abs(ours.presence[0] - landmarks[index, :, 4]).max() < LAST_DIGIT
            assert np.abs(ours.pose_world_landmarks[0] - world[index, :, :3]).max() < LAST_DIGIT
            mask = REFERENCE.get(f"video_{MODELS.index(model)}_mask{index}")
            if mask is not None:
                assert ours.segmentation_masks is not None
                off = ours.segmentation_masks[0, ::4, ::4].astype(np.float16) - mask
                assert np.abs(off).mean() < MASK_MEAN


@pytest.mark.parametrize("model", MODELS)
def test_still_masks_are_the_same(model: str, stills: list[Image]) -> None:
    expected = stream("static", model, "mask0")
    with vitruvian.Pose(
        True, model, enable_segmentation=True, search="frame", engine=engines.EXACT
    ) as pose:
        masks = pose.process(stills[0]).segmentation_masks
    assert masks is not None
    assert np.abs(masks[0, ::4, ::4].astype(np.float16) - expected).mean() < MASK_MEAN
