"""The shapes of the operators, and LiteRT's for the same operators."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from ai_edge_litert.interpreter import Interpreter

from vitruvian.weights import tflite_writer
from vitruvian.weights.graph import Graph, Operator, Tensor
from vitruvian.weights.tflite_shapes import output_shape

F4 = np.dtype("<f4")
SLIDING = {"FusedActivationFunction": 0, "Padding": 1, "StrideH": 1, "StrideW": 1}
DILATED = {**SLIDING, "DilationHFactor": 1, "DilationWFactor": 1}


def image(*shape: int) -> Tensor:
    return Tensor(shape, F4)


def constant(values: Any, dtype: str = "<f4") -> Tensor:
    data = np.asarray(values, dtype)
    return Tensor(data.shape, data.dtype, data)


def zeros(*shape: int) -> Tensor:
    return constant(np.zeros(shape))


def integers(*values: int) -> Tensor:
    return constant(values, "<i4")


def shape(kind: str, *inputs: Tensor, **options: Any) -> tuple[int, ...]:
    return output_shape(Operator(kind, tuple(range(len(inputs))), (len(inputs),), options), inputs)


def shape_in_litert(kind: str, *inputs: Tensor, **options: Any) -> tuple[int, ...]:
    operator = Operator(kind, tuple(range(len(inputs))), (len(inputs),), options)
    output = image(*output_shape(operator, inputs))
    images = tuple(index for index, tensor in enumerate(inputs) if tensor.data is None)
    graph = Graph((*inputs, output), (operator,), images, (len(inputs),))
    interpreter = Interpreter(model_content=tflite_writer.written(graph), num_threads=1)
    interpreter.allocate_tensors()
    interpreter.invoke()
    return interpreter.get_tensor(interpreter.get_output_details()[0]["index"]).shape


@pytest.mark.parametrize(
    ("size", "extent", "stride", "dilation", "padding"),
    [
        case
        for case in product((1, 7, 8), (1, 2, 3), (1, 2, 3), (1, 2), (0, 1))
        if case[4] == 0 or (case[1] - 1) * case[3] < case[0]
    ],
)
def test_a_window_gives_the_size_that_it_has_in_litert(
    size: int, extent: int, stride: int, dilation: int, padding: int
) -> None:
    """The height and the width differ, so that they cannot be mixed up."""
    step = {"StrideH": stride, "DilationHFactor": dilation, "Padding": padding}
    inputs = image(1, size, 9, 2), zeros(3, extent, 2, 2), zeros(3)
    options = DILATED | step
    assert shape("CONV_2D", *inputs, **options) == shape_in_litert("CONV_2D", *inputs, **options)


@pytest.mark.parametrize(
    ("kind", "inputs", "options", "expected"),
    [
        ("ADD", [image(1, 4, 5, 3)] * 2, {"FusedActivationFunction": 0}, (1, 4, 5, 3)),
        (
            "CONCATENATION",
            [image(1, 4, 2), image(1, 3, 2)],
            {"Axis": 1, "FusedActivationFunction": 0},
            (1, 7, 2),
        ),
        (
            "DEPTHWISE_CONV_2D",
            [image(1, 6, 5, 3), zeros(1, 3, 2, 3), zeros(3)],
            DILATED | {"DepthMultiplier": 1},
            (1, 4, 4, 3),
        ),
        ("DEPTH_TO_SPACE", [image(1, 4, 5, 8)], {"BlockSize": 2}, (1, 8, 10, 2)),
        ("LOGISTIC", [image(1, 4)], {}, (1, 4)),
        (
            "MAX_POOL_2D",
            [image(1, 6, 5, 3)],
            SLIDING | {"FilterHeight": 3, "FilterWidth": 2},
            (1, 4, 4, 3),
        ),
        (
            "PAD",
            [image(1, 4, 5, 3), constant([[0, 0], [1, 2], [3, 0], [0, 1]], "<i4")],
            {},
            (1, 7, 8, 4),
        ),
        ("RESHAPE", [image(1, 4, 5, 3), integers(1, 60)], {}, (1, 60)),
        ("RESHAPE", [image(1, 4, 5, 3), integers(1, -1, 3)], {}, (1, 20, 3)),
        (
            "RESIZE_BILINEAR",
            [image(1, 4, 5, 3), integers(8, 15)],
            {"AlignCorners": False, "HalfPixelCenters": True},
            (1, 8, 15, 3),
        ),
    ],
)
def test_an_operator_gives_the_shape_that_it_has_in_litert(
    kind: str, inputs: list[Tensor], options: dict[str, Any], expected: tuple[int, ...]
) -> None:
    assert shape(kind, *inputs, **options) == expected
    assert shape_in_litert(kind, *inputs, **options) == expected


KERNELS = [image(1, 6, 6, 3), zeros(5, 3, 3, 3), zeros(5)]
DEPTHWISE = [image(1, 6, 6, 3), zeros(1, 3, 3, 3), zeros(3)]
RESIZING = {"AlignCorners": False, "HalfPixelCenters": True}


@pytest.mark.parametrize(
    ("kind", "inputs", "options"),
    [
        ("ADD", [image(1, 4, 5, 3), image(1, 5, 4, 3)], {}),
        ("CONCATENATION", [image(1, 4), image(1, 4, 1)], {"Axis": 1, "FusedActivationFunction": 0}),
        ("CONCATENATION", [image(1, 4), image(2, 4)], {"Axis": 1, "FusedActivationFunction": 0}),
        ("CONCATENATION", [image(1, 4)] * 2, {"Axis": 2}),
        ("CONCATENATION", [image(1, 4)] * 2, {"Axis": -1}),
        ("CONCATENATION", [image(1, 4)] * 2, {"Axis": 1, "FusedActivationFunction": 1}),
        ("CONV_2D", [image(1, 6, 6, 4), *KERNELS[1:]], DILATED),
        ("CONV_2D", [image(1, 6, 6), *KERNELS[1:]], DILATED),
        ("CONV_2D", [KERNELS[0], zeros(5, 3, 3), KERNELS[2]], DILATED),
        ("CONV_2D", [*KERNELS[:2], zeros(3)], DILATED),
        ("CONV_2D", KERNELS, DILATED | {"StrideH": 0}),
        ("CONV_2D", KERNELS, DILATED | {"StrideW": -1}),
        ("CONV_2D", KERNELS, DILATED | {"StrideW": 2**31 - 1}),
        ("CONV_2D", KERNELS, DILATED | {"DilationHFactor": 0}),
        ("CONV_2D", KERNELS, DILATED | {"DilationWFactor": 1000}),
        ("CONV_2D", [image(1, 6, 6, 1), zeros(1, 1, 100, 1), zeros(1)], DILATED),
        ("DEPTHWISE_CONV_2D", DEPTHWISE, DILATED | {"DepthMultiplier": 2}),
        ("DEPTHWISE_CONV_2D", DEPTHWISE, DILATED | {"DepthMultiplier": 0}),
        (
            "DEPTHWISE_CONV_2D",
            [DEPTHWISE[0], zeros(2, 3, 3, 3), DEPTHWISE[2]],
            DILATED | {"DepthMultiplier": 1},
        ),
        ("DEPTH_TO_SPACE", [image(1, 4, 5, 7)], {"BlockSize": 2}),
        ("DEPTH_TO_SPACE", [image(1, 4, 5, 8)], {"BlockSize": 0}),
        ("DEPTH_TO_SPACE", [image(1, 4, 5, 8)], {"BlockSize": -2}),
        ("DEPTH_TO_SPACE", [image(1, 8)], {"BlockSize": 2}),
        ("MAX_POOL_2D", [image(1, 6)], SLIDING | {"FilterHeight": 2, "FilterWidth": 2}),
        ("MAX_POOL_2D", KERNELS[:1], SLIDING | {"FilterHeight": 0, "FilterWidth": 2}),
        ("MAX_POOL_2D", KERNELS[:1], SLIDING | {"FilterHeight": 2, "FilterWidth": 10**9}),
        ("PAD", [image(1, 4), constant([[0, 0], [-1, 0]], "<i4")], {}),
        ("PAD", [image(1, 4), constant([[0, 0]], "<i4")], {}),
        ("PAD", [image(1, 4), integers(0, 0, 0, 1)], {}),
        ("PAD", [image(1, 4), integers()], {}),
        ("RESHAPE", [image(1, 4), integers(1, 5)], {}),
        ("RESHAPE", [image(1, 4), integers(-1, -1)], {}),
        ("RESHAPE", [image(1, 4), integers(-1, -4)], {}),
        ("RESHAPE", [image(1, 4), integers(-1, 0)], {}),
        ("RESHAPE", [image(1, 4), integers(-1, 3)], {}),
        ("RESHAPE", [image(1, 4), constant([[1, 4]], "<i4")], {}),
        ("RESIZE_BILINEAR", [image(1, 4, 5, 3), integers(8)], RESIZING),
        ("RESIZE_BILINEAR", [image(1, 4, 5), integers(8, 8)], RESIZING),
        (
            "RESIZE_BILINEAR",
            [image(1, 4, 5, 3), integers(8, 8)],
            RESIZING | {"AlignCorners": True},
        ),
    ],
)
def test_sizes_that_do_not_fit_are_refused(
    kind: str, inputs: list[Tensor], options: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match=r"."):
        shape(kind, *inputs, **options)


def test_an_unknown_padding_is_refused() -> None:
    with pytest.raises(KeyError):
        shape("CONV_2D", *KERNELS, **DILATED | {"Padding": -1})
