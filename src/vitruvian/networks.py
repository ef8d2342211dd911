"""The networks of a process, which all streams share, and the user's finder beside them."""

from __future__ import annotations

import os
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from vitruvian.engines import choice, threads
from vitruvian.engines.protocol import Setup
from vitruvian.finder import check_finder, checked_boxes_px
from vitruvian.ownership import OwnProcess
from vitruvian.pool import SharedPools
from vitruvian.profile import Profile
from vitruvian.stages import detector, landmarker
from vitruvian.stages.detector import Detector
from vitruvian.stages.landmarker import Landmarker
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21
from vitruvian.tracking.candidates import lowest_score
from vitruvian.types import ImageSize
from vitruvian.weights import cache

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vitruvian.finder import Finder
    from vitruvian.options import PoseOptions
    from vitruvian.tracking.protocol import FindBoxes
    from vitruvian.types import Detections, Float64, Image, Landmarks, Region

_REFERENCE = SOLUTIONS_0_10_21

# The networks in use in this process, by what makes them different.
_detectors = SharedPools[Detector]()
_landmarkers = SharedPools[Landmarker]()


class Networks:
    """The detector and the landmarker of some options, and the user's finder, lent to any streams.

    All streams of the process that need the same networks borrow the same copies, which are freed
    with the last `Networks` object that uses them. There are as many copies as the cores can run at
    a time, or one on another device than the CPU. The first is loaded at once, the others when they
    are needed. The methods may be called from any thread.

    Args:
        options: those of the model and its engine are used, and `min_detection_confidence`.
        profile: receives the seconds spent on "detect", "landmark" and "find", without those of
            waiting.
        finder: finds boxes around people; one thread at a time calls it.

    Raises:
        OptionError: the engine does not have the device or the precision.
        WeightsError: the weights are not in the cache, and no source has them.
        EngineError: the runtime or its device is not available, or it fails.
    """

    def __init__(
        self,
        options: PoseOptions,
        profile: Profile | None = None,
        finder: Finder | None = None,
    ) -> None:
        check_finder(finder)
        name, _ = choice.choose(options.engine, options.device)
        setup = Setup(options.device, options.precision, options.thread_limit)
        is_cpu = options.device == "cpu"
        copies = max(1, threads.available() // setup.thread_count) if is_cpu else 1
        model, with_masks = options.model, options.enable_segmentation

        def load_detector() -> Detector:
            network = detector.network(cache.pull("pose_detection"))
            return Detector(choice.load(name, network, setup), reference=_REFERENCE)

        def load_landmarker() -> Landmarker:
            weights = cache.pull(f"pose_landmark_{model}")
            network = landmarker.network(weights, with_masks=with_masks)
            return Landmarker(choice.load(name, network, setup), reference=_REFERENCE)

        engine = (name, setup.device, setup.precision, setup.thread_count)
        self._detectors = _detectors.get(engine, load_detector, copies)
        self._landmarkers = _landmarkers.get((*engine, model, with_masks), load_landmarker, copies)
        self._min_confidence = options.min_detection_confidence
        self._profile = Profile() if profile is None else profile
        self._process = OwnProcess("iterator")
        self._finder = finder
        self._finder_lock = Lock()

    def detect(self, image: Image, regions: Sequence[Region]) -> list[Detections]:
        """Return the people in each region of an RGB image: see `stages.detector`."""
        return self._detect(image, regions, self._min_confidence)

    def detect_hints(self, image: Image, regions: Sequence[Region]) -> list[Detections]:
        """Return also people with a low score, which say where `search="auto"` looks closer."""
        return self._detect(image, regions, lowest_score("auto", self._min_confidence))

    def _detect(
        self, image: Image, regions: Sequence[Region], min_confidence: float
    ) -> list[Detections]:
        self._process.check()
        with self._detectors.lend() as detect, self._profile.measure("detect"):
            return detect(image, regions, min_confidence=min_confidence)

    def landmark(self, image: Image, regions: Sequence[Region]) -> list[Landmarks]:
        """Return the landmarks of the person in each region: see `stages.landmarker`."""
        self._process.check()
        with self._landmarkers.lend() as landmark, self._profile.measure("landmark"):
            return landmark(image, regions)

    @property
    def find_boxes(self) -> FindBoxes | None:
        """The user's finder, whose answers are checked; None without one."""
        finder = self._finder
        return None if finder is None else partial(self._find_boxes, finder)

    def _find_boxes(self, finder: Finder, image: Image) -> Float64:
        self._process.check()
        with self._finder_lock, self._profile.measure("find"):
            boxes = finder(image.copy())  # many detectors draw what they found on their image
            return checked_boxes_px(boxes, ImageSize.of(image))


def _abandon_networks() -> None:
    _detectors.abandon()
    _landmarkers.abandon()


if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=_abandon_networks)
