"""Tracks several people: follow each → drop duplicates → end lost tracks → search for others."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.stages.region import region_around
from vitruvian.tracking.scene import RECENT_S, Scene
from vitruvian.tracking.scene_cut import SceneCutDetector
from vitruvian.tracking.schedule import SearchSchedule
from vitruvian.tracking.track import Track
from vitruvian.types import ImageSize

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from vitruvian.stages.mediapipe_versions import Reference
    from vitruvian.tracking.follower import Follower
    from vitruvian.tracking.protocol import Landmark, TrackedPeople
    from vitruvian.tracking.selection import PeopleFinder
    from vitruvian.types import Float64, Image, Landmarks, Region


class MultiPersonTracker:
    """Finds and follows several people, each with an id.

    In the first frame and after a scene cut, everything is searched. Then the search is spread over
    the frames: each tile is searched once in `search_interval_s`, and ten times a second occluded
    people are looked for at their predicted positions. If there may be more than `num_poses`
    people, everything is searched again when one of them is lost, and before the last place is
    taken. So there is a choice, and a bystander is not mistaken for the lost person.

    Args:
        finder: finds people who are not known yet. Its `num_poses` limits the number of tracks;
            with `select="first"`, an occluded person keeps its place.
        landmark: image and regions → landmarks.
        make_follower: makes the region and the filters of one person.
        search_interval_s: the time in which everything is searched once.
        reference: the version of MediaPipe whose numbers are reproduced.
    """

    def __init__(
        self,
        finder: PeopleFinder,
        landmark: Landmark,
        make_follower: Callable[[], Follower],
        *,
        search_interval_s: float,
        reference: Reference,
    ) -> None:
        self._finder = finder
        self._landmark = landmark
        self._make_follower = make_follower
        self._search_interval_s = search_interval_s
        self._reference = reference
        self._is_scene_cut = SceneCutDetector()
        self._scene: Scene | None = None
        self._timestamp_s = -math.inf
        self._last_id = 0

    def reset(self) -> None:
        """Forget all people: the next frame is the first of another video."""
        self._is_scene_cut = SceneCutDetector()
        self._scene = None
        self._timestamp_s = -math.inf
        self._last_id = 0

    def __call__(self, image: Image, timestamp_s: float) -> TrackedPeople:
        """Return the people with confirmed tracks in the next frame.

        Args:
            image: (H, W, 3) uint8 RGB.
            timestamp_s: greater than in the previous call.
        """
        previous_s, self._timestamp_s = self._timestamp_s, timestamp_s
        scene = self._continued_scene(image)
        if scene is None:
            scene = self._scene = self._new_scene(image)
            self._search_everything(scene, image, confirms=True)
        else:
            self._follow(scene, image)
            scene.drop_duplicates()
            scene.end_lost_tracks(timestamp_s)
            self._search_further(scene, image, previous_s)
        return scene.confirmed_people

    def _continued_scene(self, image: Image) -> Scene | None:
        """Return the scene of the previous frame, unless another one begins."""
        scene = self._scene
        if scene is not None and scene.image_size != ImageSize.of(image):  # another camera
            self._is_scene_cut = SceneCutDetector()
            scene = None
        is_cut = self._is_scene_cut(image)
        return None if is_cut else scene

    def _new_scene(self, image: Image) -> Scene:
        image_size = ImageSize.of(image)
        tiles = self._finder.searcher.tiles(image_size)
        return Scene(image_size, SearchSchedule(tiles, self._search_interval_s))

    # Follow the known people.

    def _follow(self, scene: Scene, image: Image) -> None:
        """Find the visible people in the regions to which the previous frame led."""
        followed = [(track, track.region) for track in scene.tracks if track.region]
        if not followed:
            return
        found = self._landmark(image, [region for _, region in followed])
        for person, (track, region) in zip(found, followed, strict=True):
            if person.scores[0] > self._finder.min_confidence:
                self._continue(track, scene, person, region)
            else:
                track.lose_person()

    def _continue(self, track: Track, scene: Scene, found: Landmarks, region: Region) -> None:
        track.update(found, region, self._timestamp_s, scene.image_size)
        if track.id is None and track.has_passed_probation:
            self._confirm(track)

    def _confirm(self, track: Track) -> None:
        self._last_id += 1
        track.id = self._last_id

    # Search for other people.

    def _free_places(self, scene: Scene) -> int:
        """Return how many more people may be tracked."""
        if self._finder.num_poses is None:
            return sys.maxsize
        holds_places = self._finder.select == "first"
        return self._finder.num_poses - len(scene.tracks if holds_places else scene.visible)

    def _search_further(self, scene: Scene, image: Image, previous_s: float) -> None:
        """Search the tiles that are due, or everything if there is a choice to make.

        Tiles that are due while all places are taken are skipped.
        """
        num_poses, visible_count = self._finder.num_poses, len(scene.visible)
        tiles = scene.schedule.next_tiles(self._timestamp_s - previous_s)
        expected_px = scene.expected_px(self._timestamp_s)
        if visible_count == num_poses:
            return
        since_full_search_s = self._timestamp_s - scene.schedule.last_full_search_s
        lost_count = sum(track.was_lost_at(previous_s) for track in scene.tracks)
        were_complete = lost_count > 0 and visible_count + lost_count == num_poses
        if were_complete and since_full_search_s >= RECENT_S:
            self._search_everything(scene, image, expected_px)
        elif tiles or expected_px:
            found = self._finder.search(image, tiles, expected_px, scene.known_people)
            free_places = self._free_places(scene)
            is_choice = len(found) >= free_places  # of the people who get the last places
            if is_choice and free_places and since_full_search_s >= self._search_interval_s:
                self._search_everything(scene, image, expected_px)
            else:
                self._admit(scene, found, only_known=is_choice)

    def _search_everything(
        self,
        scene: Scene,
        image: Image,
        expected_px: Sequence[Float64] = (),
        *,
        confirms: bool = False,
    ) -> None:
        """Search all tiles. New tracks are confirmed at once if `confirms`."""
        found = self._finder.search(image, None, expected_px, scene.known_people)
        is_tracked = self._admit(scene, found, confirms=confirms)
        scene.bystanders_px = found.alignment_points_px(scene.image_size)[~is_tracked]
        if len(found):
            scene.schedule.record_full_search(self._timestamp_s)

    def _admit(
        self,
        scene: Scene,
        found: Landmarks,
        *,
        only_known: bool = False,
        confirms: bool = False,
    ) -> NDArray[np.bool_]:
        """Continue the tracks of re-identified people, and begin tracks for the others.

        Args:
            scene: receives the new tracks.
            found: N people, the preferred ones first.
            only_known: begin no tracks.
            confirms: confirm new tracks at once.

        Returns:
            (N,) whether each person is tracked now.
        """
        points_px = found.alignment_points_px(scene.image_size)
        re_identified = scene.re_identified(points_px, self._timestamp_s)
        is_tracked = np.zeros(len(found), bool)
        for index, alignment_points in enumerate(found.auxiliary):
            person = found[index : index + 1]
            track = re_identified.get(index)
            region = region_around(alignment_points, scene.image_size, self._reference)
            if region is None or len(scene.visible) == self._finder.num_poses:
                continue
            if track is not None:
                self._continue(track, scene, person, region)
            elif not only_known and self._free_places(scene) >= 1:
                self._begin(scene, person, region, confirms=confirms)
            else:
                continue
            is_tracked[index] = True
        return is_tracked

    def _begin(self, scene: Scene, person: Landmarks, region: Region, *, confirms: bool) -> None:
        track = Track(self._make_follower(), person, region, self._timestamp_s, scene.image_size)
        scene.tracks.append(track)
        if confirms:
            self._confirm(track)
