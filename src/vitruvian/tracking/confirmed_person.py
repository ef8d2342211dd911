"""The most prominent person: MediaPipe's answer if it is certain, otherwise a search of tiles.

MediaPipe sees the whole image in 224 pixels, misses people who are small in it, and follows
skeletons that it finds in something else. So its answer is only taken if the models are certain.
Then the numbers are MediaPipe's. Otherwise tiles are searched, and if nobody is found in them,
MediaPipe's answer is taken all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.tracking.confidence import mean_visibility
from vitruvian.tracking.schedule import SearchSchedule
from vitruvian.types import ImageSize

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vitruvian.tracking.prominent_person import BestDetection, ProminentPerson
    from vitruvian.tracking.protocol import FoundPerson
    from vitruvian.tracking.search import Searcher
    from vitruvian.types import Image, Landmarks, Region

# The product of the detector's score, the landmark model's score and the mean visibility. In the
# first frames of a back-lit video with wrong skeletons it is 0.23 to 0.41; of 17 people found in 20
# photographs of COCO, one is below 0.45.
_CERTAIN = 0.45


class ConfirmedPerson:
    """Finds the person with the best score of the detector, if that is certain, or another person.

    Args:
        person: MediaPipe's way.
        searcher: finds people in tiles.
        search_interval_s: in a video in which nobody is found, every tile is searched once in this
            time, after a search of everything in the first frame. None searches everything in every
            image.
    """

    def __init__(
        self, person: ProminentPerson, searcher: Searcher, search_interval_s: float | None
    ) -> None:
        self._person = person
        self._searcher = searcher
        self._search_interval_s = search_interval_s
        self._image_size: ImageSize | None = None
        self._schedule: SearchSchedule | None = None
        self._timestamp_s = 0.0

    def reset(self) -> None:
        """Forget previous images: everything is searched in the next one."""
        self._image_size = None
        self._schedule = None

    def landmarks(self, image: Image, region: Region) -> Landmarks | None:
        """Return the landmarks (N = 1) of the person in a region; None if there is no person."""
        return self._person.landmarks(image, region)

    def find(self, image: Image, timestamp_s: float) -> FoundPerson | None:
        """Return the person in an image, or None if nobody is found.

        Args:
            image: (H, W, 3) uint8 RGB.
            timestamp_s: in a video, greater than in the previous call.
        """
        parts = self._parts_to_search(image, timestamp_s)
        detection = self._person.detect(image)
        answer = detection and self._person.look(image, detection.alignment_points)
        if detection and answer and self._is_confirmed(image, detection, answer):
            return answer
        for tiles in parts:
            people = self._searcher(image, tiles)
            if len(people):
                found = self._person.look(image, people.auxiliary[0])
                if found is not None:
                    return found
        return answer

    def _is_confirmed(self, image: Image, detection: BestDetection, answer: FoundPerson) -> bool:
        """Return whether the models are certain, or the landmark model's second answer agrees."""
        score = float(answer.landmarks.scores[0])
        if detection.score * score * mean_visibility(answer.landmarks) > _CERTAIN:
            return True
        points_px = detection.alignment_points * np.array(ImageSize.of(image))
        return len(self._searcher(image, tiles=[], expected_px=[points_px])) > 0

    def _parts_to_search(self, image: Image, timestamp_s: float) -> Iterable[Sequence[Region]]:
        """Return groups of tiles, to be searched one after the other until somebody is found."""
        image_size = ImageSize.of(image)
        elapsed_s, self._timestamp_s = timestamp_s - self._timestamp_s, timestamp_s
        if self._search_interval_s is None:
            return self._searcher.tile_groups(image_size)
        if self._schedule is None or image_size != self._image_size:
            self._image_size = image_size
            groups = list(self._searcher.tile_groups(image_size))
            tiles = [tile for group in groups for tile in group]
            self._schedule = SearchSchedule(tiles, self._search_interval_s)
            return groups
        due = self._schedule.next_tiles(elapsed_s)
        return [due] if due else []
