"""glTF: everybody in one file (.glb), each as a body with bones that move.

Metres, y up. Blender, game engines and pages with three.js read it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.analysis.options import OfflineSmoothing
from vitruvian.colors import color_of_id
from vitruvian.formats.constant_rate import room_at_constant_rate
from vitruvian.formats.gltf import TRIANGLES, VERTICES, Gltf
from vitruvian.rig.figure import figure
from vitruvian.rig.joints import ENDS, NAMES, PARENTS, PREFIX
from vitruvian.rig.kinematics import joints_at_rest_m
from vitruvian.rig.person import rigs_of
from vitruvian.rig.rotations import quaternions

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray

    from vitruvian.recorded.blocks import Blocks
    from vitruvian.rig.person import Rig

# In shorter gaps the motion is interpolated, as in those that offline smoothing fills. In longer
# ones, the person is not shown.
_LONGEST_GAP_S = OfflineSmoothing().max_gap_s


def write(blocks: Blocks, path: Path) -> None:
    """Write a recording, whose first frame has the time 0.

    Raises:
        RecordingError: as `room_of`.
        OutputError: the file is larger than the format permits.
    """
    room = room_at_constant_rate(blocks, "glb")
    gltf, in_scene = Gltf(), []
    animation = _Animation(gltf, room.rate_hz)
    for rig in rigs_of(room):
        person, joints = _add_skeleton(gltf, rig)
        in_scene += [person, _add_body(gltf, rig, joints)]
        animation.add_motion(rig, joints)
        animation.add_presence(person, rig.rows, room.rows)
        del rig  # before the next one is computed
    animation.finish()
    gltf.add("scenes", **({"nodes": in_scene} if in_scene else {}))
    gltf.write(path)


def _add_skeleton(gltf: Gltf, rig: Rig) -> tuple[int, list[int]]:
    """Add the joints in the rest pose, and return the nodes of the person and of the joints."""
    joints = [
        gltf.add("nodes", name=PREFIX + name, translation=offset_m)
        for name, offset_m in zip(NAMES, rig.offsets_m.tolist(), strict=True)
    ]
    for parent in sorted({*PARENTS[1:]}):
        children = [joints[at] for at, above in enumerate(PARENTS) if above == parent]
        gltf.change("nodes", joints[parent], children=children)
    return gltf.add("nodes", name=f"person{rig.id}", children=joints[:1]), joints


def _add_body(gltf: Gltf, rig: Rig, joints: list[int]) -> int:
    """Add the mesh with its skin, and return its node, which must be beside the skeleton's."""
    name = f"person{rig.id}_body"
    mesh, joint_numbers, weights = figure(rig.offsets_m)
    attributes = {
        "POSITION": gltf.add_array(mesh.positions.astype(np.float32), VERTICES, is_bounded=True),
        "NORMAL": gltf.add_array(mesh.normals.astype(np.float32), VERTICES),
        "JOINTS_0": gltf.add_array(joint_numbers, VERTICES),
        "WEIGHTS_0": gltf.add_array(weights.astype(np.float32), VERTICES),
    }
    triangles = gltf.add_array(mesh.triangles.astype(np.uint32).ravel(), TRIANGLES)
    surface = {"attributes": attributes, "indices": triangles, "material": _add_paint(gltf, rig.id)}
    rest_from_room = np.tile(np.eye(4, dtype=np.float32), (len(joints), 1, 1))
    rest_from_room[:, 3, :3] = -joints_at_rest_m(rig.offsets_m)  # columns come first in glTF
    skin = gltf.add(
        "skins", name=name, joints=joints, inverseBindMatrices=gltf.add_array(rest_from_room)
    )
    return gltf.add(
        "nodes", name=name, mesh=gltf.add("meshes", name=name, primitives=[surface]), skin=skin
    )


def _add_paint(gltf: Gltf, identity: int) -> int:
    """Add a material in the person's colour, which is the same in annotated videos."""
    srgb = np.array(color_of_id(identity)) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    look = {"baseColorFactor": [*linear.tolist(), 1], "metallicFactor": 0, "roughnessFactor": 0.6}
    return gltf.add("materials", name=f"person{identity}", pbrMetallicRoughness=look)


class _Animation:
    """The motion of everybody, in one animation, so that a viewer plays all of it at once."""

    def __init__(self, gltf: Gltf, rate_hz: float) -> None:
        self._gltf = gltf
        self._rate_hz = rate_hz
        self._samplers: list[dict[str, Any]] = []
        self._channels: list[dict[str, Any]] = []

    def add_motion(self, rig: Rig, joints: list[int]) -> None:
        """Add the path of the root and the rotations, at the rows in which the person is there."""
        times = self._add_times(rig.rows)
        self._add(joints[0], "translation", times, rig.root_m)
        for joint, name in enumerate(NAMES):
            if name not in ENDS:
                rotations = quaternions(rig.rotations[:, joint])
                self._add(joints[joint], "rotation", times, rotations)

    def add_presence(self, person: int, rows: NDArray[np.int64], all_rows: int) -> None:
        """Hide a person who is not there.

        A skin whose joints all have the scale 0 is not drawn: specification, "Transformations".

        Args:
            person: the node above the skeleton.
            rows: in which the person is there.
            all_rows: of the recording.
        """
        is_shown = np.zeros(all_rows, np.bool_)
        longest = _LONGEST_GAP_S * self._rate_hz
        for run in np.split(rows, np.flatnonzero(np.diff(rows) > longest) + 1):
            is_shown[run[0] : run[-1] + 1] = True
        if not is_shown.all():
            changes = np.concatenate(([0], np.flatnonzero(np.diff(is_shown)) + 1))
            sizes = np.repeat(is_shown[changes, np.newaxis], 3, axis=1)
            self._add(person, "scale", self._add_times(changes), sizes, interpolation="STEP")

    def finish(self) -> None:
        """Add the animation, if anything moves."""
        if self._channels:
            self._gltf.add("animations", samplers=self._samplers, channels=self._channels)

    def _add_times(self, rows: NDArray[np.int64]) -> int:
        times_s = (rows / self._rate_hz).astype(np.float32)
        return self._gltf.add_array(times_s, is_bounded=True)

    def _add(
        self, node: int, path: str, times: int, values: NDArray[Any], **properties: str
    ) -> None:
        output = self._gltf.add_array(values.astype(np.float32))
        self._samplers.append({"input": times, "output": output, **properties})
        target = {"node": node, "path": path}
        self._channels.append({"sampler": len(self._samplers) - 1, "target": target})
