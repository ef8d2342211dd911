"""Fixtures for several test files: the networks, a bundle, and a landmarker for images."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from vitruvian.mediapipe.tasks.python import BaseOptions, vision

from tests.support.tasks import NAMES, zipped
from vitruvian.weights import cache

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def networks() -> dict[str, bytes]:
    weights = ("pose_detection", "pose_landmark_lite")
    return {
        name: cache.pull(weight).read_bytes() for name, weight in zip(NAMES, weights, strict=True)
    }


@pytest.fixture(scope="session")
def base(networks: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> BaseOptions:
    path = tmp_path_factory.mktemp("bundle") / "mine.task"
    path.write_bytes(zipped(networks))
    return BaseOptions(model_asset_path=str(path))


@pytest.fixture(scope="session")
def still(base: BaseOptions) -> Iterator[vision.PoseLandmarker]:
    options = vision.PoseLandmarkerOptions(base, output_segmentation_masks=True)
    with vision.PoseLandmarker.create_from_options(options) as landmarker:
        yield landmarker
