"""The container of glTF 2.0 in one file (.glb): a JSON text, and arrays in binary form.

Specification: registry.khronos.org/glTF/specs/2.0/glTF-2.0.html.
"""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.errors import OutputError
from vitruvian.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

VERTICES, TRIANGLES = 34962, 34963  # what a view of the binary part is for
_COMPONENTS = {np.dtype(np.uint8): 5121, np.dtype(np.uint32): 5125, np.dtype(np.float32): 5126}
_TYPES = {(): "SCALAR", (3,): "VEC3", (4,): "VEC4", (4, 4): "MAT4"}
_MAX_BYTES = 2**32 - 1  # lengths have 32 bits


class Gltf:
    """A file of glTF that is being made: lists of objects that refer to each other by index."""

    def __init__(self) -> None:
        self._objects: dict[str, list[Any]] = {}
        self._arrays: list[bytes] = []
        self._length = 0

    def add(self, kind: str, **properties: Any) -> int:
        """Add an object, and return its index.

        Args:
            kind: its list, such as "nodes".
            properties: as the specification names them.
        """
        objects = self._objects.setdefault(kind, [])
        objects.append(properties)
        return len(objects) - 1

    def change(self, kind: str, index: int, **properties: Any) -> None:
        """Add properties to an object."""
        self._objects[kind][index].update(properties)

    def add_array(
        self, values: NDArray[Any], target: int | None = None, *, is_bounded: bool = False
    ) -> int:
        """Add an array, and return the index of its accessor.

        Args:
            values: (N, ...) float32, uint32 or uint8.
            target: `VERTICES`, `TRIANGLES`, or None for all else.
            is_bounded: whether its least and greatest values stand beside it.
        """
        data = np.ascontiguousarray(values).tobytes()
        view = {"buffer": 0, "byteOffset": self._length, "byteLength": len(data)}
        if target is not None:
            view["target"] = target
        properties: dict[str, Any] = {}
        if is_bounded:
            flat = values.reshape(len(values), -1)
            properties = {"min": flat.min(axis=0).tolist(), "max": flat.max(axis=0).tolist()}
        data += bytes(-len(data) % 4)
        self._arrays.append(data)
        self._length += len(data)
        return self.add(
            "accessors",
            bufferView=self.add("bufferViews", **view),
            componentType=_COMPONENTS[values.dtype],
            count=len(values),
            type=_TYPES[values.shape[1:]],
            **properties,
        )

    def write(self, path: Path) -> None:
        """Write the file.

        Raises:
            OutputError: It is larger than the format permits.
        """
        asset = {"version": "2.0", "generator": f"vitruvian {__version__}"}
        document: dict[str, Any] = {"asset": asset, "scene": 0, **self._objects}
        if self._length:
            document["buffers"] = [{"byteLength": self._length}]
        text = json.dumps(document, separators=(",", ":"), allow_nan=False).encode()
        text += b" " * (-len(text) % 4)
        chunks = [struct.pack("<I4s", len(text), b"JSON") + text]
        if self._length:
            chunks += [struct.pack("<I4s", self._length, b"BIN\0"), *self._arrays]
        total = 12 + sum(map(len, chunks))
        if total > _MAX_BYTES:
            raise OutputError(
                f"The glTF file would have {total:,} bytes, and the format permits 4 GiB: choose "
                "another format, or a part of the video."
            )
        with path.open("wb") as file:
            file.write(struct.pack("<4sII", b"glTF", 2, total))
            file.writelines(chunks)
