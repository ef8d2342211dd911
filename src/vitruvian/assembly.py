"""Puts the parts together: options → networks → stages → tracker → stream."""

from __future__ import annotations

import os
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from vitruvian.engines import choice, threads
from vitruvian.engines.protocol import Setup
from vitruvian.pool import Pool
from vitruvian.stages import detector, landmarker
from vitruvian.stages.detector import Detector
from vitruvian.stages.geometry import WHOLE_IMAGE
from vitruvian.stages.landmarker import Landmarker
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21
from vitruvian.tracking.clock import FrameClock
from vitruvian.tracking.follower import Follower
from vitruvian.tracking.prominent_person import ProminentPerson
from vitruvian.tracking.search import Searcher
from vitruvian.tracking.selection import PeopleFinder
from vitruvian.tracking.several import MultiPersonTracker
from vitruvian.tracking.single import SinglePersonTracker
from vitruvian.tracking.still_images import StillImages
from vitruvian.tracking.stream import Stream
from vitruvian.weights import cache

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vitruvian.options import PoseOptions
    from vitruvian.profile import Profile
    from vitruvian.stages.mediapipe_versions import Reference
    from vitruvian.tracking.protocol import Tracker
    from vitruvian.types import Detections, Image, Landmarks, Region

    DetectorCall = Callable[[Image, Sequence[Region]], list[Detections]]
    LandmarkerCall = Callable[[Image, Sequence[Region]], Landmarks]

_REFERENCE = SOLUTIONS_0_10_21


class Networks:
    """The detector and the landmarker of some options, lent to any number of streams.

    They hold no state of a stream. There are as many copies as the cores can run at a time, each
    loaded when it is first needed. Both methods may be called from any thread.

    Args:
        options: those of the model and its engine are used, and `min_detection_confidence`.

    Raises:
        OptionError: the engine does not have the device or the precision.
        WeightsError: the weights are not in the cache, and no source has them.
        EngineError: the runtime or its device is not available, or it fails.
    """

    def __init__(self, options: PoseOptions) -> None:
        name, _ = choice.choose(options.engine, options.device)
        setup = Setup(options.device, options.precision, options.threads)
        detection = detector.network(cache.pull("pose_detection"), _REFERENCE)
        landmarks = landmarker.network(
            cache.pull(f"pose_landmark_{options.model}"), with_masks=options.enable_segmentation
        )

        def make_detector() -> Detector:
            engine = choice.load(name, detection, setup)
            return Detector(engine, options.min_detection_confidence, reference=_REFERENCE)

        def make_landmarker() -> Landmarker:
            return Landmarker(choice.load(name, landmarks, setup), reference=_REFERENCE)

        copies = max(1, threads.available() // setup.thread_count)
        self._detectors = Pool(make_detector, copies)
        self._landmarkers = Pool(make_landmarker, copies)

    def detect(self, image: Image, regions: Sequence[Region] = (WHOLE_IMAGE,)) -> list[Detections]:
        """Return the people in each region of an RGB image: see `stages.detector`."""
        with self._detectors.lend() as detect:
            return detect(image, regions)

    def landmark(self, image: Image, regions: Sequence[Region]) -> Landmarks:
        """Return the landmarks of the person in each region: see `stages.landmarker`."""
        with self._landmarkers.lend() as landmark:
            return landmark(image, regions)


# The networks in use in this process, which end with the last stream that holds them.
_in_use: WeakValueDictionary[tuple[object, ...], Networks] = WeakValueDictionary()
_loading = Lock()


def networks_for(options: PoseOptions) -> Networks:
    """Return the networks of these options: those that are in use already, or new ones.

    Raises:
        OptionError, WeightsError, EngineError: as those of `Networks`.
    """
    name, _ = choice.choose(options.engine, options.device)
    key = (
        *(name, options.device, options.precision, options.threads),
        *(options.model, options.enable_segmentation, options.min_detection_confidence),
    )
    with _loading:
        networks = _in_use.get(key)
        if networks is None:
            networks = _in_use[key] = Networks(options)
    return networks


def _forget_after_fork() -> None:
    """Let a child process load its own networks, because it has none of the engines' threads."""
    global _in_use, _loading  # noqa: PLW0603 - the parent's lock may be held for ever
    _in_use = WeakValueDictionary()
    _loading = Lock()


if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=_forget_after_fork)


def stream(options: PoseOptions, networks: Networks, profile: Profile) -> Stream:
    """Return a stream of frames that borrows the networks.

    Args:
        options: all but those of the networks are used.
        networks: those of the same options.
        profile: receives the seconds spent on "detect" and "landmark".
    """
    clock = FrameClock(is_video=not options.static_image_mode, frame_rate=options.frame_rate)
    tracker = _tracker(options, networks, profile)
    return Stream(tracker, clock, with_masks=options.enable_segmentation)


def _tracker(options: PoseOptions, networks: Networks, profile: Profile) -> Tracker:
    detect = profile.timed("detect", networks.detect)
    landmark = profile.timed("landmark", networks.landmark)
    is_prominent = options.num_poses == 1 and options.select == "prominent"
    if not is_prominent or options.search not in {None, "frame"}:
        return people_tracker(options, detect, landmark, _REFERENCE)
    person = ProminentPerson(
        detect,
        landmark,
        min_confidence=options.min_tracking_confidence,
        reference=_REFERENCE,
    )
    if options.static_image_mode:
        return StillImages(person)
    return SinglePersonTracker(person, _follower_maker(options, _REFERENCE))


def people_tracker(
    options: PoseOptions, detector: DetectorCall, landmarker: LandmarkerCall, reference: Reference
) -> Tracker:
    """Return a tracker that finds several people, or one who is not the most prominent.

    Args:
        options: those of tracking are used.
        detector: image and regions → the people in each region.
        landmarker: image and regions → landmarks.
        reference: the version of MediaPipe whose numbers are reproduced.
    """
    finder = PeopleFinder(
        Searcher(detector, landmarker, options.search or "auto", reference=reference),
        num_poses=options.num_poses,
        select=options.select,
        min_confidence=options.min_tracking_confidence,
    )
    if options.static_image_mode:
        return StillImages(finder)
    return MultiPersonTracker(
        finder,
        landmarker,
        _follower_maker(options, reference),
        search_interval_s=options.search_interval_s,
        reference=reference,
    )


def _follower_maker(options: PoseOptions, reference: Reference) -> Callable[[], Follower]:
    return partial(
        Follower,
        smooth_landmarks=options.smooth_landmarks,
        smooth_segmentation=options.smooth_segmentation,
        reference=reference,
    )
