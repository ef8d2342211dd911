"""Files for animators, read by the libraries that others use."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
from pygltflib import GLTF2
from scipy.spatial.transform import Rotation

from vitruvian.rig.joints import ENDS, NAMES, PREFIX

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of a name that its own library will not have one day
    import bvhio

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.types import Float64

BVH_JOINTS = tuple(name for name in NAMES if name not in ENDS)


def bvh_joints_m(path: Path) -> Float64:
    """Return where bvhio says that `BVH_JOINTS` are, (T, J, 3) in metres."""
    root = bvhio.readAsHierarchy(str(path))
    first, last = root.getKeyframeRange()
    places_cm = []
    for frame in range(first, last + 1):
        root.loadPose(frame)
        found = {joint.Name: tuple(joint.PositionWorld) for joint, *_ in root.layout()}
        places_cm.append([found[PREFIX + name] for name in BVH_JOINTS])
    return np.array(places_cm) / 100


class Scene:
    """The people in a file of glTF, as pygltflib reads it. A person is called by their node."""

    def __init__(self, path: Path) -> None:
        self._gltf = GLTF2.load(str(path))
        self._nodes = {node.name: number for number, node in enumerate(self._gltf.nodes)}

    def joint_names(self, person: str) -> list[str]:
        """Return the names of the joints, in the order of the arrays below."""
        return [self._gltf.nodes[joint].name for joint in self._joints(person)]

    def times_s(self, person: str) -> Float64:
        """Return the times of the keys of the root."""
        return self._keys(self._joints(person)[0], "translation")[0]

    def rotations(self, person: str, name: str) -> Float64:
        """Return the quaternions x, y, z, w of a joint, (T, 4)."""
        return self._keys(self._joints(person)[NAMES.index(name)], "rotation")[1]

    def sizes(self, person: str) -> tuple[Float64, Float64] | None:
        """Return the times at which a person's size changes, and the sizes; None without any."""
        node = self._nodes[person]
        return self._keys(node, "scale", "STEP") if (node, "scale") in self._samplers else None

    def joints_m(self, person: str) -> Float64:
        """Return where the joints are at each key of the root, (T, J, 3)."""
        return self._matrices(person, len(self.times_s(person)))[..., :3, 3]

    def skin_at_rest(self, person: str) -> Float64:
        """Return the matrices that move the mesh where no joint is animated, (J, 4, 4)."""
        inverse = self._array(self._skin(person).inverseBindMatrices).reshape(-1, 4, 4)
        return self._matrices(person, None)[0] @ np.swapaxes(inverse, 1, 2)

    def surface(self, person: str) -> tuple[Float64, ...]:
        """Return the vertices, normals, joints and weights of the body."""
        attributes = self._primitive(person).attributes
        names = ("POSITION", "NORMAL", "JOINTS_0", "WEIGHTS_0")
        return tuple(self._array(getattr(attributes, name)) for name in names)

    def triangles_m(self, person: str) -> Float64:
        """Return the corners of the body's triangles, (F, 3, 3)."""
        return self.surface(person)[0][self._array(self._primitive(person).indices).reshape(-1, 3)]

    def color(self, person: str) -> list[float]:
        """Return linear red, green, blue and the opacity."""
        material = self._gltf.materials[self._primitive(person).material]
        return material.pbrMetallicRoughness.baseColorFactor

    def _skin(self, person: str) -> Any:
        return self._gltf.skins[self._body(person).skin]

    def _joints(self, person: str) -> list[int]:
        return self._skin(person).joints

    def _body(self, person: str) -> Any:
        return self._gltf.nodes[self._nodes[f"{person}_body"]]

    def _primitive(self, person: str) -> Any:
        return self._gltf.meshes[self._body(person).mesh].primitives[0]

    @property
    def _samplers(self) -> dict[tuple[int, str], Any]:
        (animation,) = self._gltf.animations
        return {
            (channel.target.node, channel.target.path): animation.samplers[channel.sampler]
            for channel in animation.channels
        }

    def _keys(self, node: int, path: str, kind: str = "LINEAR") -> tuple[Float64, Float64]:
        sampler = self._samplers[node, path]
        assert (sampler.interpolation or "LINEAR") == kind
        return self._array(sampler.input), self._array(sampler.output)

    def _array(self, accessor: int) -> Float64:
        found = self._gltf.accessors[accessor]
        view = self._gltf.bufferViews[found.bufferView]
        dtype = {5121: np.uint8, 5125: np.uint32, 5126: np.float32}[found.componentType]
        width = {"SCALAR": 1, "VEC3": 3, "VEC4": 4, "MAT4": 16}[found.type]
        values = np.frombuffer(
            self._gltf.binary_blob(), dtype, found.count * width, view.byteOffset
        )
        return values if width == 1 else values.reshape(-1, width)

    def _matrices(self, person: str, count: int | None) -> Float64:
        """Return where joints are in the room, (T, J, 4, 4); without a count, at rest."""
        joints = self._joints(person)
        parents = {child: node for node in joints for child in self._gltf.nodes[node].children}
        matrices: dict[int, Float64] = {}
        for joint in joints:
            local = np.tile(np.eye(4), (count or 1, 1, 1))
            local[:, :3, 3] = self._gltf.nodes[joint].translation
            if count and (joint, "translation") in self._samplers:
                local[:, :3, 3] = self._keys(joint, "translation")[1]
            if count and (joint, "rotation") in self._samplers:
                quaternions = self._keys(joint, "rotation")[1]
                local[:, :3, :3] = Rotation.from_quat(quaternions).as_matrix()
            matrices[joint] = matrices[parents[joint]] @ local if joint in parents else local
        return np.stack([matrices[joint] for joint in joints], axis=1)
