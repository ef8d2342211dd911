"""The two versions of MediaPipe whose numbers Vitruvian gives, and where they differ.

There is no default: each caller says which version it reproduces, so that the two are never mixed.
"""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vitruvian.stages import rounding

if TYPE_CHECKING:
    from collections.abc import Callable

    from vitruvian.stages.rounding import Exponential


@dataclass(frozen=True)
class Reference:
    """How one version of MediaPipe computes, where versions differ. All values were measured.

    Attributes:
        arctan2: of y and x, in (-pi, pi], rounded as this version's C library rounds.
        cosine: of an angle in radians, rounded in the same way.
        sine: of an angle in radians, rounded in the same way.
        exponential: of an array, rounded in the same way.
        fuses_input: the detector's input is scaled and shifted with one rounding instead of two.
        mirrors_corners: two corners of a region are computed, the other two are their mirror image.
        pads_regions: a region that is not square is cut out with its surroundings; otherwise it is
            stretched to a square.
        heatmap_window_cells: side of the window in the heatmap that refines a landmark.
        min_suppression_overlap: intersection over union above which two detections are merged.
    """

    arctan2: Callable[[float, float], float]
    cosine: Callable[[float], float]
    sine: Callable[[float], float]
    exponential: Exponential
    fuses_input: bool
    mirrors_corners: bool
    pads_regions: bool
    heatmap_window_cells: int
    min_suppression_overlap: float


def _from_c_library(name: str, fallback: Callable[..., float], arguments: int) -> Any:
    """Return a float32 function of the C library, as C libraries differ in the last digit."""
    try:
        function = getattr(ctypes.CDLL(None), name)
    except (AttributeError, OSError, TypeError):  # for example on Windows
        return fallback
    function.restype, function.argtypes = ctypes.c_float, (ctypes.c_float,) * arguments
    return function


# `mp.solutions.pose` of version 0.10.21 uses OpenCV 4 and the C library of the system.
SOLUTIONS_0_10_21 = Reference(
    arctan2=_from_c_library("atan2f", math.atan2, 2),
    cosine=_from_c_library("cosf", math.cos, 1),
    sine=_from_c_library("sinf", math.sin, 1),
    # It is computed and not called, as it is needed three thousand times per frame.
    exponential=rounding.glibc_expf,
    fuses_input=True,
    mirrors_corners=True,
    pads_regions=True,
    # The graph says 7. MediaPipe's Python binding drops that option, so that the default of
    # RefineLandmarksFromHeatmapCalculator counts.
    heatmap_window_cells=9,
    # mediapipe/modules/pose_detection/pose_detection_cpu.pbtxt, min_suppression_threshold
    min_suppression_overlap=0.3,
)

# The Tasks API of version 1.2.2 uses OpenCV 5 and its own C library, which rounds correctly.
TASKS_1_2_2 = Reference(
    arctan2=math.atan2,
    cosine=math.cos,
    sine=math.sin,
    exponential=rounding.correct_exp,
    fuses_input=False,
    mirrors_corners=False,
    pads_regions=False,
    # mediapipe/tasks/cc/vision/pose_landmarker/pose_landmarks_detector_graph.cc
    heatmap_window_cells=7,
    # min_suppression_threshold in pose_detector_graph_options.proto
    min_suppression_overlap=0.5,
)
