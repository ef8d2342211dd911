"""Puts the parts together: options and networks → stages → tracker → stream."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from vitruvian.stages.calibration import LINES, Calibration
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21
from vitruvian.stages.smoothing import rounded_in_pixels
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

if TYPE_CHECKING:
    from collections.abc import Callable

    from vitruvian.networks import Networks
    from vitruvian.options import PoseOptions
    from vitruvian.stages.mediapipe_versions import Reference
    from vitruvian.tracking.protocol import Detect, FindBoxes, Landmark, PersonFinder, Tracker
    from vitruvian.types import Image

_REFERENCE = SOLUTIONS_0_10_21


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
