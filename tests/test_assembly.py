"""Which trackers are built from which options, with fakes and with the real networks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import vitruvian
from tests.support import sample
from tests.support.fakes import FakeModels, FakeNetworks, FakePerson
from tests.support.images import resized
from vitruvian import assembly
from vitruvian.options import PoseOptions
from vitruvian.stages.geometry import WHOLE_IMAGE
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21
from vitruvian.tracking.several import MultiPersonTracker
from vitruvian.tracking.single import SinglePersonTracker
from vitruvian.tracking.still_images import StillImageTracker

if TYPE_CHECKING:
    from vitruvian.result import PoseResult
    from vitruvian.types import Image

BLACK = np.zeros((960, 1280, 3), np.uint8)
SMALL_PERSON = FakePerson(200, 300, 110)  # smaller than the detector finds in the whole image
LARGE_PERSON = FakePerson(900, 500, 300)
ARRAYS = (
    "pose_landmarks",
    "pose_world_landmarks",
    "visibility",
    "presence",
    "scores",
    "ids",
    "segmentation_masks",
)


def run(people: list[FakePerson], **options: Any) -> tuple[PoseResult, FakeModels]:
    """Return the result of one image of these people, and the fake models that found them."""
    models = FakeModels(people)
    networks: Any = FakeNetworks(models.detect, models.landmark, models.detect_hints)
    return assembly.stream(PoseOptions(**options), networks)(BLACK), models


@pytest.mark.parametrize(
    ("options", "tracker"),
    [
        ({}, SinglePersonTracker),
        ({"search": "frame"}, SinglePersonTracker),
        ({"search": "tiles"}, MultiPersonTracker),
        ({"search": "auto"}, MultiPersonTracker),
        ({"select": "largest"}, MultiPersonTracker),
        ({"select": (0.5, 0.5), "search": "frame"}, MultiPersonTracker),
        ({"num_poses": 2}, MultiPersonTracker),
        ({"num_poses": None, "search": "frame"}, MultiPersonTracker),
    ],
)
def test_the_options_choose_the_tracker(options: dict[str, Any], tracker: type) -> None:
    networks: Any = FakeNetworks(FakeModels([]).detect, FakeModels([]).landmark)
    assert type(assembly.stream(PoseOptions(**options), networks)._tracker) is tracker
    still = PoseOptions(static_image_mode=True, **options)
    assert type(assembly.stream(still, networks)._tracker) is StillImageTracker


def test_with_a_finder_one_person_is_searched_for_as_several_are() -> None:
    models = FakeModels([])
    networks: Any = FakeNetworks(models.detect, models.landmark, models.detect_hints, len)
    assert type(assembly.stream(PoseOptions(), networks)._tracker) is MultiPersonTracker


def test_in_video_the_finder_is_asked_once_in_each_interval_of_the_search() -> None:
    models = FakeModels([LARGE_PERSON])
    calls = 0

    def find_boxes(_: Image) -> np.ndarray:
        nonlocal calls
        calls += 1
        return np.zeros((0, 4))

    networks: Any = FakeNetworks(models.detect, models.landmark, find_boxes=find_boxes)
    options = PoseOptions(num_poses=None, search="frame", search_interval_s=0.5)
    stream = assembly.stream(options, networks)
    found = [len(stream(BLACK)) for _ in range(46)]  # from 0 s to 1.5 s
    assert found == [1] * 46
    assert calls == 4


@pytest.mark.parametrize("static_image_mode", [False, True])
@pytest.mark.parametrize("num_poses", [1, 3])
def test_search_frame_searches_no_tile(static_image_mode: bool, num_poses: int) -> None:
    result, models = run(
        [SMALL_PERSON], search="frame", static_image_mode=static_image_mode, num_poses=num_poses
    )
    assert len(result) == 0
    assert models.detected == [WHOLE_IMAGE]


@pytest.mark.parametrize("static_image_mode", [False, True])
@pytest.mark.parametrize("num_poses", [1, 3])
def test_by_default_a_person_who_is_too_small_for_the_frame_is_found_in_tiles(
    static_image_mode: bool, num_poses: int
) -> None:
    result, _ = run([SMALL_PERSON], static_image_mode=static_image_mode, num_poses=num_poses)
    hips_px = result.landmarks_px[:, 23:25, :2].mean(axis=1)
    assert hips_px == pytest.approx(np.array([(SMALL_PERSON.x, SMALL_PERSON.y)]), rel=1e-4)


@pytest.mark.parametrize("static_image_mode", [False, True])
def test_by_default_no_tile_is_searched_if_the_frame_is_enough_for_one_person(
    static_image_mode: bool,
) -> None:
    result, models = run([LARGE_PERSON, SMALL_PERSON], static_image_mode=static_image_mode)
    assert len(result) == 1
    assert models.detected == [WHOLE_IMAGE]
    everyone, _ = run(
        [LARGE_PERSON, SMALL_PERSON], static_image_mode=static_image_mode, num_poses=None
    )
    assert len(everyone) == 2


def test_num_poses_and_select_reach_the_tracker() -> None:
    people = [LARGE_PERSON, FakePerson(300, 500, 250)]
    result, _ = run(people, num_poses=1, select=(0.25, 0.5))
    assert len(result) == 1
    assert result.landmarks_px[0, 23:25, 0].mean() == pytest.approx(300, rel=1e-4)


def test_people_below_min_tracking_confidence_are_not_found() -> None:
    for options in ({}, {"static_image_mode": True}, {"num_poses": 2}):
        for score, count in ((0.81, 1), (0.79, 0)):
            people = [FakePerson(900, 500, 300, score=score)]
            assert len(run(people, min_tracking_confidence=0.8, **options)[0]) == count


@pytest.mark.parametrize("make", [assembly.person_tracker, assembly.people_tracker])
@pytest.mark.parametrize("person", [LARGE_PERSON, SMALL_PERSON])
def test_a_tracker_computes_regions_with_the_given_reference(make: Any, person: FakePerson) -> None:
    sideways = replace(SOLUTIONS_0_10_21, arctan2=lambda *_: 0.0)
    models = FakeModels([person])
    make(PoseOptions(), models.detect_hints, models.landmark, sideways)(BLACK, 0.0)
    assert {region.angle_rad for region in models.regions} == {np.float32(np.pi / 2)}


# With the real networks


def assert_equal(one: PoseResult, other: PoseResult) -> None:
    for name in ARRAYS:
        array, expected = getattr(one, name), getattr(other, name)
        assert array.shape == expected.shape
        assert array.tobytes() == expected.tobytes(), name


@pytest.mark.parametrize("static_image_mode", [False, True])
def test_where_the_frame_is_enough_the_default_gives_the_same_bits(
    static_image_mode: bool,
) -> None:
    options: dict[str, Any] = {
        "static_image_mode": static_image_mode,
        "model_complexity": "lite",
        "enable_segmentation": True,
    }
    with (
        vitruvian.Pose(**options) as default,
        vitruvian.Pose(search="frame", **options) as frame_only,
    ):
        for image in sample.frames(12):
            result = default.process(image)
            assert len(result) == 1
            assert_equal(result, frame_only.process(image))


@pytest.fixture(scope="module")
def small_person() -> Image:
    """Return a grey image, (960, 1280, 3), with a person of 150 px in its lower left corner."""
    image = np.full_like(BLACK, 128)
    frame = resized(sample.frames(1)[0], 310, 232)
    image[-232:, :310] = frame
    return image


@pytest.mark.parametrize("static_image_mode", [False, True])
def test_a_small_person_is_found_by_default_and_not_by_search_frame(
    small_person: Image, static_image_mode: bool
) -> None:
    options: dict[str, Any] = {"static_image_mode": static_image_mode, "model_complexity": "lite"}
    with vitruvian.Pose(search="frame", **options) as frame_only:
        assert len(frame_only.process(small_person)) == 0
    with vitruvian.Pose(**options) as default:
        for _ in range(2):
            result = default.process(small_person)
            assert len(result) == 1
            left, top, right, bottom = result.boxes[0] * np.tile((1280, 960), 2)
            assert 0 < left < right < 310
            assert 960 - 232 < top < bottom < 960
            assert bottom - top == pytest.approx(140, abs=30)
