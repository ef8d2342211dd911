"""Writes what Python's stages answer, as JSON: python tests/support/numbers REFERENCE.npz OUTPUT.

The stages in TypeScript must give the same numbers. Constants need no list of their own: each takes
part in an answer. Where the reference of the browser differs from Python's, Python's stages are
given the browser's value.
"""

import json
import sys
from pathlib import Path
from typing import Any

import networks
import numpy as np
import spaces
import tracking

from vitruvian.types import Landmarks, Region


def plain(value: Any) -> Any:
    """Return arrays and bundles as lists and dictionaries, with the names of TypeScript.

    A size is a list of width and height, because it is a tuple.
    """
    if isinstance(value, Region):
        return {
            "centerX": float(value.center_x),
            "centerY": float(value.center_y),
            "width": float(value.width),
            "height": float(value.height),
            "angleRad": float(value.angle_rad),
        }
    if isinstance(value, Landmarks):
        if not len(value.scores):
            return None
        return {
            "landmarks": value.landmarks.ravel().tolist(),
            "auxiliary": value.auxiliary.ravel().tolist(),
            "worldLandmarks": value.world_landmarks.ravel().tolist(),
            "visibility": value.visibility.ravel().tolist(),
            "score": float(value.scores[0]),
        }
    return value.ravel().tolist() if isinstance(value, np.ndarray) else value.item()


reference_numbers, output = map(Path, sys.argv[1:])
numbers = {
    "sigmoid": spaces.sigmoid(),
    "regions": spaces.regions(reference_numbers),
    "spaces": spaces.spaces(),
    "detections": networks.detections(),
    "landmarks": networks.landmarks(),
    "filters": tracking.filters(),
    "masks": tracking.masks(),
    "tracking": [tracking.tracking(smooth_landmarks=smooths) for smooths in (True, False)],
}
output.parent.mkdir(parents=True, exist_ok=True)
output.write_text(json.dumps(numbers, default=plain, allow_nan=False))
