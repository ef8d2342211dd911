"""Damaged model bundles and networks, for the drop-in and for the readers of weights."""

from __future__ import annotations

import os
import shutil
from functools import cache
from typing import TYPE_CHECKING
from unittest import mock

import vitruvian.mediapipe as mp
from tests.support.damaged_bundles import damaged
from tests.support.damaged_networks import damaged as damaged_network
from tests.support.videos import four_colors
from vitruvian.weights import cache as weights_cache
from vitruvian.weights import tflite, tflite_pruning

if TYPE_CHECKING:
    from random import Random

    from .place import Place

# In a bundle, these are the names of the two networks.
_NAMES = {
    "pose_detector.tflite": "pose_detection",
    "pose_landmarks_detector.tflite": "pose_landmark_lite",
}


def run(rng: Random, place: Place) -> None:
    """Load a damaged bundle, and use it if it can be loaded; or read a damaged network."""
    try:
        if rng.random() < 0.4:
            _read_network(rng, place)
        else:
            _load_bundle(rng, place)
    finally:
        shutil.rmtree(place.root / "home", ignore_errors=True)


def _load_bundle(rng: Random, place: Place) -> None:
    what, content = damaged(_networks(), rng)
    place.note(f"bundle, {what}")
    path = place.inputs / "fuzzed.task"
    path.write_bytes(content)
    is_file = rng.random() < 0.5
    base = mp.tasks.BaseOptions(
        model_asset_path=str(path) if is_file else None,
        model_asset_buffer=None if is_file else content,
    )
    vision = mp.tasks.vision
    options = vision.PoseLandmarkerOptions(base, output_segmentation_masks=rng.random() < 0.2)
    image = mp.Image(image_format=mp.ImageFormat.SRGB, data=four_colors())
    # The networks of bundles are written to the cache, here to one that is deleted.
    with (
        mock.patch.dict(os.environ, VITRUVIAN_HOME=str(place.root / "home")),
        vision.PoseLandmarker.create_from_options(options) as landmarker,
    ):
        landmarker.detect(image)


def _read_network(rng: Random, place: Place) -> None:
    what, content = damaged_network(rng.choice(list(_networks().values())), rng)
    place.note(f"network, {what}")
    path = place.inputs / "fuzzed.tflite"
    path.write_bytes(content)
    graph = tflite.read(path)
    tflite_pruning.pruned(path, rng.sample(range(len(graph.outputs)), 1))


@cache
def _networks() -> dict[str, bytes]:
    return {name: weights_cache.pull(weights).read_bytes() for name, weights in _NAMES.items()}
