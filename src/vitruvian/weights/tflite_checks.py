"""Checks a graph before a runtime gets it.

LiteRT allocates what the shapes say and believes most options; some that contradict each other end
the process. Here the shape of every operator's output is computed from its inputs and must be that
of the file, so that a graph that passes is consistent, and its size is known.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vitruvian.weights.tflite_schema import FLOAT16, FLOAT32, INT32
from vitruvian.weights.tflite_shapes import output_shape, require, window

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from vitruvian.weights.graph import Graph, Operator, Tensor

_MAX_RANK = 4
_ACTIVATIONS = {0, 1, 3}  # schema.ActivationFunctionType: none, Relu, Relu6

# Limits, in brackets what Heavy has, the largest of the pinned networks.
_MAX_BYTES = 2**29  # of all tensors as float32 (249e6)
_MAX_MULTIPLICATIONS = 2**34  # (2e9)
# Runtimes copy what is below the windows of an operator, or keep a pointer to each pixel of it.
_MAX_WINDOW_ELEMENTS = 2**25  # of one operator (8.6e6)
_MAX_WINDOW_PIXELS = 2**25  # of all operators together (3.0e6)


@dataclass(frozen=True)
class _Signature:
    """What a kind of operator takes.

    Attributes:
        images: the number of computed float32 inputs, which come first; None for any number.
        constants: the permitted types of each of the constant inputs, which follow.
    """

    images: int | None = 1
    constants: tuple[tuple[np.dtype[Any], ...], ...] = ()


_WEIGHTS = ((FLOAT32,), (FLOAT32,))  # kernels and bias
_SIZES = ((INT32,),)

_SIGNATURES = {
    "ADD": _Signature(images=2),
    "CONCATENATION": _Signature(images=None),
    "CONV_2D": _Signature(constants=_WEIGHTS),
    "DENSIFY": _Signature(images=0, constants=((FLOAT16, FLOAT32),)),
    "DEPTHWISE_CONV_2D": _Signature(constants=_WEIGHTS),
    "DEPTH_TO_SPACE": _Signature(),
    "DEQUANTIZE": _Signature(images=0, constants=((FLOAT16,),)),
    "LOGISTIC": _Signature(),
    "MAX_POOL_2D": _Signature(),
    "PAD": _Signature(constants=_SIZES),
    "RESHAPE": _Signature(constants=_SIZES),
    "RESIZE_BILINEAR": _Signature(constants=_SIZES),
}


def check(graph: Graph) -> None:
    """Check that a runtime can run the graph in bounded memory and time.

    Raises:
        ValueError: the graph is inconsistent or too large, or has an operator that is used in a way
            that is not supported here.
    """
    for tensor in graph.tensors:
        _check_tensor(tensor)
    size_bytes = sum(4 * math.prod(tensor.shape) for tensor in graph.tensors)
    require(size_bytes <= _MAX_BYTES, f"its tensors take {size_bytes} bytes")

    constants = {index for index, tensor in enumerate(graph.tensors) if tensor.data is not None}
    images = set(graph.inputs)
    unknown = set(range(len(graph.tensors))) - constants - images
    require(len(images) == 1 and not images & constants, "it does not have one input")
    for operator in graph.operators:
        signature = _SIGNATURES[operator.kind]
        [output] = operator.outputs
        require(output in unknown, f"{operator.kind} has no output of its own")
        unknown.remove(output)
        _check_inputs(operator, signature, graph.tensors, constants, images)
        _check_output(operator, graph.tensors)
        (constants if signature.images == 0 else images).add(output)
    require(
        graph.outputs and set(graph.outputs) <= images - set(graph.inputs),
        "an output is not computed",
    )
    _check_cost(graph)


def _check_tensor(tensor: Tensor) -> None:
    shape, data = tensor.shape, tensor.data
    require(
        1 <= len(shape) <= _MAX_RANK and min(shape) >= 1, f"a tensor has the shape {tensor.shape}"
    )
    if tensor.sparsity and data is not None:
        require(len(tensor.sparsity.offsets(shape)) <= len(data), "a sparse tensor lacks values")


def _check_inputs(
    operator: Operator,
    signature: _Signature,
    tensors: Sequence[Tensor],
    constants: set[int],
    images: set[int],
) -> None:
    """Check that all inputs are known before the operator runs, and that it can take them."""
    kind, inputs = operator.kind, operator.inputs
    count = len(inputs) if signature.images is None else signature.images
    require(inputs and len(inputs) == count + len(signature.constants), f"{kind} lacks inputs")
    for index in inputs[:count]:
        require(index in images, f"an input of {kind} is not computed before")
        require(tensors[index].dtype == FLOAT32, f"an input of {kind} is not float32")
    for index, dtypes in zip(inputs[count:], signature.constants, strict=True):
        require(index in constants, f"an input of {kind} is not constant")
        require(tensors[index].dtype in dtypes, f"an input of {kind} has the wrong type")
        is_sparse = tensors[index].sparsity is not None
        require(is_sparse == (kind == "DENSIFY"), f"an input of {kind} must not be sparse")


def _check_output(operator: Operator, tensors: Sequence[Tensor]) -> None:
    inputs, output = [tensors[index] for index in operator.inputs], tensors[operator.outputs[0]]
    activation = operator.options.get("FusedActivationFunction", 0)
    require(activation in _ACTIVATIONS, f"{operator.kind} has an unknown activation")
    shape = output_shape(operator, inputs)
    require(output.shape == shape, f"{operator.kind} gives {shape}, not {output.shape}")
    dtype = inputs[0].dtype if operator.kind == "DENSIFY" else FLOAT32
    require(output.dtype == dtype, f"{operator.kind} gives {dtype}, not {output.dtype}")


def _check_cost(graph: Graph) -> None:
    multiplications = pixels = 0
    for operator in graph.operators:
        inputs = [graph.tensors[index] for index in operator.inputs]
        shape = graph.tensors[operator.outputs[0]].shape
        area = math.prod(window(operator, inputs))
        if area > 1:
            pixels += math.prod(shape[:3]) * area
        depth = inputs[1].shape[3] if operator.kind == "CONV_2D" else 1
        elements = math.prod(shape[:3]) * area * inputs[0].shape[-1]
        require(elements <= _MAX_WINDOW_ELEMENTS, f"{operator.kind} is too large")
        multiplications += math.prod(shape) * area * depth
    require(pixels <= _MAX_WINDOW_PIXELS, f"its windows have {pixels} pixels")
    require(multiplications <= _MAX_MULTIPLICATIONS, f"it has {multiplications} multiplications")
