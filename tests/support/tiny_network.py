"""A network with every kind of operator that this package reads, small enough to damage often."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.weights.graph import Graph, Operator, Tensor
from vitruvian.weights.sparsity import Listed, Sparsity

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

_SLIDING = {"FusedActivationFunction": 3, "Padding": 1, "StrideH": 1, "StrideW": 1}
_DILATED = {**_SLIDING, "DilationHFactor": 1, "DilationWFactor": 1}


class _Builder:
    def __init__(self) -> None:
        self.tensors: list[Tensor] = []
        self.operators: list[Operator] = []

    def constant(self, values: ArrayLike, dtype: str) -> int:
        data = np.asarray(values, dtype)
        return self._add(Tensor(data.shape, data.dtype, data))

    def computed(self, *shape: int, dtype: str = "<f4") -> int:
        return self._add(Tensor(shape, np.dtype(dtype)))

    def sparse(self, dense: np.ndarray) -> int:
        """Store an (N, 1, 1, C) array as the detector does: the last dimension is sparse."""
        rows = dense.reshape(len(dense), -1)
        segments = np.cumsum([0, *(rows != 0).sum(axis=1)])
        levels = (len(rows), 1, 1, Listed(segments, rows.nonzero()[1]))
        sparsity = Sparsity((0, 1, 2, 3), levels)
        return self._add(Tensor(dense.shape, dense.dtype, rows[rows != 0], sparsity))

    def operator(self, kind: str, inputs: tuple[int, ...], output: int, **options: int) -> int:
        self.operators.append(Operator(kind, inputs, (output,), options))
        return output

    def _add(self, tensor: Tensor) -> int:
        self.tensors.append(tensor)
        return len(self.tensors) - 1


def tiny_network() -> Graph:
    """Return a network that takes (1, 8, 8, 4) and gives (1, 256)."""
    rng, build = np.random.default_rng(0), _Builder()

    def weights(*shape: int) -> int:
        packed = build.constant(rng.normal(size=shape), "<f2")
        return build.operator("DEQUANTIZE", (packed,), build.computed(*shape))

    image = build.computed(1, 8, 8, 4)
    amounts = build.constant([[0, 0], [0, 1], [0, 1], [0, 0]], "<i4")
    padded = build.operator("PAD", (image, amounts), build.computed(1, 9, 9, 4))
    half = build.operator(
        "CONV_2D", (padded, weights(8, 3, 3, 4), weights(8)), build.computed(1, 4, 4, 8),
        **_DILATED | {"StrideH": 2, "StrideW": 2},
    )  # fmt: skip
    deep = build.operator(
        "DEPTHWISE_CONV_2D", (half, weights(1, 3, 3, 8), weights(8)), build.computed(1, 4, 4, 8),
        **_DILATED, DepthMultiplier=1,
    )  # fmt: skip
    build.operators[-1].options["Padding"] = 0
    packed = build.sparse(rng.integers(0, 2, (8, 1, 1, 8)).astype("<f2"))
    dense = build.operator("DENSIFY", (packed,), build.computed(8, 1, 1, 8, dtype="<f2"))
    mixing = build.operator("DEQUANTIZE", (dense,), build.computed(8, 1, 1, 8))
    mixed = build.operator(
        "CONV_2D", (deep, mixing, weights(8)), build.computed(1, 4, 4, 8), **_DILATED
    )
    added = build.operator(
        "ADD", (half, mixed), build.computed(1, 4, 4, 8), FusedActivationFunction=0
    )
    pooled = build.operator(
        "MAX_POOL_2D", (added,), build.computed(1, 2, 2, 8),
        **_SLIDING | {"StrideH": 2, "StrideW": 2}, FilterHeight=2, FilterWidth=2,
    )  # fmt: skip
    large = build.operator(
        "RESIZE_BILINEAR", (pooled, build.constant([4, 4], "<i4")), build.computed(1, 4, 4, 8),
        AlignCorners=False, HalfPixelCenters=True,
    )  # fmt: skip
    joined = build.operator(
        "CONCATENATION", (added, large), build.computed(1, 4, 4, 16),
        Axis=3, FusedActivationFunction=0,
    )  # fmt: skip
    spread = build.operator("DEPTH_TO_SPACE", (joined,), build.computed(1, 8, 8, 4), BlockSize=2)
    scores = build.operator("LOGISTIC", (spread,), build.computed(1, 8, 8, 4))
    flat = build.operator(
        "RESHAPE", (scores, build.constant([1, -1], "<i4")), build.computed(1, 256)
    )
    return Graph(tuple(build.tensors), tuple(build.operators), (image,), (flat,))
