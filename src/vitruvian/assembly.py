"""Puts the parts together: options → networks → stages → tracker → stream."""

from __future__ import annotations

import os
from dataclasses import replace
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
from vitruvian.stages.calibration import LINES, Calibration
from vitruvian.stages.detector import Detector
from vitruvian.stages.landmarker import Landmarker
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21
from vitruvian.stages.smoothing import rounded_in_pixels
from vitruvian.tracking.candidates import lowest_score
from vitruvian.tracking.clock import FrameClock
from vitruvian.tracking.confirmed_person import ConfirmedPerson
from vitruvian.tracking.follower import Follower
from vitruvian.tracking.prominent_person import ProminentPerson
from vitruvian.tracking.search import Searcher
from vitruvian.tracking.selection import PeopleFinder
from vitruvian.tracking.several import MultiPersonTracker
from vitruvian.tracking.single import SinglePersonTracker
from vitruvian.tracking.still_images import StillImageTracker
from vitruvian.tracking.stream import Stream
from vitruvian.types import ImageSize, Landmarks
from vitruvian.weights import cache

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vitruvian.finder import Finder
    from vitruvian.options import PoseOptions
    from vitruvian.stages.mediapipe_versions import Reference
    from vitruvian.tracking.protocol import Detect, FindBoxes, Landmark, PersonFinder, Tracker
    from vitruvian.types import Detections, Float64, Image, Region

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


def stream(options: PoseOptions, networks: Networks) -> Stream:
    """Return a stream of frames that borrows the networks.

    Args:
        options: all but those of the networks are used.
        networks: those of the same options.
    """
    clock = FrameClock(is_video=not options.static_image_mode, frame_rate=options.frame_rate)
    is_prominent = options.num_poses == 1 and options.select == "prominent"
    if is_prominent and options.search in {None, "frame"} and networks.find_boxes is None:
        tracker = person_tracker(options, networks.detect, networks.landmark, _REFERENCE)
    else:
        is_auto = options.search in {None, "auto"}
        detect = networks.detect_hints if is_auto else networks.detect
        tracker = people_tracker(
            options, detect, networks.landmark, _REFERENCE, networks.find_boxes
        )
    calibrate = Calibration(LINES[options.model]) if options.calibrate_visibility else None
    return Stream(tracker, clock, with_masks=options.enable_segmentation, calibrate=calibrate)


def person_tracker(
    options: PoseOptions, detect: Detect, landmark: Landmark, reference: Reference
) -> Tracker:
    """Return a tracker of the most prominent person.

    Args:
        options: those of tracking are used.
        detect: image and regions → the people in each region.
        landmark: image and regions → landmarks.
        reference: the version of MediaPipe whose numbers are reproduced.
    """
    min_confidence = options.min_tracking_confidence
    person = ProminentPerson(detect, landmark, min_confidence=min_confidence, reference=reference)
    finder: PersonFinder = person
    if options.search is None:
        interval_s = None if options.static_image_mode else options.search_interval_s
        searcher = Searcher(
            detect,
            landmark,
            "tiles",
            min_confidence=options.min_detection_confidence,
            reference=reference,
        )
        finder = ConfirmedPerson(person, searcher, interval_s)
    if not options.static_image_mode:
        return SinglePersonTracker(finder, _follower_maker(options, reference))

    def find_people(image: Image) -> Landmarks:
        found = finder.find(image, 0.0)
        if found is None:
            return Landmarks.empty(masks=None)
        people = found.landmarks
        landmarks = rounded_in_pixels(people.landmarks, ImageSize.of(image))
        return replace(people, landmarks=landmarks)

    return StillImageTracker(find_people)


def people_tracker(
    options: PoseOptions,
    detect: Detect,
    landmark: Landmark,
    reference: Reference,
    find_boxes: FindBoxes | None = None,
) -> Tracker:
    """Return a tracker of several people, or of one who is not the most prominent.

    The first arguments are those of `person_tracker`. `detect` returns people down to the
    `lowest_score`. `find_boxes` is a second source of candidates.
    """
    finder = PeopleFinder(
        Searcher(
            detect,
            landmark,
            options.search or "auto",
            min_confidence=options.min_detection_confidence,
            reference=reference,
            find_boxes=find_boxes,
        ),
        num_poses=options.pose_limit,
        select=options.select,
        min_confidence=options.min_tracking_confidence,
    )
    if options.static_image_mode:
        return StillImageTracker(finder)
    return MultiPersonTracker(
        finder,
        landmark,
        _follower_maker(options, reference),
        search_interval_s=options.search_interval_s,
        reference=reference,
    )


def _follower_maker(options: PoseOptions, reference: Reference) -> Callable[[], Follower]:
    return partial(
        Follower,
        smooth_landmarks=options.smooth_landmarks,
        smoothing_strength=options.smoothing_strength,
        smooth_segmentation=options.smooth_segmentation,
        reference=reference,
    )
