"""Rerun's `.rrd`: the video, the people in it and in the room, and their angles, for its viewer.

    /video                              the images of the frames, as AV1
    /video/person1                      the landmarks in pixels of the video
    /room/person1                       the landmarks in metres (`analysis/room`)
    /angles/knee_flexion/person1/left   degrees (`analysis/angles`)

Everything is on the timelines `frame` and `time`. The file is for looking at: numbers in full are
in the other formats.

The images are encoded again. A copy of the input's bytes would need a container and a codec that
the viewer knows, and would be turned where the input is, begin where the input does, and have the
frames that were left out.
"""

from __future__ import annotations

from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.analysis.angles import angles_3d
from vitruvian.analysis.people import people_of
from vitruvian.analysis.room import room_of
from vitruvian.colors import SIDE_COLORS, color_of_id, side_colors_of_id, side_of
from vitruvian.errors import MissingLibraryError
from vitruvian.formats.rrd_blueprint import ANGLES, ROOM, VIDEO, blueprint, split_angle
from vitruvian.formats.rrd_frames import Frames, with_ends
from vitruvian.formats.rrd_output import Output, opened
from vitruvian.skeleton import CONNECTIONS, LANDMARK_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from vitruvian.analysis.people import Person
    from vitruvian.analysis.room import Room, RoomMotion
    from vitruvian.recorded.blocks import Blocks
    from vitruvian.types import Image

LIBRARY = "rerun"
_LANDMARKS = len(LANDMARK_NAMES)
_RADIUS_PX = 3  # of landmarks on the screen, at any zoom


def write(blocks: Blocks, path: Path) -> None:
    """Write a recording, with its video if `blocks` has images.

    Raises:
        MissingLibraryError: rerun-sdk is not installed.
        RecordingError: It has independent images, or times that are too large.
        OutputError: The images cannot be encoded.
        MediaError: The input cannot be read again.
    """
    rerun, views = _libraries()
    frames, room = Frames.of(blocks), room_of(blocks)
    with opened(rerun, path, blocks.header) as out:
        out.show(blueprint(views))
        if blocks.images is not None:
            _write_video(out, frames, blocks.images)
        _write_people(out, frames, blocks)
        out.log(ROOM, rerun.ViewCoordinates.RIGHT_HAND_Y_UP)
        for motion in room.motions():
            _write_motion(out, frames, room, motion)


def _write_video(out: Output, frames: Frames, images: Callable[[], Iterator[Image]]) -> None:
    # FFmpeg takes half a second to load, which `--help` does not need.
    from vitruvian.video.av1 import KEY_INTERVAL, av1_samples  # noqa: PLC0415

    video = out.rerun.VideoStream
    out.log(VIDEO, video(codec=out.rerun.VideoCodec.AV1))
    samples = av1_samples(images())
    first = 0
    while group := [*islice(samples, KEY_INTERVAL)]:
        positions = np.arange(first, first + len(group))
        times = frames.columns(out.rerun, positions, frames.times_s[positions])
        out.send(VIDEO, times, video.columns(sample=group, is_keyframe=positions == first))
        first += len(group)


def _write_people(out: Output, frames: Frames, blocks: Blocks) -> None:
    for person in people_of(blocks):
        positions = np.searchsorted(frames.numbers, person.frames)
        rows, is_there = with_ends(positions, len(frames.numbers))
        times = frames.columns(out.rerun, rows, frames.times_s[rows])
        _write_landmarks(out, frames, person, times, is_there)
        _write_angles(out, person, times, is_there)


def _write_landmarks(
    out: Output, frames: Frames, person: Person, times: list[Any], is_there: NDArray[np.bool_]
) -> None:
    """Write the landmarks in the video."""
    entity = f"{VIDEO}/{_name(person.id)}"
    points_px = frames.in_video_px(person.landmarks[..., :2], person.image_sizes_px)
    points = out.rerun.Points2D
    _log_skeleton(out, entity, person.id, points)
    out.send(
        entity,
        times,
        points.columns(positions=points_px.reshape(-1, 2)).partition(_LANDMARKS * is_there),
    )


def _write_angles(
    out: Output, person: Person, times: list[Any], is_there: NDArray[np.bool_]
) -> None:
    """Write the angles in 3D."""
    colors = side_colors_of_id(person.id)
    for name, values in angles_3d(person.world_landmarks, person.visibility).items():
        kind, side = split_angle(name)
        entity = "/".join(filter(None, (ANGLES, kind, _name(person.id), side)))
        is_known = is_there.copy()
        is_known[is_there] = ~np.isnan(values)
        color = getattr(colors, side or "middle")
        label = f"{person.id} {side}" if side else str(person.id)
        out.log(entity, out.rerun.SeriesLines(colors=color, names=label))
        angles_deg = out.rerun.Scalars.columns(scalars=values[~np.isnan(values)])
        out.send(entity, times, angles_deg.partition(1 * is_known))


def _write_motion(out: Output, frames: Frames, room: Room, motion: RoomMotion) -> None:
    """Write the landmarks in the room."""
    entity = f"{ROOM}/{_name(motion.id)}"
    known = ~np.isnan(motion.hips_m).any(axis=1)
    rows, is_there = with_ends(motion.first_row + np.flatnonzero(known), room.rows)
    times_s = room.start_s + rows / room.rate_hz
    positions = frames.nearest(times_s)
    if not room.is_resampled:
        times_s = frames.times_s[positions]  # rows are at frames, within the rounding of times
    points = out.rerun.Points3D
    _log_skeleton(out, entity, motion.id, points)
    out.send(
        entity,
        frames.columns(out.rerun, positions, times_s),
        points.columns(
            positions=motion.positions_m.astype(np.float32)[known].reshape(-1, 3)
        ).partition(_LANDMARKS * is_there),
    )


def _log_skeleton(out: Output, entity: str, identity: int, points: Any) -> None:
    """Write the names, colours and connections of the landmarks of one person."""
    rerun = out.rerun
    names = enumerate(LANDMARK_NAMES)
    description = rerun.ClassDescription(
        info=rerun.AnnotationInfo(0, str(identity), color_of_id(identity)),
        keypoint_annotations=[
            rerun.AnnotationInfo(number, name, SIDE_COLORS[side_of(number)])
            for number, name in names
        ],
        keypoint_connections=CONNECTIONS,
    )
    out.log(
        entity,
        rerun.AnnotationContext(description),
        points.from_fields(
            class_ids=0, keypoint_ids=range(_LANDMARKS), radii=rerun.Radius.ui_points(_RADIUS_PX)
        ),
    )


def _name(identity: int) -> str:
    return f"person{identity}"


def _libraries() -> tuple[Any, Any]:
    try:
        return import_module(LIBRARY), import_module(f"{LIBRARY}.blueprint")
    except ImportError as error:
        raise MissingLibraryError(
            f'Rerun\'s files need rerun-sdk ({error}): run pip install "vitruvian[rerun]".'
        ) from error
