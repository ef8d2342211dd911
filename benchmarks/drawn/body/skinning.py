"""Vertices that follow the bones: linear blend skinning."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from .mesh import FloatArray, mesh

if TYPE_CHECKING:
    from .rig import BonePose, Rig

BONES_A_VERTEX = 8


@cache
def skin_weights() -> sparse.csr_array:
    """Return how much each vertex of the mesh follows each bone, (V, B); rows sum to one."""
    base = mesh()
    rows = np.repeat(np.arange(len(base.vertices_m)), BONES_A_VERTEX)
    entries = (base.skin_weights.ravel(), (rows, base.skin_bones.ravel()))
    return sparse.csr_array(entries, shape=(len(base.vertices_m), len(base.bones)))


def skinned_m(
    rest_m: FloatArray, weights: sparse.csr_array, rig: Rig, pose: BonePose
) -> FloatArray:
    """Return points (N, 3) of the rest pose in another pose; weights are (N, B).

    A product with a sparse matrix adds in the order of its entries, on one thread, so the result
    is the same to the last bit wherever many threads or few are available.
    """
    shifts_m = pose.heads_m - np.einsum("bij,bj->bi", pose.rotations, rig.heads_m)
    transforms = np.concatenate([pose.rotations, shifts_m[:, :, None]], axis=2)
    blended = (weights @ transforms.reshape(-1, 12)).reshape(-1, 3, 4)
    return np.einsum("nij,nj->ni", blended[:, :, :3], rest_m) + blended[:, :, 3]
