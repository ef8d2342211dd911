"""glTF: everybody in one file (.glb), each as a body with bones that move.

Metres, y up. Blender, game engines and pages with three.js read it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.analysis.options import OfflineSmoothing
from vitruvian.analysis.room import room_of
from vitruvian.draw.colors import color_of_id
from vitruvian.formats.gltf import TRIANGLES, VERTICES, Gltf
from vitruvian.rig.figure import figure
from vitruvian.rig.joints import ENDS, NAMES, PARENTS, PREFIX
from vitruvian.rig.moving import at_rest_m, rig_of
from vitruvian.rig.rotations import quaternions

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.recorded.blocks import Blocks
    from vitruvian.rig.moving import Rig
    from vitruvian.types import Float64

# In shorter gaps a person moves on, as in gaps that offline smoothing fills; in longer ones the person is
# not shown.
_LONGEST_GAP_S = OfflineSmoothing().max_gap_s


def write(blocks: Blocks, path: Path) -> None:
    """Write a recording. Its time begins at 0.

    Raises:
        RecordingError: the recording has independent images.
        OutputError: the file is larger than the format permits.
    """
    room = room_of(blocks)
    gltf = Gltf()
    channels, samplers, nodes = [], [], []
    for motion in room.motions():
        rig = rig_of(motion, room.rate_hz)
        if rig is not None:
            ...
