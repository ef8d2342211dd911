"""What is true of the people in an image, as entries of a COCO file with fields of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.skeleton import COCO_17

from .picture.mesh import SCENERY
from .segments import segments_of_landmarks
from .visibility import Surface, look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .people import PosedPerson
    from .picture.camera import Camera
    from .picture.mesh import Mesh

_LEFT_HIP, _RIGHT_HIP = 23, 24
# COCO's labels of keypoints.
_NOT_LABELLED, _OCCLUDED, _VISIBLE = 0, 1, 2
# Far below what a pixel and a millimetre mean, so that files stay small.
_PX_DIGITS, _M_DIGITS = 2, 4


def annotate(
    camera: Camera,
    people: Sequence[PosedPerson],
    scenery: Sequence[Mesh],
    owners: NDArray[np.uint8],
) -> list[dict[str, Any]]:
    """Return the annotation of each person, without its ids.

    Args:
        camera: that sees them.
        people: in world space.
        scenery: what may occlude them.
        owners: (H, W) the number of the person at each pixel, as it was drawn.
    """
    surfaces = [_of_scenery(mesh) for mesh in scenery if mesh.casts_shadow]
    surfaces += [surface for person in people for surface in person.surfaces.values()]
    return [_annotation(camera, person, surfaces, owners == person.number) for person in people]


def is_unoccluded(
    camera: Camera, person: PosedPerson, surfaces: Sequence[Surface]
) -> NDArray[np.bool_]:
    """Return whether each landmark of a person is seen, (33,); `visibility` has the rule."""
    landmarks_m = person.landmarks_m
    sight = look(camera, landmarks_m, surfaces)
    behind_m = camera.in_camera(landmarks_m)[:, 2] - sight.depths_m
    is_own = sight.owners == person.number
    is_part = [
        segment in meeting
        for segment, meeting in zip(sight.segments, segments_of_landmarks(), strict=True)
    ]
    # A point on the surface may be seen past the triangles, and nothing is before it.
    is_free = behind_m < 0
    seen: NDArray[np.bool_] = is_free | (is_own & np.array(is_part) & (behind_m <= person.reach_m))
    return seen


def _annotation(
    camera: Camera,
    person: PosedPerson,
    surfaces: Sequence[Surface],
    mask: NDArray[np.bool_],
) -> dict[str, Any]:
    landmarks_in_camera = camera.in_camera(person.landmarks_m)
    landmarks_px = camera.project(landmarks_in_camera)
    hips_m = (landmarks_in_camera[_LEFT_HIP] + landmarks_in_camera[_RIGHT_HIP]) / 2
    in_image = camera.is_in_image(landmarks_px) & mask.any()
    visible = in_image & is_unoccluded(camera, person, surfaces)
    labels = np.where(visible, _VISIBLE, np.where(in_image, _OCCLUDED, _NOT_LABELLED))
    keypoints = [
        value
        for landmark in COCO_17
        for value in (*_rounded(landmarks_px[landmark], _PX_DIGITS), int(labels[landmark]))
    ]
    return {
        "category_id": 1,
        "iscrowd": 0,
        "bbox": _box(mask),
        "area": int(mask.sum()),
        "keypoints": keypoints,
        "num_keypoints": sum(label > 0 for label in keypoints[2::3]),
        "landmarks": _rounded(landmarks_px, _PX_DIGITS),
        "world_landmarks": _rounded(landmarks_in_camera - hips_m, _M_DIGITS),
        "visibility": visible.astype(int).tolist(),
        "presence": in_image.astype(int).tolist(),
    }


def _of_scenery(mesh: Mesh) -> Surface:
    nothing = np.full(len(mesh.triangles), -1, np.int32)
    return Surface(mesh.positions_m, mesh.triangles, nothing, SCENERY)


def _box(mask: NDArray[np.bool_]) -> list[int]:
    """Return x, y, width and height of the pixels of a mask; zeros if it is empty."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return [0, 0, 0, 0]
    x, y = int(columns[0]), int(rows[0])
    return [x, y, int(columns[-1]) + 1 - x, int(rows[-1]) + 1 - y]


def _rounded(values: NDArray[np.float64], digits: int) -> Any:
    return np.round(values, digits).tolist()
