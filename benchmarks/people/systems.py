"""The systems that are compared: Vitruvian's search, and MediaPipe's Tasks API."""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.people.truth import in_pixels, keypoints_px
from vitruvian.networks import Networks
from vitruvian.options import PoseOptions
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21
from vitruvian.tracking.search import Searcher

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.people.truth import Photograph
    from vitruvian.options import Model, Search
    from vitruvian.tracking.protocol import FindBoxes
    from vitruvian.types import Float64, Image

TASKS_RUNNER = Path(__file__).parent.with_name("tasks_runner.py")
TASKS_PEOPLE = 10


def searcher(
    networks: Networks,
    min_confidence: float,
    search: Search = "auto",
    find_boxes: FindBoxes | None = None,
) -> Searcher:
    """Return the search for everyone in an image that takes detections from a score upwards."""
    return Searcher(
        networks.detect_hints,
        networks.landmark,
        search,
        min_confidence=min_confidence,
        reference=SOLUTIONS_0_10_21,
        find_boxes=find_boxes,
    )


class Vitruvian:
    """The search for everyone in an image, and its parts.

    Attributes:
        networks: the detector and the landmark model.
        search: the search.
    """

    def __init__(
        self, model: Model, search: Search = "auto", find_boxes: FindBoxes | None = None
    ) -> None:
        options = PoseOptions(model_complexity=model, engine="litert")
        self.networks = Networks(options)
        self.search = searcher(self.networks, options.min_detection_confidence, search, find_boxes)

    def poses_px(self, image: Image) -> tuple[Float64, float]:
        """Return the people found, (N, 17, 2) in pixels, and the seconds that it took."""
        start_s = time.perf_counter()
        people = self.search(image)
        return keypoints_px(people, image), time.perf_counter() - start_s


def tasks_poses_px(python: str, task: Path, photographs: Sequence[Photograph]) -> Iterator[Float64]:
    """Yield the people that the Tasks API finds in each image, (N, 17, 2) in pixels.

    Args:
        python: a Python with mediapipe 1.2.2.
        task: the file of the model.
        photographs: the images.
    """
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.npz"
        paths = [photograph.path for photograph in photographs]
        arguments = map(str, ("mediapipe", out, "image", task, TASKS_PEOPLE, *paths))
        subprocess.run([python, TASKS_RUNNER, *arguments], check=True, stderr=subprocess.DEVNULL)
        with np.load(out) as arrays:
            landmarks = arrays["landmarks"]
    for people, photograph in zip(landmarks, photographs, strict=True):
        yield in_pixels(people[~np.isnan(people[:, 0, 0])], photograph.image)
