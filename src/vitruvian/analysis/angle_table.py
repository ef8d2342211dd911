"""The angles of a recording as a table with a row for each person and frame."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.analysis.angles import ANGLES_3D, angles_3d
from vitruvian.analysis.angles_2d import ANGLES_2D, angles_2d
from vitruvian.analysis.facing import Facing, facing, yaw_deg
from vitruvian.analysis.segments import lengths_m
from vitruvian.errors import OptionError
from vitruvian.printable import shown
from vitruvian.recorded.arrays import Recorded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from vitruvian.recorded.blocks import Blocks

Table = dict[str, "NDArray[Any]"]
ANGLE_COLUMNS = (*ANGLES_3D, *(f"{name}_2d_deg" for name in ANGLES_2D))


def angle_tables(blocks: Blocks, *, min_visibility: float) -> Iterator[Table]:
    """Yield the table of angles, block by block, the first one without rows.

    Its columns are frame (the number), time_s (seconds), person (the id), facing ("front" to the
    camera, "right" in the image, "back" or "left"), the angles `ANGLE_COLUMNS` in degrees, for each
    angle in the image `…_in_plane` in [0, 1], and for each segment `…_length_m` in metres. A frame
    without people has no rows.

    Args:
        blocks: the recording.
        min_visibility: what needs a landmark that is less visible is NaN.
    """
    before: dict[int, Facing] = {}  # where each person faced last
    yield _table(Recorded.of_results(blocks.header, []), before, min_visibility)
    for block in blocks:
        yield _table(block, before, min_visibility)


def check_angle(name: object) -> None:
    """Check that a name is that of an angle.

    Raises:
        OptionError: it is not in `ANGLE_COLUMNS`. The message has those that are near.
    """
    if name in ANGLE_COLUMNS:
        return
    words = re.findall("[a-z0-9]+", str(name).lower())
    near = [column for column in ANGLE_COLUMNS if words and all(word in column for word in words)]
    near = near or get_close_matches("_".join(words), ANGLE_COLUMNS, cutoff=0.4) or [*ANGLES_3D]
    raise OptionError(f"angle is {shown(name)}: give one of {', '.join(near)}.")


def _table(block: Recorded, before: dict[int, Facing], min_visibility: float) -> Table:
    positions = block.frame_positions
    points_m, visibility = block.pose_world_landmarks, block.visibility
    points_px = block.pose_landmarks[..., :2] * block.image_sizes_px[positions][:, np.newaxis]
    directions = []
    for id_, yaw in zip(block.ids.tolist(), yaw_deg(points_m).tolist(), strict=True):
        before[id_] = facing(yaw, before.get(id_))
        directions.append(before[id_])
        if block.header.is_of_independent_images:
            before.clear()
    return {
        "frame": block.frames[positions],
        "time_s": block.timestamps_s[positions],
        "person": block.ids,
        "facing": np.array([each.name.lower() for each in directions], "U5"),
        **angles_3d(points_m, visibility, min_visibility=min_visibility),
        **angles_2d(points_px, points_m, visibility, directions, min_visibility=min_visibility),
        **lengths_m(points_m, visibility, min_visibility=min_visibility),
    }
