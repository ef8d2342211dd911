"""BVH: one file a person, with a skeleton and its motion at a constant rate.

Centimetres, y up, angles in the order z, x, y, and the joints of Mixamo's characters. The format
has no specification; M. Meredith and S. Maddock, "Motion Capture File Formats Explained" (2001),
describe what its readers have in common.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.formats.constant_rate import room_at_constant_rate
from vitruvian.formats.person_files import person_path
from vitruvian.rig.joints import ENDS, JOINTS, PREFIX
from vitruvian.rig.person import rigs_of
from vitruvian.rig.rotations import euler_zxy_deg

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vitruvian.recorded.blocks import Blocks
    from vitruvian.rig.person import Rig
    from vitruvian.types import Float64

_CM = 100  # in a metre
_ROTATIONS = "Zrotation Xrotation Yrotation"
_ROTATED = [number for number, joint in enumerate(JOINTS) if joint.name not in ENDS]
# A ten-thousandth of a degree moves a hand by 2 µm.
_DIGITS = "%.4f"


def write(blocks: Blocks, folder: Path, name: str) -> None:
    """Write a recording: a file for each person, from the first to the last frame of the person.

    The format cannot leave out frames, so those in which the person is missing are interpolated.

    Args:
        blocks: the recording.
        folder: an empty folder.
        name: how the names of the files begin.

    Raises:
        RecordingError: as `room_of`.
    """
    room = room_at_constant_rate(blocks, "bvh")
    for rig in rigs_of(room):
        _write(rig, room.rate_hz, person_path(folder, name, rig.id, ".bvh"))
        del rig  # before the next one is computed


def _write(rig: Rig, rate_hz: float, path: Path) -> None:
    channels = _channels(rig)
    with path.open("w", encoding="ascii", newline="\n") as file:
        file.write("HIERARCHY\n")
        file.writelines(f"{line}\n" for line in _hierarchy(rig.offsets_m * _CM))
        file.write(f"MOTION\nFrames: {len(channels)}\nFrame Time: {1 / rate_hz:.9f}\n")
        line = " ".join([_DIGITS] * channels.shape[1]) + "\n"
        file.writelines(line % tuple(values.tolist()) for values in channels)


def _hierarchy(offsets_cm: Float64) -> Iterator[str]:
    """Yield the lines of the skeleton."""
    open_joints: list[str | None] = [None]  # those in whose braces the next line stands

    def indent() -> str:
        return "  " * (len(open_joints) - 1)

    for (name, parent), offset_cm in zip(JOINTS, offsets_cm, strict=True):
        while open_joints[-1] != parent:
            open_joints.pop()
            yield f"{indent()}}}"
        is_root, is_end = parent is None, name in ENDS
        yield indent() + (
            "End Site" if is_end else f"{'ROOT' if is_root else 'JOINT'} {PREFIX}{name}"
        )
        yield f"{indent()}{{"
        open_joints.append(name)
        # Some readers add the root's offset to its positions, others do not.
        x, y, z = np.zeros(3) if is_root else offset_cm
        yield f"{indent()}OFFSET {x:.6f} {y:.6f} {z:.6f}"
        if is_root:
            yield f"{indent()}CHANNELS 6 Xposition Yposition Zposition {_ROTATIONS}"
        elif not is_end:
            yield f"{indent()}CHANNELS 3 {_ROTATIONS}"
    while open_joints[-1] is not None:
        open_joints.pop()
        yield f"{indent()}}}"


def _channels(rig: Rig) -> Float64:
    """Return the values of each frame, (T, C), also of those in which the person is missing."""
    rows = np.arange(rig.rows[0], rig.rows[-1] + 1)
    root_cm = rig.root_m * _CM
    angles_deg = (euler_zxy_deg(rig.rotations[:, joint]) for joint in _ROTATED)
    return np.column_stack(
        [
            np.interp(rows, rig.rows, values)
            for channels in chain([root_cm], angles_deg)
            for values in channels.T
        ]
    )
