"""What of TensorFlow Lite's schema this package reads and writes."""

from __future__ import annotations

from typing import Any

import numpy as np
from ai_edge_litert import schema_py_generated as schema

FILE_IDENTIFIER = b"TFL3"
VERSION = 3  # of the schema

FLOAT32, FLOAT16, INT32 = np.dtype("<f4"), np.dtype("<f2"), np.dtype("<i4")
DTYPES: dict[int, np.dtype[Any]] = {
    schema.TensorType.FLOAT32: FLOAT32,
    schema.TensorType.FLOAT16: FLOAT16,
    schema.TensorType.INT32: INT32,
}

_SLIDING = ("FusedActivationFunction", "Padding", "StrideH", "StrideW")
_DILATED = (*_SLIDING, "DilationHFactor", "DilationWFactor")

# Each kind of operator: the name of the table of its options, and the fields that are used. The
# tables that are missing have no fields, or none that changes what the operator does.
OPTIONS: dict[str, tuple[str | None, tuple[str, ...]]] = {
    "ADD": ("AddOptions", ("FusedActivationFunction",)),
    "CONCATENATION": ("ConcatenationOptions", ("Axis", "FusedActivationFunction")),
    "CONV_2D": ("Conv2DOptions", _DILATED),
    "DENSIFY": (None, ()),
    "DEPTHWISE_CONV_2D": ("DepthwiseConv2DOptions", (*_DILATED, "DepthMultiplier")),
    "DEPTH_TO_SPACE": ("DepthToSpaceOptions", ("BlockSize",)),
    "DEQUANTIZE": (None, ()),
    "LOGISTIC": (None, ()),
    "MAX_POOL_2D": ("Pool2DOptions", (*_SLIDING, "FilterHeight", "FilterWidth")),
    "PAD": (None, ()),
    "RESHAPE": (None, ()),
    "RESIZE_BILINEAR": ("ResizeBilinearOptions", ("AlignCorners", "HalfPixelCenters")),
}
CODES: dict[str, int] = {kind: getattr(schema.BuiltinOperator, kind) for kind in OPTIONS}
